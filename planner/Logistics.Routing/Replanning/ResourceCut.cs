using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>Other units of a shared resource, but never fewer than what has been used already: those are occupied.</summary>
internal static class ResourceCut
{
    public static Problem Apply(Problem problem, CapacityChanged changed)
    {
        var resource = problem.Resources[changed.Resource];
        int[] capacity = [.. changed.CapacityByClass];
        // Slots that lie behind cannot be cut any more; only a timeless resource still holds what history put in.
        if (resource.SlotSeconds == 0 && capacity.Length == resource.CapacityByClass.Count) Cover(capacity, CountUsed(problem, changed.Resource, capacity.Length));
        return problem with { Resources = [.. problem.Resources.Select((r, i) => i == changed.Resource ? r with { CapacityByClass = capacity } : r)] };
    }

    /// <summary>Raises classes until the units used of every class and larger ones are there, largest first.</summary>
    private static void Cover(int[] capacity, int[] used)
    {
        int needed = 0, available = 0;
        for (int c = capacity.Length - 1; c >= 0; c--)
        {
            (needed, available) = (needed + used[c], available + capacity[c]);
            if (needed <= available) continue;
            capacity[c] += needed - available;
            available = needed;
        }
    }

    private static int[] CountUsed(Problem problem, int resource, int classes)
    {
        int[] used = new int[classes];
        foreach (var frozen in problem.Vehicles.SelectMany(v => v.Committed?.Frozen ?? []))
            foreach (var use in problem.Jobs[frozen.Job].Alternatives[frozen.Alternative].Visits[frozen.Visit].Uses)
                if (use.Resource == resource) used[use.SizeClass] += use.Units;
        return used;
    }
}
