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

    // Work that prices and exchanges may cost, in jobs and columns looked at for each iteration of the search: some hundredths of its time.
    private const double PricingPerIteration = 12;
    private const double ExchangePerIteration = 5;

    // What few new routes could add is not worth the look.
    private const double LeastGrowth = 0.1;

    private readonly SharedLimits? _shares = problem.HasShares ? new SharedLimits(problem) : null;
    private long _looked;

    public RoutePool Pool { get; } = new(problem.VisitCount, MaxRoutes, MaxNodes);

    /// <summary>Makes the best cheaper by routes of the pool; false when that cannot be, or the pool has hardly grown since the last time.</summary>
    /// <param name="iterations">Iterations of the search so far; they limit the work.</param>
    public bool TryImprove(Snapshot best, long iterations)
    {
        if (best.Absent > 0 || Pool.Met < (1 + LeastGrowth) * _looked) return false;
        _looked = Pool.Met;
        var plan = ListPlan(best);
        var columns = PoolColumns.Read(Pool, problem);
        var prices = new JobPrices(columns, best.Cost, ShareCosts(plan, columns));
        prices.Run((long)(PricingPerIteration * iterations));
        new RouteExchange(columns, prices, plan, IsDrivable).Run((long)(ExchangePerIteration * iterations));
        return TryApply(plan, columns, best);
    }

    /// <summary>The best plan's routes in the pool, one for each vehicle, −1 where it stays idle.</summary>
    private int[] ListPlan(Snapshot best)
    {
        // First all of them: a full pool makes room by forgetting.
        for (int v = 0; v < problem.Capacity.Length; v++)
            if (best.RouteOf(v) is { Length: > 0 } route) Pool.Add(route, FindCost(v, route), problem.Source.Vehicles[v].Class);
        var plan = new int[problem.Capacity.Length];
        for (int v = 0; v < plan.Length; v++) plan[v] = best.RouteOf(v) is { Length: > 0 } route ? Pool.Find(route, problem.Source.Vehicles[v].Class) : -1;
        return plan;
    }

    /// <summary>Each job's part of a plan: what its route costs, shared equally.</summary>
    private static double[] ShareCosts(int[] plan, PoolColumns columns)
    {
        var share = new double[columns.JobCount];
        foreach (int column in plan)
        {
            if (column < 0) continue;
            var jobs = columns.JobsOf(column);
            foreach (int j in jobs) share[j] = (double)columns.Cost[column] / jobs.Length;
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

    private bool IsDrivable(int[] plan)
    {
        var left = new int[problem.Source.VehicleClassCount];
        foreach (ref readonly var vehicle in problem.Source.Vehicles.AsSpan()) left[vehicle.Class]++;
        foreach (int column in plan)
            if (column >= 0 && --left[Pool.ClassOf(column)] < 0) return false;
        return _shares is null || LeavesRoom(_shares, plan);
    }

    private bool LeavesRoom(SharedLimits shares, int[] plan)
    {
        shares.Clear();
        foreach (int column in plan)
        {
            if (column < 0) continue;
            foreach (int visit in Pool.NodesOf(column))
            {
                if (!shares.Admits(visit)) return false;
                shares.Serve(visit);
            }
        }

        return true;
    }

    private bool TryApply(int[] plan, PoolColumns columns, Snapshot best)
    {
        var left = plan.Where(c => c >= 0).ToList();
        int used = left.Count;
        long cost = left.Sum(c => columns.Cost[c]);
        if (cost >= best.Cost) return false;
        for (int v = 0; v < problem.Capacity.Length; v++)
        {
            int next = left.FindIndex(c => Pool.ClassOf(c) == problem.Source.Vehicles[v].Class);
            best.TakeRoute(v, next < 0 ? [] : Pool.NodesOf(left[next]));
            if (next >= 0) left.RemoveAt(next);
        }

        best.Describe(cost, 0, 0, used);
        return true;
    }
}
