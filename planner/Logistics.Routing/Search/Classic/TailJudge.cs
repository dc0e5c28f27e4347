namespace Logistics.Routing.Search.Classic;

/// <summary>Says whether a vehicle of another kind may drive what another route ends with.</summary>
/// <remarks>Walks the tail: its caches hold for the vehicle and the depot it has now.</remarks>
internal sealed class TailJudge<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, TLegs legs)
    where TLegs : struct, IClassicLegs
{
    private readonly Gap[] _gaps = routes.Gaps;
    private readonly int _visits = problem.VisitCount;

    /// <summary>True when a vehicle may go on from a node of its own route with the nodes from <paramref name="tail"/> to that route's last visit, and then to its own end; loads are not looked at.</summary>
    public bool MayFollow(int node, int tail)
    {
        int route = _gaps[node].Route, end = problem.Source.Vehicles[route].End;
        for (int n = tail; n < _visits && problem.Serves is not null; n = _gaps[n].Next)
            if (!problem.MayServe(n, route)) return false;
        return !TLegs.HasTimes || IsInTime(node, tail, end);
    }

    private bool IsInTime(int node, int tail, int end)
    {
        int departure = _gaps[node].Departure, place = _gaps[node].Place, duration = 0, latestStart = 0;
        if (TLegs.HasDurations) (duration, latestStart) = (routes.Spans!.Of[node].Duration, routes.Spans.Of[node].LatestStart);
        for (int n = tail; ; n = _gaps[n].Next)
        {
            int at = n < _visits ? n : end, seconds = TLegs.IsTimeCost && n != tail && n < _visits ? _gaps[n].LegCostInto : legs.Time(place, problem.Place[at]), arrival = departure + seconds;
            if (arrival > problem.Latest[at]) return false;
            if (TLegs.HasDurations) (duration, latestStart) = routes.Spans!.Extend(duration, latestStart, seconds, at);
            if (n >= _visits) return !TLegs.HasDurations || duration <= problem.MaxDuration[_gaps[node].Route];
            departure = Math.Max(arrival, problem.Earliest[at]) + problem.Service[at];
            place = problem.Place[at];
        }
    }
}
