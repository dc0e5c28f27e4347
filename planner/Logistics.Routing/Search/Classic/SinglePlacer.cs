using System.Numerics;
using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>Finds where a single visit costs least: in the gaps beside its promising neighbours, or on an idle vehicle.</summary>
internal sealed class SinglePlacer<TLegs>(ClassicProblem problem, ClassicNeighbours neighbours, ClassicRoutes<TLegs> routes, TLegs legs, double blinkRate, Rng rng)
    where TLegs : struct, IClassicLegs
{
    private readonly Gap[] _gaps = routes.Gaps;
    private readonly RouteSum[] _sums = routes.Sums;
    private readonly NeighbourTable _promising = neighbours.Promising;
    private readonly NeighbourTable _ends = neighbours.Ends;
    private readonly NeighbourSieve<TLegs> _sieve = new(problem, neighbours, routes);
    private readonly int _visits = problem.VisitCount;
    private readonly KindOffers<TLegs>? _kinds = TLegs.HasKinds ? new KindOffers<TLegs>(problem, routes) : null;
    private readonly TripOpener<TLegs>? _trips = TLegs.HasTrips ? new TripOpener<TLegs>(problem, routes, legs, rng) : null;
    private readonly StayRules _stays = new(problem);
    private Blinker _blinker = new(blinkRate, rng);

    // The visit being placed, and the best position so far.
    private int _visit;
    private int _place;
    private int _earliest;
    private int _latest;
    private int _service;
    private long _price;
    private int _after;

    // Legs depend on the time of day or the vehicle, or breaks or closing times lie between.
    private readonly bool _hasClock = problem.HasBands || problem.HasOwnTimes || problem.HasSeveralWindows;

    // Place of the visit announced last; one that is not followed by another stays announced.
    private int _announced;

    // Where vehicles differ, the terms of the route looked at.
    private long _rate;
    private long _extra;
    private int _taker = -1;

    /// <summary>Vehicle that must take the whole route over first, because the one it has cannot take the visit; −1 when it can.</summary>
    public int Taker { get; private set; }

    /// <summary>What the position found adds to the cost.</summary>
    public long Price => _price;

    /// <summary>Node to put the visit behind, or −1 when it fits nowhere below the limit.</summary>
    /// <param name="limit">Price from which on the visit is better left out.</param>
    public int Find(int visit, long limit, int maxUsed)
    {
        int demand = Begin(visit, limit);
        _sieve.Begin(visit, demand);
        // The nearest alone: they mostly set the price for the others.
        for (int from = 0, to = Math.Min(1, _promising.BlockCount); from < _promising.BlockCount; (from, to) = (to, FindEnd(_promising, to))) Look<Off>(_promising, from, to, 0, demand);
        for (int from = 0, to; from < _ends.BlockCount; from = to) Look<On>(_ends, from, to = FindEnd(_ends, from), _promising.BlockCount, demand);
        OfferOpening(visit, demand, maxUsed);
        return _after;
    }

    private static int FindEnd(NeighbourTable table, int block) => Math.Min(block + NeighbourSieve<TLegs>.MostBlocks, table.BlockCount);

    /// <summary>Offers the gaps beside the neighbours in some blocks of a table.</summary>
    /// <typeparam name="TEnds">Only gaps at a depot.</typeparam>
    /// <param name="blocksBefore">Blocks of tables already looked at.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Look<TEnds>(NeighbourTable table, int from, int to, int blocksBefore, int demand)
        where TEnds : struct, IFeature
    {
        if (!TLegs.HasGroups) legs.FetchLines(_announced, blocksBefore + from, blocksBefore + to);
        for (uint left = _sieve.Sift<TEnds>(table, from, to, _price); left != 0; left &= left - 1)
        {
            var neighbour = table[_visit, (from * NeighbourTable.BlockSize) + BitOperations.TrailingZeroCount(left)];
            if (neighbour.Node < 0) break;
            ref readonly var gap = ref _gaps[neighbour.Node];
            if (gap.Route < 0 || !MayEnter(gap.Route, demand)) continue;
            if (!TEnds.IsOn || gap.Next >= _visits) OfferBehind(neighbour, gap);
            if (!TEnds.IsOn || gap.Previous >= _visits) OfferInFront(neighbour, gap.Previous);
        }
    }

    /// <summary>Start of the idle vehicle on which the visit costs least, or −1 when none may take it below the limit.</summary>
    public int FindIdle(int visit, long limit, int maxUsed)
    {
        int demand = Begin(visit, limit);
        OfferOpening(visit, demand, maxUsed);
        // The cheapest for one visit is the smallest; one in the size of the route to be is seldom that.
        if (TLegs.HasKinds && problem.HasKin && _after >= 0) _after = _kinds!.DrawKin(_after, demand, rng);
        return _after;
    }

    private int Begin(int visit, long limit)
    {
        (_place, _earliest, _latest, _service) = (problem.Place[visit], problem.Earliest[visit], problem.Latest[visit], problem.Service[visit]);
        (_visit, _price, _after, Taker) = (visit, limit, -1, -1);
        if (TLegs.HasKinds) _kinds!.Begin(visit);
        if (TLegs.HasGroups) legs.Fetch(_place);
        return problem.Demand[visit];
    }

    /// <summary>Has what <see cref="Find"/> reads of a visit brought near at once.</summary>
    public void Fetch(int visit) => legs.Fetch(problem.Place[visit]);

    /// <summary>Has what <see cref="Find"/> will read of the next visit brought near bit by bit, while it looks for the place of this one.</summary>
    public void Announce(int visit)
    {
        _promising.Fetch(visit);
        _ends.Fetch(visit);
        _announced = problem.Place[visit];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MayEnter(int route, int demand)
    {
        if (!TLegs.HasKinds) return true;
        if (_sieve.IsEntryKnown)
        {
            if (TLegs.HasRates) _rate = problem.Rate[route];
            return true;
        }

        ref readonly var offer = ref _kinds!.Of(route, demand);
        _taker = offer.Taker;
        if (TLegs.HasRates) (_rate, _extra) = (offer.Rate, offer.Extra);
        return _taker != VehicleOffer.Nobody;
    }

    /// <summary>What a detour costs with the vehicle that would drive it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long PriceOf(int cost, int legCost) => !TLegs.HasRates ? cost - legCost : cost == Neighbour.Never ? long.MaxValue : (_rate * (cost - legCost)) + _extra;

    private void OfferOpening(int visit, int demand, int maxUsed)
    {
        if (TLegs.HasTrips)
        {
            int start = _trips!.Find(visit, maxUsed, ref _price);
            if (start >= 0) _after = start;
        }
        else if (routes.Idle.UsedCount < maxUsed)
        {
            OfferIdle(visit, demand);
        }
    }

    private void OfferIdle(int visit, int demand)
    {
        var idle = routes.Idle;
        // Kinds that cost the same take turns.
        int turn = TLegs.HasKinds ? rng.Below(idle.ClassCount) : 0;
        for (int c = 0; c < idle.ClassCount; c++)
        {
            var members = idle.Of(c + turn < idle.ClassCount ? c + turn : c + turn - idle.ClassCount);
            if (members.Length == 0) continue;
            int vehicle = members[^1], start = problem.Source.Vehicles[vehicle].Start;
            ref readonly var gap = ref _gaps[start];
            if (demand > _sums[vehicle].Room || (TLegs.HasKinds && !problem.MayServe(visit, vehicle))) continue;
            int into = legs.CostInto(_place, gap.Place), onward = legs.Cost(_place, gap.NextPlace);
            long price = (((long)into + onward) * (TLegs.HasKinds ? problem.Rate[vehicle] : 1)) + problem.FixedCost[vehicle];
            if (price < _price && Fits(start, gap, into, onward)) (_price, _after, Taker) = (price, start, -1);
        }
    }

    // What needs no look at the far end of the gap is asked first: most positions fall there.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OfferBehind(in Neighbour neighbour, in Gap gap)
    {
        long least = PriceOf(neighbour.CostInto, gap.LegCost);
        if (least >= _price || (TLegs.HasTimes && TLegs.IsTimeCost && gap.Departure + neighbour.CostInto > _latest && !MayStay(gap)) || _blinker.Blinks()) return;
        int onward = legs.Cost(_place, gap.NextPlace);
        long price = least + (TLegs.HasRates ? _rate * onward : onward);
        if (price < _price && Fits(neighbour.Node, gap, neighbour.CostInto, onward)) Take(price, neighbour.Node);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void OfferInFront(in Neighbour neighbour, int after)
    {
        ref readonly var gap = ref _gaps[after];
        long least = PriceOf(neighbour.CostOnward, gap.LegCost);
        if (least >= _price || (TLegs.HasTimes && TLegs.IsTimeCost && _earliest + _service + neighbour.CostOnward > gap.NextLatest && !MayStay(gap)) || _blinker.Blinks()) return;
        int into = legs.CostInto(_place, gap.Place);
        long price = least + (TLegs.HasRates ? _rate * into : into);
        if (price < _price && Fits(after, gap, into, neighbour.CostOnward)) Take(price, after);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(long price, int after)
    {
        (_price, _after) = (price, after);
        if (TLegs.HasKinds) Taker = _taker;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Fits(int after, in Gap gap, int into, int onward)
    {
        if (!TLegs.HasTimes) return true;
        int departure = gap.Departure;
        // However quick the legs, and whatever else holds the trip up.
        if (TLegs.HasTrips && Math.Max(departure + legs.TimeInto(_place, gap.Place), _earliest) is var start && (start > _latest || start + _service + legs.Time(_place, gap.NextPlace) > gap.NextLatest)) return false;
        // Goods that come in later than the trip's others hold it up from its start on.
        if (TLegs.HasTrips && problem.Release[_visit] > routes.Trips!.ReleaseOf(gap.Route) && !routes.TripTimes!.TryDelay(after, problem.Release[_visit], out departure)) return false;
        if (TLegs.HasTrips && _hasClock)
        {
            int vehicle = problem.VehicleOf[gap.Route], reached = routes.TripTimes!.Reach(vehicle, gap.Place, _visit, departure);
            return reached <= _latest && routes.TripTimes.Reach(vehicle, _place, gap.Next, problem.FindStart(_visit, reached) + _service) <= gap.NextLatest;
        }

        int toVisit = TLegs.IsTimeCost ? into : legs.TimeInto(_place, gap.Place), arrival = departure + toVisit;
        if (TLegs.HasStays) return FitsStay(after, gap, arrival, onward);
        if (arrival > _latest) return false;
        int toNext = TLegs.IsTimeCost ? onward : legs.Time(_place, gap.NextPlace);
        if (Math.Max(arrival, _earliest) + _service + toNext > gap.NextLatest) return false;
        return !TLegs.HasDurations || LastsShortEnough(after, gap.Route, toVisit, toNext);
    }

    /// <summary>True when the visit is part of a stop beside a gap, so that its window need not hold or what follows pays no parking.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MayStay(in Gap gap) => TLegs.HasStays && (gap.Place == _place || gap.NextPlace == _place);

    private bool FitsStay(int after, in Gap gap, int arrival, int onward)
    {
        int departure = _stays.Depart(after, _visit, arrival);
        if (departure == StayRules.Never) return false;
        int reached = departure + (TLegs.IsTimeCost ? onward : legs.Time(_place, gap.NextPlace));
        bool isSameNext = gap.Place != gap.NextPlace && gap.NextPlace != _place;
        return isSameNext ? reached <= gap.NextLatest : routes.Times.MayGoOn(_visit, gap.Next, reached);
    }

    private bool LastsShortEnough(int after, int route, int toVisit, int toNext)
    {
        ref readonly var span = ref routes.Spans!.Of[after];
        var (duration, latestStart) = routes.Spans.Extend(span.Duration, span.LatestStart, toVisit, _visit);
        return RouteSpans<TLegs>.Join(duration, latestStart, toNext, span) <= problem.MaxDuration[route];
    }
}
