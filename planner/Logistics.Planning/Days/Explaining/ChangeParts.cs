using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Explaining;

/// <summary>One thing a confirmed change alters.</summary>
/// <param name="Kind">What: shiftLonger, windowLater, capacityGrams, capacityMillilitres, capacityParcels, compartments, quota, priority, vehicleAdded, moreStops, moreTrips, moreDistance, breaksLifted, skill, vehicleAllowed, releaseEarlier, hubOpen, orderFreed, rule.</param>
/// <param name="Subject">Plate, waybill or place it concerns.</param>
/// <param name="Amount">Seconds, grams, millilitres, metres, pieces, or fen for a priority.</param>
public sealed record ChangePart(string Kind, string Subject, long Amount);

/// <summary>Says what differs between a slice and the problem a change made of it.</summary>
internal static class ChangeParts
{
    private static readonly string[] Dimensions = ["capacityGrams", "capacityMillilitres", "capacityParcels"];

    public static IReadOnlyList<ChangePart> Between(Problem before, Problem after)
    {
        var parts = new List<ChangePart>();
        if (after.Vehicles.Count > before.Vehicles.Count) parts.Add(new ChangePart("vehicleAdded", before.Vehicles[0].Id, after.Vehicles.Count - before.Vehicles.Count));
        for (var v = 0; v < before.Vehicles.Count; v++) AddVehicle(parts, before.Vehicles[v], after.Vehicles[v]);
        for (var j = 0; j < before.Jobs.Count; j++) AddJob(parts, before, before.Jobs[j], after.Jobs[j]);
        for (var r = 0; r < before.Resources.Count; r++)
        {
            var more = after.Resources[r].CapacityByClass.Sum() - before.Resources[r].CapacityByClass.Sum();
            if (more != 0) parts.Add(new ChangePart(before.Resources[r].Id.StartsWith(ResourceLedger.CompartmentsPrefix, StringComparison.Ordinal) ? "compartments" : "quota", PlaceOf(before, r), more));
        }

        for (var d = 0; d < before.Depots.Count; d++) Add(parts, "hubOpen", before.Depots[d].Id, after.Depots[d].Open.Latest - before.Depots[d].Open.Latest);
        if (after.GoodsConflicts.Count != before.GoodsConflicts.Count) parts.Add(new ChangePart("rule", "", 1));
        return parts;
    }

    private static void AddVehicle(List<ChangePart> parts, Vehicle before, Vehicle after)
    {
        Add(parts, "shiftLonger", before.Id, after.Shift.Latest - before.Shift.Latest);
        for (var d = 0; d < before.Capacity.Count; d++) Add(parts, Dimensions[Math.Min(d, Dimensions.Length - 1)], before.Id, after.Capacity[d] - before.Capacity[d]);
        Add(parts, "moreDistance", before.Id, (after.MaxDistance ?? 0) - (before.MaxDistance ?? 0));
        Add(parts, "moreStops", before.Id, (after.MaxStops ?? 0) - (before.MaxStops ?? 0));
        Add(parts, "moreTrips", before.Id, after.MaxTrips - before.MaxTrips);
        Add(parts, "breaksLifted", before.Id, before.Breaks.Count - after.Breaks.Count);
        Add(parts, "skill", before.Id, after.Skills.Count - before.Skills.Count);
        if (before.Committed is { } was && after.Committed is { } now && was.KeepsLoadedOrder != now.KeepsLoadedOrder) parts.Add(new ChangePart("orderFreed", before.Id, 1));
    }

    private static void AddJob(List<ChangePart> parts, Problem problem, Job before, Job after)
    {
        Add(parts, "priority", before.Id, (long)Math.Ceiling(((after.UnservedCost ?? 0) - (before.UnservedCost ?? 0)) / (decimal)PlanningRules.UnitsPerFen));
        for (var a = 0; a < before.Alternatives.Count; a++)
        {
            var (was, now) = (before.Alternatives[a], after.Alternatives[a]);
            for (var v = 0; v < was.Visits.Count; v++)
            {
                if (was.Visits[v].Windows.Count > 0 && now.Visits[v].Windows.Count > 0)
                    Add(parts, "windowLater", $"{before.Id} · {problem.Places[was.Visits[v].Place].Id}", now.Visits[v].Windows[^1].Latest - was.Visits[v].Windows[^1].Latest);
            }

            Add(parts, "releaseEarlier", before.Id, was.ReleaseTime - now.ReleaseTime);
            // A vehicle added brings itself into the lists; that is said by its own part.
            if ((now.AllowedVehicles ?? []).Contains(0) && !(was.AllowedVehicles ?? [0]).Contains(0) || was.ForbiddenVehicles.Contains(0) && !now.ForbiddenVehicles.Contains(0)) parts.Add(new ChangePart("vehicleAllowed", before.Id, 1));
        }
    }

    private static void Add(List<ChangePart> parts, string kind, string subject, long amount)
    {
        if (amount != 0) parts.Add(new ChangePart(kind, subject, amount));
    }

    private static string PlaceOf(Problem problem, int resource) => problem.Jobs.SelectMany(j => j.Alternatives).SelectMany(a => a.Visits)
        .Where(v => v.Uses.Any(u => u.Resource == resource)).Select(v => problem.Places[v.Place].Id).FirstOrDefault() ?? problem.Resources[resource].Id;
}
