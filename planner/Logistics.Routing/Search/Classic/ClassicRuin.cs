namespace Logistics.Routing.Search.Classic;

/// <summary>Takes strings of consecutive visits out of routes that lie near each other.</summary>
/// <remarks>Adjacent string removal with split strings (Christiaens and Vanden Berghe 2020, §4.1).</remarks>
internal sealed class ClassicRuin<TLegs>
    where TLegs : struct, IClassicLegs
{
    private const int MaxString = 10;

    // Where half of the ruins take short ones, from more routes.
    private const int MaxShortString = 5;
    private const double SplitChance = 0.5;

    // Now and then the first string is a whole route, or as much of a long one as can still be repaired well.
    private const int RuinsPerRoute = 32;
    private const int MaxWhole = 24;
    private const double SplitDepth = 0.01;

    private readonly ClassicProblem _problem;
    private readonly ClassicNeighbours _neighbours;
    private readonly ClassicRoutes<TLegs> _routes;
    private readonly Rng _rng;
    private readonly int[] _stamp;
    private readonly int[] _removed;
    private readonly int[] _string;
    private int _round;
    private int _removedCount;

    public ClassicRuin(ClassicProblem problem, ClassicNeighbours neighbours, ClassicRoutes<TLegs> routes, Rng rng)
    {
        (_problem, _neighbours, _routes, _rng) = (problem, neighbours, routes, rng);
        _stamp = new int[problem.Capacity.Length];
        _removed = new int[problem.Source.Jobs.Count];
        _string = new int[problem.VisitCount];
    }

    /// <summary>Average number of visits to take out.</summary>
    public double AverageRemoved { get; set; } = 10;

    /// <summary>Half of the runs take shorter strings from more routes.</summary>
    public bool HasShortStrings { get; set; }

    /// <summary>Visit around which the last run took jobs out.</summary>
    public int Seed { get; private set; }

    /// <summary>Jobs taken out by the last run.</summary>
    public ReadOnlySpan<int> Removed => _removed.AsSpan(0, _removedCount);

    public void Run(int absent)
    {
        _removedCount = 0;
        int seed = _rng.Below(_problem.VisitCount), used = Math.Max(1, _routes.Used.List.Length);
        int most = HasShortStrings && _rng.Below(2) == 0 ? MaxShortString : MaxString;
        double longest = Math.Min(most, Math.Max(1, (double)(_problem.ServedCount - absent) / used));
        double mostStrings = (4 * AverageRemoved / (1 + longest)) - 1;
        int strings = (int)((_rng.Unit() * mostStrings) + 1);
        bool isWhole = _rng.Below(RuinsPerRoute) == 0;
        _round++;
        Seed = seed;
        var gaps = _routes.Gaps;
        foreach (int node in _neighbours.Near.AsSpan(seed * _neighbours.NearCount, _neighbours.NearCount))
        {
            if (node < 0) break;
            int route = gaps[node].Route;
            if (route < 0 || _stamp[route] == _round) continue;
            _stamp[route] = _round;
            RemoveString(node, route, isWhole ? MaxWhole : longest, isWhole);
            isWhole = false;
            if (--strings == 0) break;
        }
    }

    /// <summary>Takes all of a vehicle out.</summary>
    public void RunWhole(int vehicle)
    {
        _removedCount = 0;
        int trip = _routes.Trips?.FirstOf(vehicle) ?? vehicle;
        Seed = _routes.Gaps[_problem.StartOf[trip]].Next;
        for (int after; trip >= 0; trip = after)
        {
            after = _routes.Trips?.After(trip) ?? -1;
            Empty(trip);
        }
    }

    /// <summary>Takes all of a trip out.</summary>
    public void RunTrip(int trip)
    {
        _removedCount = 0;
        Seed = _routes.Gaps[_problem.StartOf[trip]].Next;
        Empty(trip);
    }

    private void RemoveString(int around, int route, double longest, bool isWhole)
    {
        int size = _routes.Sums[route].Count;
        int length = isWhole ? Math.Min(size, MaxWhole) : Math.Min(size, (int)((_rng.Unit() * Math.Min(size, longest)) + 1));
        int skipped = 0;
        if (length < size && length > 1 && _rng.Unit() < SplitChance)
        {
            skipped = 1;
            while (length + skipped < size && _rng.Unit() < SplitDepth) skipped++;
        }

        int span = length + skipped;
        ListString(around, span);
        int skipFrom = skipped == 0 ? span : _rng.Below(length - 1) + 1;
        var gaps = _routes.Gaps;
        int from = gaps[_string[0]].Previous, to = gaps[_string[span - 1]].Next;
        for (int i = 0; i < span; i++)
            if (i < skipFrom || i >= skipFrom + skipped) Remove(_string[i]);
        if (_problem.HasPairs)
        {
            // Mates may have gone from anywhere in the route.
            ref readonly var vehicle = ref _problem.Source.Vehicles[route];
            (from, to) = (vehicle.Start, vehicle.End);
        }

        if (!_routes.Settle(from, to)) Empty(route);
    }

    /// <summary>Lists a string of a given length around a node, its place drawn among all that fit.</summary>
    private void ListString(int around, int span)
    {
        var gaps = _routes.Gaps;
        int visits = _problem.VisitCount, before = 0, behind = 0, first = around;
        for (int n = gaps[around].Next; n < visits && behind < span - 1; n = gaps[n].Next) behind++;
        for (int n = gaps[around].Previous; n < visits && before < span - 1; n = gaps[n].Previous) before++;
        int fewest = Math.Max(0, span - 1 - behind);
        for (int back = fewest + _rng.Below(before - fewest + 1); back > 0; back--) first = gaps[first].Previous;
        for (int i = 0; i < span; i++, first = gaps[first].Next) _string[i] = first;
    }

    private void Remove(int node)
    {
        // A pair goes as a whole, and may have gone already with its other visit.
        if (_routes.Gaps[node].Route < 0) return;
        int mate = _problem.Mate[node];
        _routes.Unlink(node);
        if (mate >= 0) _routes.Unlink(mate);
        _removed[_removedCount++] = _problem.JobOf[node];
    }

    // Without the triangle inequality a shorter route may be later than a longer one: then all of it is done anew.
    private void Empty(int route)
    {
        int start = _problem.StartOf[route], end = _problem.EndOf[route];
        for (int n = _routes.Gaps[start].Next; n != end; n = _routes.Gaps[start].Next) Remove(n);
        _routes.Settle(start, end);
    }
}
