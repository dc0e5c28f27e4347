using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>Keeps earliest departures and latest arrivals of routes that are one trip: a change is carried on only as far as they change.</summary>
internal sealed class RouteTimes<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, TLegs legs)
    where TLegs : struct, IClassicLegs
{
    private readonly Gap[] _gaps = routes.Gaps;
    private readonly int _visits = problem.VisitCount;
    private readonly StayRules _stays = new(problem);

    /// <summary>Brings times up to date after changes between two nodes of a route; false when it has become late.</summary>
    public bool Settle(int from, int to)
    {
        bool isInTime = PassForward(from, to);
        PassBackward(from, to);
        return isInTime;
    }

    /// <summary>True when a route is in time that reaches a node from another one than it does now, and goes on from there as it does.</summary>
    public bool MayGoOn(int before, int node, int arrival)
    {
        int departure = _stays.Depart(before, node, arrival);
        if (departure == StayRules.Never) return false;
        return node >= _visits || departure + TimeOf(_gaps[node]) <= _gaps[node].NextLatest;
    }

    /// <summary>Seconds to the next node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TimeOf(in Gap gap) => TLegs.IsTimeCost ? gap.LegCost : legs.Time(gap.Place, gap.NextPlace);

    private bool PassForward(int from, int to)
    {
        bool isBehind = false;
        for (int p = from; ;)
        {
            int n = _gaps[p].Next, arrival = _gaps[p].Departure + TimeOf(_gaps[p]), departure = Depart(p, n, arrival);
            if (departure == StayRules.Never) return false;
            if (n >= _visits) return true;
            isBehind |= n == to;
            if (_gaps[n].Departure != departure)
            {
                routes.Keep(n);
                _gaps[n].Departure = departure;
            }
            else if (isBehind)
            {
                return true;
            }

            p = n;
        }
    }

    private void PassBackward(int from, int to)
    {
        bool isBefore = false;
        for (int n = to; ;)
        {
            int latest = problem.Latest[n], p = _gaps[n].Previous;
            if (n < _visits) latest = FindLatest(p, n, _gaps[n].NextLatest - TimeOf(_gaps[n]));
            // The leg behind the last node before the change is new: what is latest in front of that node may differ even where what is latest behind it does not.
            isBefore |= n == from;
            if (_gaps[p].NextLatest != latest)
            {
                routes.Keep(p);
                _gaps[p].NextLatest = latest;
            }
            else if (isBefore)
            {
                return;
            }

            if (p >= _visits) return;
            n = p;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Depart(int before, int node, int arrival)
    {
        if (TLegs.HasStays) return _stays.Depart(before, node, arrival);
        return arrival > problem.Latest[node] ? StayRules.Never : Math.Max(arrival, problem.Earliest[node]) + problem.Service[node];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindLatest(int before, int node, int latestDeparture) =>
        TLegs.HasStays ? _stays.FindLatest(before, node, latestDeparture) : Math.Min(problem.Latest[node], latestDeparture - problem.Service[node]);
}
