namespace Logistics.Routing.Search.Classic.Pool;

/// <summary>Routes as columns of a partition problem: what each costs and which jobs it serves.</summary>
/// <param name="First">Where a column's jobs begin in <see cref="Jobs"/>; length count + 1.</param>
internal sealed record PoolColumns(int JobCount, int[] First, int[] Jobs, long[] Cost)
{
    public int Count => Cost.Length;

    public ReadOnlySpan<int> JobsOf(int column) => Jobs.AsSpan(First[column], First[column + 1] - First[column]);

    public static PoolColumns Read(RoutePool pool, ClassicProblem problem)
    {
        var first = new int[pool.Count + 1];
        var cost = new long[pool.Count];
        var jobs = new List<int>();
        for (int r = 0; r < pool.Count; r++)
        {
            // Both visits of a pair are in the same route: the first stands for the job.
            foreach (int n in pool.NodesOf(r))
                if (problem.Mate[n] < 0 || problem.FirstNode[problem.JobOf[n]] == n) jobs.Add(problem.JobOf[n]);
            first[r + 1] = jobs.Count;
            cost[r] = pool.CostOf(r);
        }

        return new PoolColumns(problem.FirstNode.Length, first, [.. jobs], cost);
    }
}
