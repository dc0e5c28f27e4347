using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Classic;

/// <summary>Times of trips: one begins loading when the one before it is back, its goods are ready and the depot is open.</summary>
/// <remarks>
/// A trip's caches are those of any route; at its two ends they hang together with the trips before and behind. Of an end node <see cref="Gap.Departure"/> is the arrival.
/// A change is carried on only as far as times change, in its trip and through those before and behind; where the trip waits for other goods than before, all of it is looked at.
/// </remarks>
internal sealed class TripTimer<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, TripChains chains, TLegs legs)
    where TLegs : struct, IClassicLegs
{
    private readonly Gap[] _gaps = routes.Gaps;
    private readonly int _visits = problem.VisitCount;

    // Of vehicles slower than the problem says; null for the others.
    private readonly Legs?[] _slower = [.. problem.Terms.Select(t => t.Profile < 0 ? null : problem.Source.Legs[t.Profile])];

    /// <summary>Brings a trip changed between two nodes, and those it moves, up to date; false when one has become late.</summary>
    /// <param name="from">Last node before the first change.</param>
    /// <param name="to">First node behind the last change.</param>
    public bool Settle(int from, int to)
    {
        int route = _gaps[from].Route, release = 0;
        if (!chains.IsOn(route)) return true;
        for (int n = _gaps[problem.StartOf[route]].Next; n < _visits; n = _gaps[n].Next) release = Math.Max(release, problem.Release[n]);
        if (release != chains.ReleaseOf(route)) (from, to) = (problem.StartOf[route], problem.EndOf[route]);
        chains.SetRelease(route, release);
        bool isInTime = PassForward(route, from, to);
        PassBackward(route, from, to);
        return isInTime;
    }

    /// <summary>Closes the hole that a dropped trip leaves.</summary>
    public void Join(int before, int after)
    {
        if (after >= 0) PassForward(after, problem.StartOf[after], problem.StartOf[after]);
        if (before >= 0) PassBackward(before, problem.EndOf[before], problem.EndOf[before]);
    }

    /// <summary>Whether a trip could wait for another release, too; false when it has not that much time.</summary>
    /// <param name="departure">The earliest one from a node if it did.</param>
    public bool TryDelay(int node, int release, out int departure)
    {
        int route = _gaps[node].Route, at = problem.StartOf[route];
        departure = release + problem.Service[at];
        // Mostly the first leg is too late already, however quick it is.
        if (departure + legs.Time(_gaps[at].Place, _gaps[at].NextPlace) > _gaps[at].NextLatest) return false;
        int loading = FindEarliestLoading(problem.VehicleOf[route], chains.Before(route), Math.Max(release, chains.ReleaseOf(route)));
        if (loading > FindLatestLoading(route)) return false;
        for (departure = loading + problem.Service[at]; at != node; at = _gaps[at].Next)
        {
            int next = _gaps[at].Next;
            departure = problem.FindStart(next, Reach(route, at, departure)) + problem.Service[next];
        }

        return true;
    }

    /// <summary>Earliest second a trip of a vehicle could begin loading behind another one (−1: first) once its goods are ready.</summary>
    public int FindEarliestLoading(int vehicle, int before, int release)
    {
        ref readonly var data = ref problem.Source.Vehicles[vehicle];
        int free = before < 0 ? data.EarliestStart : _gaps[problem.EndOf[before]].Departure, loading = Math.Max(Math.Max(data.LoadFrom, free), release);
        var rest = problem.Terms[vehicle].Rest;
        return rest.IsBetween(free, loading + problem.Service[problem.StartOf[vehicle]]) ? Math.Max(loading, free + rest.Seconds) : loading;
    }

    /// <summary>Latest second a trip may begin loading so that it and those behind it are in time.</summary>
    public int FindLatestLoading(int route)
    {
        int start = problem.StartOf[route];
        return Math.Min(problem.Source.Vehicles[problem.VehicleOf[route]].LoadUntil, FindLatestLeave(route, start, _gaps[start].NextLatest) - problem.Service[start]);
    }

    /// <summary>Latest arrival at a trip's end, given the trip that follows (−1: none).</summary>
    public int FindLatestEnd(int vehicle, int after) => after < 0 ? problem.Latest[problem.EndOf[vehicle]] : FindLatestEnd(vehicle, after, FindLatestLoading(after));

    /// <summary>Latest arrival at a trip's end so that the trip behind it begins loading at a second.</summary>
    public int FindLatestEnd(int vehicle, int after, int loading)
    {
        var rest = problem.Terms[vehicle].Rest;
        int earliest = Math.Max(problem.Source.Vehicles[vehicle].LoadFrom, chains.ReleaseOf(after)), service = problem.Service[problem.StartOf[after]];
        // What cannot end before the break is due comes behind it however early the vehicle is there.
        return rest.FindLatest(loading, (long)earliest + service > rest.At ? -1 : rest.At - service);
    }

    /// <summary>Arrival at the next node after leaving at a second, a break on the way included.</summary>
    public int Reach(int route, int node, int leave)
    {
        ref readonly var gap = ref _gaps[node];
        int vehicle = problem.VehicleOf[route];
        return Rest(vehicle, gap.Place, gap.Next, leave, TLegs.IsTimeCost && _slower[vehicle] is null ? leave + gap.LegCost : Arrive(vehicle, gap.Place, gap.NextPlace, leave));
    }

    /// <summary>Arrival at a node from a place, a break on the way included.</summary>
    public int Reach(int vehicle, int place, int node, int leave) => Rest(vehicle, place, node, leave, Arrive(vehicle, place, problem.Place[node], leave));

    private int Rest(int vehicle, int place, int node, int leave, int arrival)
    {
        var rest = problem.Terms[vehicle].Rest;
        return rest.IsBetween(leave, problem.FindStart(node, arrival) + problem.Service[node]) ? Arrive(vehicle, place, problem.Place[node], leave + rest.Seconds) : arrival;
    }

    /// <summary>Latest second to leave a node so as to be at the next one by another, a break on the way included.</summary>
    public int FindLatestLeave(int route, int node, int latest)
    {
        ref readonly var gap = ref _gaps[node];
        var rest = problem.Terms[problem.VehicleOf[route]].Rest;
        int leave = LeaveBy(gap, latest);
        if (rest.IsNone) return leave;
        int service = problem.Service[gap.Next];
        bool endsBehind = (long)problem.Earliest[gap.Next] + service > rest.At;
        // Far from the break, where most legs are, the leg that would end just ahead of it is not looked for.
        if (leave >= (long)rest.At + rest.Seconds || (!endsBehind && latest <= rest.At - service)) return leave;
        return rest.FindLatest(leave, endsBehind ? -1 : LeaveBy(gap, problem.FindLatestStart(gap.Next, rest.At - service)));
    }

    private int Arrive(int vehicle, int from, int to, int leave)
    {
        if (_slower[vehicle] is not { } own) return legs.Arrive(from, to, leave);
        DrivenLeg.TryDrive(own, from, to, leave, out var leg);
        return leg.Arrival;
    }

    private int LeaveBy(in Gap gap, int arrival)
    {
        if (_slower[problem.VehicleOf[gap.Route]] is { } own) return DrivenLeg.LastLeave(own, gap.Place, gap.NextPlace, arrival);
        return TLegs.IsTimeCost ? arrival - gap.LegCost : legs.LeaveBy(gap.Place, gap.NextPlace, arrival);
    }

    private int FindEarliestLoading(int route) => FindEarliestLoading(problem.VehicleOf[route], chains.Before(route), chains.ReleaseOf(route));

    private bool PassForward(int route, int from, int to)
    {
        for (int r = route, at = from; r >= 0; r = chains.After(r), at = r < 0 ? -1 : problem.StartOf[r])
        {
            int departure = _gaps[at].Departure;
            if (at >= _visits)
            {
                int loading = FindEarliestLoading(r);
                departure = loading + problem.Service[at];
                if (loading > problem.Source.Vehicles[problem.VehicleOf[r]].LoadUntil) return false;
                if ((r != route || at == to) && _gaps[at].Departure == departure) return true;
                SetDeparture(at, departure);
            }

            // Behind the last change, what leaves at the same second as before is followed by nothing new.
            for (bool isBehind = r != route || at == to; ;)
            {
                int n = _gaps[at].Next, arrival = Reach(r, at, departure);
                isBehind |= n == to;
                if (n >= _visits)
                {
                    if (chains.After(r) < 0 && arrival > problem.Latest[n]) return false;
                    SetDeparture(n, arrival);
                    break;
                }

                if (arrival > problem.Latest[n]) return false;
                departure = problem.FindStart(n, arrival) + problem.Service[n];
                if (isBehind && _gaps[n].Departure == departure) return true;
                SetDeparture(n, departure);
                at = n;
            }
        }

        return true;
    }

    private void PassBackward(int route, int from, int to)
    {
        for (int r = route, at = to; r >= 0; r = chains.Before(r), at = r < 0 ? -1 : problem.EndOf[r])
        {
            bool isAhead = r != route || at == from;
            int latest = at >= _visits ? FindLatestEnd(problem.VehicleOf[r], chains.After(r)) : FindLatestArrival(r, at), p = _gaps[at].Previous;
            for (; ; p = _gaps[p].Previous)
            {
                // Ahead of the first change, what must arrive by the same second as before is preceded by nothing new.
                if (isAhead && _gaps[p].NextLatest == latest) return;
                isAhead |= p == from;
                if (_gaps[p].NextLatest != latest)
                {
                    routes.Keep(p);
                    _gaps[p].NextLatest = latest;
                }

                if (p >= _visits) break;
                latest = FindLatestArrival(r, p);
            }
        }
    }

    private int FindLatestArrival(int route, int node) => problem.FindLatestStart(node, FindLatestLeave(route, node, _gaps[node].NextLatest) - problem.Service[node]);

    private void SetDeparture(int node, int departure)
    {
        if (_gaps[node].Departure == departure) return;
        routes.Keep(node);
        _gaps[node].Departure = departure;
    }
}
