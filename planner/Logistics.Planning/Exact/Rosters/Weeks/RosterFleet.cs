using Logistics.Domain;
using Logistics.Planning.Access;

namespace Logistics.Planning.Exact.Rosters.Weeks;

/// <summary>Which vehicles are worth rostering on which day under the access rules.</summary>
public static class RosterFleet
{
    /// <summary>Days of the week on which rules keep a vehicle from at least half of the working hours in its home hub or in half of the terminals.</summary>
    /// <remarks>A ban of a few streets or of the rush hours is the planner's to drive around; a ban of the day leaves the vehicle in the yard.</remarks>
    public static IReadOnlySet<int> BarredDays(Vehicle vehicle, NetworkSnapshot network, RosterSetup setup, DateOnly firstDay)
    {
        if (setup.Shifts.Count == 0) return new HashSet<int>();
        var (from, until) = (setup.Shifts.Min(s => s.StartMinute), setup.Shifts.Max(s => s.EndMinute));
        return Enumerable.Range(0, RosterWeek.Days)
            .Where(day => AccessRegime.Of(vehicle, network, firstDay.AddDays(day)).Rules.Any(r => ClosedMinutes(r, from, until) * 2 >= until - from && CoversWork(r.Rule, vehicle, network)))
            .ToHashSet();
    }

    private static int ClosedMinutes(RuleInForce rule, int from, int until) =>
        rule.Closed.Sum(c => Math.Max(0, Math.Min(until, c.Until / 60) - Math.Max(from, c.From / 60)));

    private static bool CoversWork(AccessRule rule, Vehicle vehicle, NetworkSnapshot network)
    {
        bool Covers(GeoPoint point) => rule.Polygons.Any(p => p.Contains(point));
        if (network.FindHub(vehicle.HomeHubId) is { } home && Covers(home.Location)) return true;
        var terminals = network.Terminals.Where(t => t.IsActive).ToList();
        return terminals.Count > 0 && terminals.Count(t => Covers(t.Location)) * 2 >= terminals.Count;
    }
}
