using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>Finds where a single visit costs least: in the gaps beside its promising neighbours, or on an idle vehicle.</summary>
internal sealed class SinglePlacer<TLegs>(ClassicProblem problem, ClassicNeighbours neighbours, ClassicRoutes<TLegs> routes, TLegs legs, double blinkRate, Rng rng)
    where TLegs : struct, IClassicLegs
{
    private readonly Gap[] _gaps = routes.Gaps;
    private readonly RouteSum[] _sums = routes.Sums;
    private readonly Neighbour[] _promising = neighbours.Promising;
    private readonly int _count = neighbours.PromisingCount;
    private readonly Neighbour[] _ends = neighbours.Ends;
    private readonly int _endCount = neighbours.EndCount;
    private readonly int _visits = problem.VisitCount;
    private Blinker _blinker = new(blinkRate, rng);

    // The visit being placed, and the best position so far.
    private int _place;
    private int _earliest;
    private int _latest;
    private int _service;
    private int _price;
    private int _after;

    /// <summary>Node to put the visit behind, or −1 when it fits nowhere below the limit.</summary>
    /// <param name="limit">Price from which on the visit is better left out.</param>
    public int Find(int visit, int limit, int maxUsed)
    {
        int demand = Begin(visit, limit);
        foreach (ref readonly var neighbour in _promising.AsSpan(visit * _count, _count))
        {
            if (neighbour.Node < 0) break;
            ref readonly var gap = ref _gaps[neighbour.Node];
            if (gap.Route < 0 || _sums[gap.Route].Room < demand) continue;
            OfferBehind(neighbour, gap);
            OfferInFront(neighbour, gap.Previous);
        }

        foreach (ref readonly var neighbour in _ends.AsSpan(visit * _endCount, _endCount))
        {
            if (neighbour.Node < 0) break;
            ref readonly var gap = ref _gaps[neighbour.Node];
            if (gap.Route < 0 || _sums[gap.Route].Room < demand) continue;
            if (gap.Next >= _visits) OfferBehind(neighbour, gap);
            if (gap.Previous >= _visits) OfferInFront(neighbour, gap.Previous);
        }

        if (routes.Idle.UsedCount < maxUsed) OfferIdle(demand);
        return _after;
    }

    /// <summary>Start of the idle vehicle on which the visit costs least, or −1 when none may take it.</summary>
    public int FindIdle(int visit, int maxUsed)
    {
        int demand = Begin(visit, int.MaxValue);
        if (routes.Idle.UsedCount < maxUsed) OfferIdle(demand);
        return _after;
    }

    private int Begin(int visit, int limit)
    {
        (_place, _earliest, _latest, _service) = (problem.Place[visit], problem.Earliest[visit], problem.Latest[visit], problem.Service[visit]);
        (_price, _after) = (limit, -1);
        return problem.Demand[visit];
    }

    private void OfferIdle(int demand)
    {
        var idle = routes.Idle;
        for (int c = 0; c < idle.ClassCount; c++)
        {
            var members = idle.Of(c);
            if (members.Length == 0) continue;
            int vehicle = members[^1], start = problem.Source.Vehicles[vehicle].Start;
            ref readonly var gap = ref _gaps[start];
            if (demand > _sums[vehicle].Room) continue;
            int into = legs.CostInto(_place, gap.Place), onward = legs.Cost(_place, gap.NextPlace);
            long price = (long)into + onward + problem.FixedCost[vehicle];
            if (price < _price && Fits(gap, into, onward)) (_price, _after) = ((int)price, start);
        }
    }

    // What needs no look at the far end of the gap is asked first: most positions fall there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OfferBehind(in Neighbour neighbour, in Gap gap)
    {
        int least = neighbour.CostInto - gap.LegCost;
        if (least >= _price || (TLegs.HasTimes && TLegs.IsTimeCost && gap.Departure + neighbour.CostInto > _latest) || _blinker.Blinks()) return;
        int onward = legs.Cost(_place, gap.NextPlace), price = least + onward;
        if (price < _price && Fits(gap, neighbour.CostInto, onward)) (_price, _after) = (price, neighbour.Node);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OfferInFront(in Neighbour neighbour, int after)
    {
        ref readonly var gap = ref _gaps[after];
        int least = neighbour.CostOnward - gap.LegCost;
        if (least >= _price || (TLegs.HasTimes && TLegs.IsTimeCost && _earliest + _service + neighbour.CostOnward > gap.NextLatest) || _blinker.Blinks()) return;
        int into = legs.CostInto(_place, gap.Place), price = least + into;
        if (price < _price && Fits(gap, into, neighbour.CostOnward)) (_price, _after) = (price, after);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Fits(in Gap gap, int into, int onward)
    {
        if (!TLegs.HasTimes) return true;
        int arrival = gap.Departure + (TLegs.IsTimeCost ? into : legs.Time(gap.Place, _place));
        if (arrival > _latest) return false;
        return Math.Max(arrival, _earliest) + _service + (TLegs.IsTimeCost ? onward : legs.Time(_place, gap.NextPlace)) <= gap.NextLatest;
    }
}
