using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Classic.Pool;

/// <summary>Finds better plans made of routes met before.</summary>
/// <remarks>Set partitioning over routes of a heuristic (Rochat and Taillard 1995; Subramanian, Uchoa and Ochi 2013). Owned by one thread.</remarks>
internal sealed class RouteRecombiner(ClassicProblem problem)
{
    // Beyond this routes of a pool seldom fit each other.
    public const int MaxJobs = 1_500;
    private const int MaxRoutes = 1 << 16;
    private const int MaxNodes = 1 << 20;

    // Part of the search's own work that choosing may cost, in jobs looked at an iteration.
    private const double WorkPerIteration = 30;

    private readonly SharedLimits? _shares = problem.HasShares ? new SharedLimits(problem) : null;

    public RoutePool Pool { get; } = new(problem.VisitCount, MaxRoutes, MaxNodes);

    /// <summary>Replaces the best by a cheaper selection of the pool's routes; false when none was found.</summary>
    /// <param name="iterations">Iterations of the search so far; they limit the work.</param>
    public bool TryImprove(Snapshot best, long iterations)
    {
        if (best.Absent > 0) return false;
        var columns = PoolColumns.Read(Pool, problem);
        var prices = new JobPrices(columns, best.Cost, ShareCosts(best));
        long maxWork = (long)(WorkPerIteration * iterations);
        if (!prices.Run(maxWork / 2)) return false;
        var chosen = new RouteSelection(columns, prices, best.Cost, IsDrivable).Run(maxWork / 2);
        if (chosen is null) return false;
        Apply(chosen, columns, best);
        return true;
    }

    /// <summary>Each job's part of the best plan: what its route costs, shared equally.</summary>
    private double[] ShareCosts(Snapshot best)
    {
        var share = new double[problem.FirstNode.Length];
        for (int v = 0; v < problem.Capacity.Length; v++)
        {
            var route = best.RouteOf(v);
            if (route.Length == 0) continue;
            double part = (double)FindCost(v, route) / route.Length;
            foreach (int n in route) share[problem.JobOf[n]] += part;
        }

        return share;
    }

    private long FindCost(int vehicle, ReadOnlySpan<int> route)
    {
        long driven = 0, preference = 0;
        int at = problem.Source.Vehicles[vehicle].Start;
        foreach (int n in route)
        {
            driven += problem.CostOf(at, n);
            preference += problem.Preference[n];
            at = n;
        }

        driven += problem.CostOf(at, problem.Source.Vehicles[vehicle].End);
        return preference + problem.FixedCost[vehicle] + (problem.Rate[vehicle] * driven);
    }

    private bool IsDrivable(List<int> chosen)
    {
        var left = new int[problem.Source.VehicleClassCount];
        foreach (ref readonly var vehicle in problem.Source.Vehicles.AsSpan()) left[vehicle.Class]++;
        foreach (int column in chosen)
            if (--left[Pool.ClassOf(column)] < 0) return false;
        return _shares is null || LeavesRoom(_shares, chosen);
    }

    private bool LeavesRoom(SharedLimits shares, List<int> chosen)
    {
        shares.Clear();
        foreach (int column in chosen)
        {
            foreach (int visit in Pool.NodesOf(column))
            {
                if (!shares.Admits(visit)) return false;
                shares.Serve(visit);
            }
        }

        return true;
    }

    private void Apply(int[] chosen, PoolColumns columns, Snapshot best)
    {
        var left = new List<int>(chosen);
        for (int v = 0; v < problem.Capacity.Length; v++)
        {
            int next = left.FindIndex(c => Pool.ClassOf(c) == problem.Source.Vehicles[v].Class);
            best.TakeRoute(v, next < 0 ? [] : Pool.NodesOf(left[next]));
            if (next >= 0) left.RemoveAt(next);
        }

        best.Describe(chosen.Sum(c => columns.Cost[c]), 0, 0, chosen.Length);
    }
}
