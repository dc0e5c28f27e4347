namespace Logistics.Routing.Search.Classic;

/// <summary>What a node knows about how long its route takes, so that a change beside it is judged without walking the route.</summary>
internal struct RouteSpan
{
    /// <summary>Least seconds from the route's start to this departure, waiting included.</summary>
    public int Duration;

    /// <summary>Latest start of the route that keeps the windows so far.</summary>
    public int LatestStart;

    /// <summary>Least seconds from the arrival at the next node to the route's end.</summary>
    public int RestDuration;

    /// <summary>Earliest arrival at the next node from which the rest takes no longer than that.</summary>
    public int RestEarliest;
}

/// <summary>Keeps the least duration before and behind each node of routes whose duration is limited.</summary>
/// <remarks>Prefix and rest join in constant time (Savelsbergh 1992; Vidal et al. 2013, §4.4, for segments without lateness). Owned by one thread, undone with its <see cref="ClassicRoutes{TLegs}"/>.</remarks>
internal sealed class RouteSpans<TLegs>(ClassicProblem problem, TLegs legs, Gap[] gaps)
    where TLegs : struct, IClassicLegs
{
    private readonly int _visits = problem.VisitCount;
    private readonly int[] _stampOf = new int[gaps.Length];
    private int[] _keptNodes = new int[256];
    private RouteSpan[] _kept = new RouteSpan[256];
    private int _count;
    private int _stamp = 1;

    /// <summary>By node; of ends nothing is read.</summary>
    public RouteSpan[] Of { get; } = new RouteSpan[gaps.Length];

    /// <summary>Writes an empty route.</summary>
    public void Clear(int route)
    {
        ref readonly var vehicle = ref problem.Source.Vehicles[route];
        int loading = Math.Max(vehicle.EarliestStart, vehicle.LoadFrom), begin = Math.Min(loading, vehicle.LatestStart);
        ref var span = ref Of[vehicle.Start];
        span.Duration = loading + problem.Service[vehicle.Start] - begin;
        span.LatestStart = Math.Max(begin, Math.Min(vehicle.LatestStart, vehicle.LoadUntil));
        (span.RestDuration, span.RestEarliest) = (0, problem.Earliest[vehicle.End]);
    }

    public void Begin()
    {
        _stamp++;
        _count = 0;
    }

    public void Rollback()
    {
        for (int i = 0; i < _count; i++) Of[_keptNodes[i]] = _kept[i];
        Begin();
    }

    /// <summary>Brings spans up to date after changes between two nodes of a route that is in time; false when it lasts too long.</summary>
    public bool Settle(int from, int to)
    {
        PassForward(from, to);
        PassBackward(from, to);
        ref readonly var gap = ref gaps[from];
        ref readonly var span = ref Of[from];
        return Join(span.Duration, span.LatestStart, TimeOf(gap), span) <= problem.MaxDuration[gap.Route];
    }

    /// <summary>Least duration of a route that begins with one part and goes on with another.</summary>
    /// <param name="duration">Of the first part.</param>
    /// <param name="latestStart">Of the first part.</param>
    /// <param name="seconds">From its last departure to the arrival at the second.</param>
    /// <param name="rest">The node whose rest follows.</param>
    public static int Join(int duration, int latestStart, int seconds, in RouteSpan rest)
    {
        int driven = duration + seconds;
        return driven + rest.RestDuration + Math.Max(0, rest.RestEarliest - driven - latestStart);
    }

    /// <summary>Least duration and latest start once a node has been left that is reached after some seconds.</summary>
    public (int Duration, int LatestStart) Extend(int duration, int latestStart, int seconds, int node)
    {
        int driven = duration + seconds;
        return (driven + Math.Max(0, problem.Earliest[node] - driven - latestStart) + problem.Service[node], Math.Min(latestStart, problem.Latest[node] - driven));
    }

    /// <summary>Seconds to the next node.</summary>
    private int TimeOf(in Gap gap) => TLegs.IsTimeCost ? gap.LegCost : legs.Time(gap.Place, gap.NextPlace);

    private void PassForward(int from, int to)
    {
        bool isBehind = false;
        for (int p = from; ;)
        {
            int n = gaps[p].Next;
            if (n >= _visits) return;
            ref readonly var before = ref Of[p];
            var (duration, latestStart) = Extend(before.Duration, before.LatestStart, TimeOf(gaps[p]), n);
            isBehind |= n == to;
            ref var at = ref Of[n];
            if (at.Duration != duration || at.LatestStart != latestStart)
            {
                Keep(n);
                (at.Duration, at.LatestStart) = (duration, latestStart);
            }
            else if (isBehind)
            {
                return;
            }

            p = n;
        }
    }

    private void PassBackward(int from, int to)
    {
        bool isBefore = false;
        for (int n = to; ;)
        {
            int rest = 0, earliest = problem.Earliest[n];
            if (n < _visits)
            {
                ref readonly var at = ref Of[n];
                int onward = problem.Service[n] + TimeOf(gaps[n]), wait = Math.Max(0, at.RestEarliest - onward - problem.Latest[n]);
                rest = onward + wait + at.RestDuration;
                earliest = Math.Max(at.RestEarliest - onward, earliest) - wait;
            }

            int p = gaps[n].Previous;
            isBefore |= n == from;
            ref var before = ref Of[p];
            if (before.RestDuration != rest || before.RestEarliest != earliest)
            {
                Keep(p);
                (before.RestDuration, before.RestEarliest) = (rest, earliest);
            }
            else if (isBefore)
            {
                return;
            }

            if (p >= _visits) return;
            n = p;
        }
    }

    private void Keep(int node)
    {
        if (_stampOf[node] == _stamp) return;
        _stampOf[node] = _stamp;
        if (_count == _keptNodes.Length)
        {
            Array.Resize(ref _keptNodes, 2 * _count);
            Array.Resize(ref _kept, 2 * _count);
        }

        _keptNodes[_count] = node;
        _kept[_count++] = Of[node];
    }
}
