using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>Keeps earliest departures and latest arrivals of routes that are one trip: a change is carried on only as far as they change.</summary>
internal sealed class RouteTimes<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, TLegs legs)
    where TLegs : struct, IClassicLegs
{
    private readonly Gap[] _gaps = routes.Gaps;
    private readonly int _visits = problem.VisitCount;

    /// <summary>Brings times up to date after changes between two nodes of a route; false when it has become late.</summary>
    public bool Settle(int from, int to)
    {
        bool isInTime = PassForward(from, to);
        PassBackward(from, to);
        return isInTime;
    }

    /// <summary>Seconds to the next node.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int TimeOf(in Gap gap) => TLegs.IsTimeCost ? gap.LegCost : legs.Time(gap.Place, gap.NextPlace);

    private bool PassForward(int from, int to)
    {
        bool isBehind = false;
        for (int p = from; ;)
        {
            int n = _gaps[p].Next, arrival = _gaps[p].Departure + TimeOf(_gaps[p]);
            if (arrival > problem.Latest[n]) return false;
            if (n >= _visits) return true;
            int departure = Math.Max(arrival, problem.Earliest[n]) + problem.Service[n];
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
            int latest = problem.Latest[n];
            if (n < _visits) latest = Math.Min(latest, _gaps[n].NextLatest - TimeOf(_gaps[n]) - problem.Service[n]);
            int p = _gaps[n].Previous;
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
}
