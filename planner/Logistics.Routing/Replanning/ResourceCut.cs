using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>Other units of a shared resource, but never fewer than what has been used already: those are occupied.</summary>
internal static class ResourceCut
{
    public static Problem Apply(Problem problem, CapacityChanged changed)
    {
        var resource = problem.Resources[changed.Resource];
        int[] capacity = [.. changed.CapacityByClass];
        if (capacity.Length == resource.CapacityByClass.Count)
            foreach (var slot in ListUsed(problem, changed.Resource).GroupBy(u => resource.SlotSeconds == 0 ? 0 : u.At / resource.SlotSeconds)) Cover(capacity, slot);
        return problem with { Resources = [.. problem.Resources.Select((r, i) => i == changed.Resource ? r with { CapacityByClass = capacity } : r)] };
    }

    /// <summary>Raises classes until the units used of every class and larger ones are there, largest first.</summary>
    private static void Cover(int[] capacity, IEnumerable<(ResourceUse Use, int At)> uses)
    {
        int[] used = new int[capacity.Length];
        foreach (var (use, _) in uses) used[use.SizeClass] += use.Units;
        int needed = 0, available = 0;
        for (int c = capacity.Length - 1; c >= 0; c--)
        {
            (needed, available) = (needed + used[c], available + capacity[c]);
            if (needed <= available) continue;
            capacity[c] += needed - available;
            available = needed;
        }
    }

    /// <summary>Uses by executed visits and by the loadings of vehicles under way, with their seconds.</summary>
    private static IEnumerable<(ResourceUse Use, int At)> ListUsed(Problem problem, int resource)
    {
        foreach (var vehicle in problem.Vehicles)
        {
            if (vehicle.Committed is not { StartedAt: { } startedAt } committed) continue;
            if (vehicle.StartDepot is { } depot && problem.Depots[depot].Dock is { } dock && dock.Resource == resource) yield return (dock, startedAt);
            foreach (var frozen in committed.Frozen)
                foreach (var use in problem.Jobs[frozen.Job].Alternatives[frozen.Alternative].Visits[frozen.Visit].Uses)
                    if (use.Resource == resource) yield return (use, frozen.Start);
        }
    }
}
