using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Explaining;

/// <summary>Says which rules keep a vehicle from taking asked jobs in: those whose lifting, alone, opens a way; where no single one does, those that do together.</summary>
/// <remarks>A way is open when the asked jobs fit in beside the others in their present order: a rule named is then truly lifted; that the others could be shifted to make room was tried before.</remarks>
internal static class BindingRules
{
    private static readonly ViolationKind[] Liftable =
        [ViolationKind.Shift, ViolationKind.Window, ViolationKind.Capacity, ViolationKind.Break, ViolationKind.MaxTrips, ViolationKind.MaxStops, ViolationKind.MaxDistance, ViolationKind.Release, ViolationKind.Loaded];

    /// <returns>Empty when not even all of them together open a way: there is no road, or nothing that could be granted.</returns>
    public static IReadOnlyList<ViolationKind> Find(RouteSlice slice, IReadOnlyCollection<int> asked, CancellationToken cancellation)
    {
        var always = ListMissing(slice.Problem, asked);
        foreach (var kind in Liftable.Where(k => Applies(slice.Problem, k)))
            if (IsOpened(slice, asked, [.. always, kind], cancellation)) return always.Count > 0 && IsOpened(slice, asked, always, cancellation) ? always : [.. always, kind];
        List<ViolationKind> together = [.. always, .. Liftable.Where(k => Applies(slice.Problem, k))];
        if (!IsOpened(slice, asked, together, cancellation)) return always;
        foreach (var kind in Liftable.Where(together.Contains))
        {
            List<ViolationKind> fewer = [.. together.Where(k => k != kind)];
            if (fewer.Count > 0 && IsOpened(slice, asked, fewer, cancellation)) together = fewer;
        }

        return together;
    }

    private static bool IsOpened(RouteSlice slice, IReadOnlyCollection<int> asked, List<ViolationKind> lifted, CancellationToken cancellation)
    {
        var problem = Relaxation.For(lifted, slice.Problem, asked).Aggregate(slice.Problem, (p, grant) => grant.Apply(p, grant.Most));
        return SliceTrial.Insert(problem, slice.Plan, asked, cancellation) is not null;
    }

    /// <summary>What every option lacks before any route is looked at: skills, room at the terminal.</summary>
    private static List<ViolationKind> ListMissing(Problem slice, IReadOnlyCollection<int> asked)
    {
        var missing = new List<ViolationKind>();
        foreach (var job in asked.Select(j => slice.Jobs[j]))
        {
            var open = job.Alternatives.Where(a => a.AllowedVehicles?.Count != 0).ToList();
            if (open.TrueForAll(a => !a.Skills.All(slice.Vehicles[0].Skills.Contains))) missing.Add(ViolationKind.Skill);
            if (open.TrueForAll(a => a.Visits.Any(v => v.Uses.Any(u => slice.Resources[u.Resource].CapacityByClass.Skip(u.SizeClass).Sum() < u.Units)))) missing.Add(ViolationKind.Resource);
        }

        return [.. missing.Distinct()];
    }

    private static bool Applies(Problem slice, ViolationKind kind) => kind switch
    {
        ViolationKind.Break => slice.Vehicles[0].Breaks.Count > 0,
        ViolationKind.MaxStops => slice.Vehicles[0].MaxStops is not null,
        ViolationKind.MaxDistance => slice.Vehicles[0].MaxDistance is not null,
        ViolationKind.Loaded => slice.Vehicles[0].Committed is { KeepsLoadedOrder: true },
        _ => true,
    };
}
