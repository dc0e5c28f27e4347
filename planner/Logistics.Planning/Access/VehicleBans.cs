using Logistics.Domain;
using Logistics.Routing.Model;
using Vehicle = Logistics.Domain.Vehicle;

namespace Logistics.Planning.Access;

/// <summary>A vehicle kept out of somewhere on a day, and by which rule.</summary>
/// <param name="Hours">Barred local hours that meet the vehicle's working time.</param>
/// <param name="CoversWholeShift">There is no working time left in which it may enter.</param>
/// <param name="IsHomeInside">Its hub lies in the banned area, so that it cannot even leave then.</param>
public sealed record VehicleBan(Vehicle Vehicle, AccessRule Rule, IReadOnlyList<ClockSpan> Hours, bool CoversWholeShift, bool IsHomeInside);

/// <summary>Which vehicles are illegal where today: for the board and for the reasons of unassigned parcels.</summary>
public static class VehicleBans
{
    /// <summary>One entry per vehicle and rule, for vehicles with a shift on the day (or, without shifts, between 06:00 and 22:00).</summary>
    public static IReadOnlyList<VehicleBan> List(NetworkSnapshot network, DateOnly day, IReadOnlyList<Shift> shifts)
    {
        var midnight = network.Area.InstantOf(day, 0);
        var shiftOf = shifts.Where(s => s.Day == day).GroupBy(s => s.VehicleId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var bans = new List<VehicleBan>();
        foreach (var vehicle in network.Vehicles.Where(v => v.IsActive))
        {
            int from = 6 * 3600, until = 22 * 3600;
            if (shiftOf.TryGetValue(vehicle.Id, out var shift))
            {
                from = (int)(shift.Start - midnight).TotalSeconds;
                until = (int)(shift.End - midnight).TotalSeconds;
            }

            foreach (var (rule, closed) in AccessRegime.Of(vehicle, network, day).Rules)
            {
                var meeting = closed.Where(c => c.From < until && from < c.Until).ToList();
                if (meeting.Count == 0) continue;
                var home = network.FindHub(vehicle.HomeHubId);
                bans.Add(new VehicleBan(
                    vehicle, rule, [.. meeting.Select(c => ToSpan(c))], meeting[0].From <= from && until <= meeting[0].Until,
                    home is not null && rule.Polygons.Any(p => p.Contains(home.Location))));
            }
        }

        return bans;
    }

    private static ClockSpan ToSpan(ClosedInterval closed) =>
        new(closed.From / 60 % 1440, (closed.From / 60 % 1440) + Math.Min(1440, (closed.Until - closed.From) / 60));
}
