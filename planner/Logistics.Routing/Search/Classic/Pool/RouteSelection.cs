namespace Logistics.Routing.Search.Classic.Pool;

/// <summary>Depth-first search for routes of a pool that serve every job exactly once and cost less than what is known.</summary>
/// <remarks>
/// Always decides the job with the fewest routes left, cheapest reduced cost first; a branch ends where the bound of <see cref="JobPrices"/> plus the reduced costs chosen reaches
/// the best. Stops after a number of node visits, so an answer of none is no proof.
/// </remarks>
internal sealed class RouteSelection
{
    private const int MaxRoutes = 3_000;

    private readonly PoolColumns _columns;
    private readonly int[] _routes;
    private readonly double[] _reduced;
    private readonly double _bound;
    private readonly ulong[] _masks;
    private readonly int _width;
    private readonly int[] _degree;
    private readonly ulong[] _covered;
    private readonly List<int> _lists = [];
    private readonly List<int> _chosen = [];
    private readonly Predicate<List<int>> _isAllowed;
    private long _best;
    private long _work;
    private int[]? _bestChosen;

    /// <param name="isAllowed">Whether a complete selection (columns) may be driven by the fleet.</param>
    public RouteSelection(PoolColumns columns, JobPrices prices, long upper, Predicate<List<int>> isAllowed)
    {
        (_columns, _bound, _best, _isAllowed) = (columns, prices.Bound, upper, isAllowed);
        _routes = prices.Active.ToArray();
        _reduced = [.. _routes.Select(prices.ReducedCostOf)];
        Array.Sort(_reduced, _routes);
        if (_routes.Length > MaxRoutes)
        {
            Array.Resize(ref _routes, MaxRoutes);
            Array.Resize(ref _reduced, MaxRoutes);
        }

        _width = (columns.JobCount + 63) / 64;
        _masks = new ulong[_routes.Length * _width];
        for (int r = 0; r < _routes.Length; r++)
            foreach (int j in columns.JobsOf(_routes[r])) _masks[(r * _width) + (j >> 6)] |= 1UL << j;
        _degree = new int[columns.JobCount];
        _covered = new ulong[_width];
    }

    /// <summary>Columns of the cheapest selection found, or null when none is below the upper bound.</summary>
    public int[]? Run(long maxWork)
    {
        for (int r = 0; r < _routes.Length; r++) _lists.Add(r);
        Visit(0, _routes.Length, _bound, 0, maxWork);
        return _bestChosen;
    }

    private void Visit(int from, int to, double bound, long cost, long maxWork)
    {
        int job = FindHardestJob(from, to, out bool isComplete);
        if (isComplete)
        {
            if (cost >= _best || !_isAllowed(_chosen)) return;
            _best = cost;
            _bestChosen = [.. _chosen];
            return;
        }

        if (job < 0) return;
        for (int i = from; i < to; i++)
        {
            int route = _lists[i];
            if ((_masks[(route * _width) + (job >> 6)] >> job & 1) == 0) continue;
            double next = bound + Math.Max(0, _reduced[route]);
            // Sorted by reduced cost: all later ones are dearer.
            if (next > _best - 1 + 1e-6 || _work > maxWork) return;
            int begin = _lists.Count;
            ListCompatible(from, to, route, next);
            Toggle(route);
            _chosen.Add(_routes[route]);
            Visit(begin, _lists.Count, next, cost + _columns.Cost[_routes[route]], maxWork);
            _chosen.RemoveAt(_chosen.Count - 1);
            Toggle(route);
            _lists.RemoveRange(begin, _lists.Count - begin);
        }
    }

    private void ListCompatible(int from, int to, int route, double bound)
    {
        var mask = _masks.AsSpan(route * _width, _width);
        for (int i = from; i < to; i++)
        {
            int other = _lists[i];
            if (bound + Math.Max(0, _reduced[other]) > _best - 1 + 1e-6) break;
            if (AreApart(mask, _masks.AsSpan(other * _width, _width))) _lists.Add(other);
        }

        _work += (long)(to - from) * (_width + 2);
    }

    private static bool AreApart(ReadOnlySpan<ulong> a, ReadOnlySpan<ulong> b)
    {
        for (int i = 0; i < a.Length; i++)
            if ((a[i] & b[i]) != 0) return false;
        return true;
    }

    private void Toggle(int route)
    {
        for (int i = 0; i < _width; i++) _covered[i] ^= _masks[(route * _width) + i];
    }

    /// <summary>The job not yet served with the fewest routes left, or −1 when one has none.</summary>
    private int FindHardestJob(int from, int to, out bool isComplete)
    {
        Array.Clear(_degree);
        for (int i = from; i < to; i++)
        {
            var jobs = _columns.JobsOf(_routes[_lists[i]]);
            foreach (int j in jobs) _degree[j]++;
            _work += jobs.Length;
        }

        isComplete = true;
        int hardest = -1, fewest = int.MaxValue;
        for (int j = 0; j < _degree.Length; j++)
        {
            if ((_covered[j >> 6] >> j & 1) != 0) continue;
            isComplete = false;
            if (_degree[j] < fewest) (hardest, fewest) = (j, _degree[j]);
        }

        return fewest == 0 ? -1 : hardest;
    }
}
