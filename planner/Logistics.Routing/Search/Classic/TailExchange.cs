using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>Lets two routes exchange all that follows a point in each: a change strings of a few visits cannot make.</summary>
/// <remarks>
/// 2-opt* (Potvin and Rousseau 1995) beside promising neighbours of one visit drawn at random, the cheapest of them offered to the annealing. Windows are judged in O(1) from
/// departures and latest arrivals, loads by walking the tails of candidates that are cheapest so far. Single visits only: a tail would part pairs.
/// </remarks>
internal sealed class TailExchange<TLegs>(ClassicProblem problem, ClassicNeighbours neighbours, ClassicRoutes<TLegs> routes, TLegs legs, Rng rng)
    where TLegs : struct, IClassicLegs
{
    private const int MaxNeighbours = 16;

    private readonly Gap[] _gaps = routes.Gaps;
    private readonly NeighbourTable _promising = neighbours.Promising;
    private readonly int _count = Math.Min(MaxNeighbours, neighbours.Promising.Count);
    private readonly int _visits = problem.VisitCount;
    private readonly TailJudge<TLegs> _judge = new(problem, routes, legs);
    private int _first;
    private int _second;
    private long _delta;

    /// <summary>Draws a visit and makes the best exchange beside it if the annealing accepts that; false when nothing was changed.</summary>
    /// <param name="cost">Cost of the current solution.</param>
    public bool TryRun(Annealing annealing, long cost)
    {
        int visit = rng.Below(_visits);
        if (_gaps[visit].Route < 0) return false;
        // What would be refused is not worth a closer look.
        (_first, _delta) = (-1, annealing.DrawLimit(cost) - cost + 1);
        int previous = _gaps[visit].Previous;
        for (int i = 0; i < _count; i++)
        {
            var neighbour = _promising[visit, i];
            if (neighbour.Node < 0) break;
            ref readonly var gap = ref _gaps[neighbour.Node];
            if (gap.Route < 0 || gap.Route == _gaps[visit].Route) continue;
            // The leg from the neighbour to the visit, or from the visit to the neighbour, comes into being.
            if (neighbour.CostInto != Neighbour.Never) Offer(neighbour.Node, previous, neighbour.CostInto);
            if (neighbour.CostOnward != Neighbour.Never) Offer(visit, gap.Previous, neighbour.CostOnward);
        }

        if (_first < 0) return false;
        long before = routes.Cost;
        bool isInTime = routes.ExchangeTails(_first, _second);
        Debug.Assert(isInTime && routes.Cost == before + _delta, "an exchange of tails was applied that is late or not priced right");
        return true;
    }

    /// <summary>What exchanging the tails behind two nodes of different routes would add to the cost; null where it may not be.</summary>
    public long? FindDelta(int first, int second)
    {
        (_first, _delta) = (-1, long.MaxValue);
        Offer(first, second, legs.Cost(_gaps[first].Place, _gaps[second].NextPlace));
        return _first < 0 ? null : _delta;
    }

    private void Offer(int first, int second, int joining)
    {
        ref readonly var a = ref _gaps[first];
        ref readonly var b = ref _gaps[second];
        if (TLegs.HasKinds && problem.KindOf[a.Route] != problem.KindOf[b.Route])
        {
            OfferAcross(first, second, joining);
            return;
        }

        long rate = TLegs.HasKinds ? problem.Rate[a.Route] : 1;
        long delta = (((long)joining - a.LegCost - b.LegCost) * rate) - FindSaved(first, second);
        if (delta >= _delta) return;
        delta += legs.Cost(b.Place, a.NextPlace) * rate;
        if (delta >= _delta) return;
        if (TLegs.HasStays)
        {
            if (!MayGoOn(first, a, b, joining) || !MayGoOn(second, b, a, legs.Cost(b.Place, a.NextPlace))) return;
        }
        else if (TLegs.HasTimes)
        {
            if (a.Departure + (TLegs.IsTimeCost ? joining : legs.Time(a.Place, b.NextPlace)) > b.NextLatest) return;
            if (b.Departure + legs.Time(b.Place, a.NextPlace) > a.NextLatest) return;
            if (TLegs.HasDurations && !(LastsShortEnough(first, second) && LastsShortEnough(second, first))) return;
        }

        if (!TLegs.HasKinds && problem.KindOf[a.Route] != problem.KindOf[b.Route]) return;
        int shift = LoadBehind(first) - LoadBehind(second);
        if (routes.Sums[a.Route].Room + shift < 0 || routes.Sums[b.Route].Room - shift < 0) return;
        (_first, _second, _delta) = (first, second, delta);
    }

    /// <summary>Offers an exchange between vehicles of different kinds: prices, depots and what they may serve differ.</summary>
    private void OfferAcross(int first, int second, int joining)
    {
        ref readonly var a = ref _gaps[first];
        ref readonly var b = ref _gaps[second];
        long rateA = problem.Rate[a.Route], rateB = problem.Rate[b.Route];
        int endA = problem.Source.Vehicles[a.Route].End, endB = problem.Source.Vehicles[b.Route].End;
        // Most tails begin with a visit that the other vehicle may not serve, or cost too much at once where both go home to one place.
        if (problem.Serves is not null && ((b.Next < _visits && !problem.MayServe(b.Next, a.Route)) || (a.Next < _visits && !problem.MayServe(a.Next, b.Route)))) return;
        bool isAlike = rateA == rateB && problem.Place[endA] == problem.Place[endB];
        if (isAlike && (rateA * (joining - a.LegCost - b.LegCost)) - FindSaved(first, second) >= _delta) return;
        // Legs that come into being, behind each node and before each end; all others keep their length, not their price.
        long delta = (rateA * (joining - a.LegCost)) + (rateB * (legs.Cost(b.Place, a.NextPlace) - b.LegCost)) - FindSaved(first, second);
        if (a.Next < _visits) delta += rateB * FindDetour(_gaps[endA].Previous, endB);
        if (b.Next < _visits) delta += rateA * FindDetour(_gaps[endB].Previous, endA);
        // A node without a tail goes straight to its own end.
        if (b.Next >= _visits) delta += rateA * (legs.Cost(a.Place, problem.Place[endA]) - joining);
        if (a.Next >= _visits) delta += rateB * (legs.Cost(b.Place, problem.Place[endB]) - legs.Cost(b.Place, a.NextPlace));
        if (rateA == rateB && delta >= _delta) return;
        var (loadA, lengthA) = MeasureBehind(first);
        var (loadB, lengthB) = MeasureBehind(second);
        delta += (rateB - rateA) * (lengthA - lengthB);
        if (delta >= _delta || routes.Sums[a.Route].Room + loadA < loadB || routes.Sums[b.Route].Room + loadB < loadA) return;
        if (!_judge.MayFollow(first, b.Next) || !_judge.MayFollow(second, a.Next)) return;
        (_first, _second, _delta) = (first, second, delta);
    }

    /// <summary>True when a node may go on with what follows another one now.</summary>
    private bool MayGoOn(int node, in Gap at, in Gap other, int joining) =>
        routes.Times.MayGoOn(node, other.Next, at.Departure + (TLegs.IsTimeCost ? joining : legs.Time(at.Place, other.NextPlace)));

    /// <summary>What the leg to another end costs more than the one a last visit has.</summary>
    private int FindDetour(int last, int end) => legs.CostInto(problem.Place[end], _gaps[last].Place) - _gaps[last].LegCost;

    private bool LastsShortEnough(int node, int other)
    {
        ref readonly var span = ref routes.Spans!.Of[node];
        int seconds = legs.Time(_gaps[node].Place, _gaps[other].NextPlace);
        return RouteSpans<TLegs>.Join(span.Duration, span.LatestStart, seconds, routes.Spans.Of[other]) <= problem.MaxDuration[_gaps[node].Route];
    }

    private (int Load, long Length) MeasureBehind(int node)
    {
        int load = 0;
        long length = 0;
        for (int n = _gaps[node].Next; n < _visits; n = _gaps[n].Next)
        {
            load += problem.Demand[n];
            length += _gaps[n].LegCost;
        }

        return (load, length);
    }

    private int LoadBehind(int node)
    {
        int load = 0;
        for (int n = _gaps[node].Next; n < _visits; n = _gaps[n].Next) load += problem.Demand[n];
        return load;
    }

    /// <summary>What becomes free where all of a route goes behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long FindSaved(int first, int second)
    {
        if (first < _visits && second < _visits) return 0;
        if (first >= _visits && _gaps[second].Next >= _visits) return CostOfOpening(_gaps[first].Route);
        return second >= _visits && _gaps[first].Next >= _visits ? CostOfOpening(_gaps[second].Route) : 0;
    }

    private long CostOfOpening(int route)
    {
        ref readonly var vehicle = ref problem.Source.Vehicles[route];
        return problem.FixedCost[route] + (problem.Rate[route] * legs.Cost(problem.Place[vehicle.Start], problem.Place[vehicle.End]));
    }
}
