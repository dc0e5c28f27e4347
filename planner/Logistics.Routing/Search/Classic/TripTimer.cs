namespace Logistics.Routing.Search.Classic;

/// <summary>Times of trips: one begins loading when the one before it is back, its goods are ready and the depot is open.</summary>
/// <remarks>
/// A trip's caches are those of any route; at its two ends they hang together with the trips before and behind. Of an end node <see cref="Gap.Departure"/> is the arrival.
/// Trips are short, so a change is carried through the whole trip and on through others only as far as their ends change.
/// </remarks>
internal sealed class TripTimer<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, TripChains chains, TLegs legs)
    where TLegs : struct, IClassicLegs
{
    // Later than any second of a problem, and small enough to be added to one.
    private const int Never = 1 << 30;

    private readonly Gap[] _gaps = routes.Gaps;
    private readonly int _visits = problem.VisitCount;

    /// <summary>Brings a changed trip and those it moves up to date; false when one has become late.</summary>
    public bool Settle(int route)
    {
        if (!chains.IsOn(route)) return true;
        int release = 0;
        for (int n = _gaps[problem.StartOf[route]].Next; n < _visits; n = _gaps[n].Next) release = Math.Max(release, problem.Release[n]);
        chains.SetRelease(route, release);
        bool isInTime = PassForward(route);
        PassBackward(route);
        return isInTime;
    }

    /// <summary>Closes the hole that a dropped trip leaves.</summary>
    public void Join(int before, int after)
    {
        if (after >= 0) PassForward(after);
        if (before >= 0) PassBackward(before);
    }

    /// <summary>Earliest departure from a node if its trip also waited for a release; hopelessly late when the trip has not that much time.</summary>
    public int FindDeparture(int node, int release)
    {
        int route = _gaps[node].Route, at = problem.StartOf[route], loading = Math.Max(FindEarliestLoading(route), release);
        if (loading > FindLatestLoading(route)) return Never;
        int departure = loading + problem.Service[at];
        while (at != node)
        {
            int next = _gaps[at].Next;
            departure = Math.Max(departure + TimeOf(_gaps[at]), problem.Earliest[next]) + problem.Service[next];
            at = next;
        }

        return departure;
    }

    /// <summary>Earliest second a trip of a vehicle could begin loading behind another one (−1: first) if all its goods were ready.</summary>
    public int FindEarliestLoading(int vehicle, int before) =>
        Math.Max(problem.Source.Vehicles[vehicle].LoadFrom, before < 0 ? problem.Source.Vehicles[vehicle].EarliestStart : _gaps[problem.EndOf[before]].Departure);

    /// <summary>Latest second a trip may begin loading so that it and those behind it are in time.</summary>
    public int FindLatestLoading(int route)
    {
        int start = problem.StartOf[route];
        return Math.Min(problem.Source.Vehicles[problem.VehicleOf[route]].LoadUntil, _gaps[start].NextLatest - TimeOf(_gaps[start]) - problem.Service[start]);
    }

    /// <summary>Latest arrival at a trip's end, given the trip that follows (−1: none).</summary>
    public int FindLatestEnd(int vehicle, int after) => after < 0 ? problem.Latest[problem.EndOf[vehicle]] : FindLatestLoading(after);

    private int FindEarliestLoading(int route) => Math.Max(FindEarliestLoading(problem.VehicleOf[route], chains.Before(route)), chains.ReleaseOf(route));

    private int TimeOf(in Gap gap) => TLegs.IsTimeCost ? gap.LegCost : legs.Time(gap.Place, gap.NextPlace);

    private bool PassForward(int route)
    {
        for (int r = route; r >= 0; r = chains.After(r))
        {
            int loading = FindEarliestLoading(r), at = problem.StartOf[r], departure = loading + problem.Service[at];
            if (loading > problem.Source.Vehicles[problem.VehicleOf[r]].LoadUntil) return false;
            if (r != route && _gaps[at].Departure == departure) return true;
            SetDeparture(at, departure);
            for (int n = _gaps[at].Next; ; n = _gaps[n].Next)
            {
                int arrival = departure + TimeOf(_gaps[at]);
                if (n >= _visits)
                {
                    SetDeparture(n, arrival);
                    if (chains.After(r) < 0 && arrival > problem.Latest[n]) return false;
                    break;
                }

                if (arrival > problem.Latest[n]) return false;
                departure = Math.Max(arrival, problem.Earliest[n]) + problem.Service[n];
                SetDeparture(n, departure);
                at = n;
            }
        }

        return true;
    }

    private void PassBackward(int route)
    {
        for (int r = route; r >= 0; r = chains.Before(r))
        {
            int latest = FindLatestEnd(problem.VehicleOf[r], chains.After(r)), p = _gaps[problem.EndOf[r]].Previous;
            if (r != route && _gaps[p].NextLatest == latest) return;
            for (; ; p = _gaps[p].Previous)
            {
                if (_gaps[p].NextLatest != latest)
                {
                    routes.Keep(p);
                    _gaps[p].NextLatest = latest;
                }

                if (p >= _visits) break;
                latest = Math.Min(problem.Latest[p], latest - TimeOf(_gaps[p]) - problem.Service[p]);
            }
        }
    }

    private void SetDeparture(int node, int departure)
    {
        if (_gaps[node].Departure == departure) return;
        routes.Keep(node);
        _gaps[node].Departure = departure;
    }
}
