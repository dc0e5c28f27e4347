namespace Logistics.Routing.Search.Classic;

/// <summary>Finds where a pickup and its delivery cost least together: the pickup beside its promising neighbours, the delivery anywhere behind it in the same route.</summary>
/// <remarks>One sweep from the pickup on carries the delayed departure and ends where windows, load or price forbid going on; O(1) a position of the delivery.</remarks>
internal sealed class PairPlacer<TLegs>(ClassicProblem problem, ClassicNeighbours neighbours, ClassicRoutes<TLegs> routes, TLegs legs, double blinkRate, Rng rng)
    where TLegs : struct, IClassicLegs
{
    private readonly Gap[] _gaps = routes.Gaps;
    private readonly int[] _loads = routes.Loads;
    private readonly Neighbour[] _promising = neighbours.Promising;
    private readonly int _count = neighbours.PromisingCount;
    private readonly Neighbour[] _ends = neighbours.Ends;
    private readonly int _endCount = neighbours.EndCount;
    private Blinker _blinker = new(blinkRate, rng);
    private int _pickup;
    private int _delivery;
    private long _price;

    /// <summary>Node the pickup goes behind.</summary>
    public int AfterPickup { get; private set; }

    /// <summary>Node the delivery goes behind; the pickup itself when they are neighbours.</summary>
    public int AfterDelivery { get; private set; }

    /// <summary>False when the pair fits nowhere.</summary>
    public bool Find(int pickup, int delivery, int maxUsed)
    {
        (_pickup, _delivery, _price, AfterPickup) = (pickup, delivery, long.MaxValue, -1);
        foreach (ref readonly var neighbour in _promising.AsSpan(pickup * _count, _count))
        {
            if (neighbour.Node < 0) break;
            if (_gaps[neighbour.Node].Route < 0) continue;
            if (neighbour.CostInto != Neighbour.Never && !_blinker.Blinks()) Offer(neighbour.Node, 0);
            if (neighbour.CostOnward != Neighbour.Never && !_blinker.Blinks()) Offer(_gaps[neighbour.Node].Previous, 0);
        }

        foreach (ref readonly var neighbour in _ends.AsSpan(pickup * _endCount, _endCount))
        {
            if (neighbour.Node < 0) break;
            ref readonly var gap = ref _gaps[neighbour.Node];
            if (gap.Route < 0) continue;
            if (gap.Next >= problem.VisitCount && neighbour.CostInto != Neighbour.Never && !_blinker.Blinks()) Offer(neighbour.Node, 0);
            if (gap.Previous >= problem.VisitCount && neighbour.CostOnward != Neighbour.Never && !_blinker.Blinks()) Offer(gap.Previous, 0);
        }

        if (routes.Idle.UsedCount < maxUsed) OfferIdle();
        return AfterPickup >= 0;
    }

    /// <summary>As <see cref="Find"/>, on idle vehicles only.</summary>
    public bool FindIdle(int pickup, int delivery, int maxUsed)
    {
        (_pickup, _delivery, _price, AfterPickup) = (pickup, delivery, long.MaxValue, -1);
        if (routes.Idle.UsedCount < maxUsed) OfferIdle();
        return AfterPickup >= 0;
    }

    private void OfferIdle()
    {
        var idle = routes.Idle;
        for (int c = 0; c < idle.ClassCount; c++)
        {
            var members = idle.Of(c);
            if (members.Length == 0) continue;
            ref readonly var vehicle = ref problem.Source.Vehicles[members[^1]];
            // Its empty leg was free, so putting it in use pays that too.
            Offer(vehicle.Start, vehicle.FixedCost + _gaps[vehicle.Start].LegCost);
        }
    }

    private void Offer(int after, long opening)
    {
        ref readonly var gap = ref _gaps[after];
        int pickupPlace = problem.Place[_pickup], deliveryPlace = problem.Place[_delivery];
        int into = legs.CostInto(pickupPlace, gap.Place), onward = legs.Cost(pickupPlace, gap.NextPlace);
        long toPickup = opening + into - gap.LegCost;
        int demand = problem.Demand[_pickup], capacity = problem.Capacity[gap.Route];
        if (toPickup + Math.Min(onward, legs.Cost(pickupPlace, deliveryPlace)) >= _price || _loads[after] + demand > capacity) return;
        int departure = 0, nextArrival = 0, latestDelivery = problem.Latest[_delivery];
        if (TLegs.HasTimes)
        {
            int arrival = gap.Departure + (TLegs.IsTimeCost ? into : legs.Time(gap.Place, pickupPlace));
            if (arrival > problem.Latest[_pickup]) return;
            departure = Math.Max(arrival, problem.Earliest[_pickup]) + problem.Service[_pickup];
            if (departure + legs.Time(pickupPlace, deliveryPlace) > latestDelivery) return;
            nextArrival = departure + legs.Time(pickupPlace, gap.NextPlace);
            if (nextArrival > gap.NextLatest) return;
        }

        // Straight on from pickup to delivery.
        long price = toPickup + legs.Cost(pickupPlace, deliveryPlace) + legs.Cost(deliveryPlace, gap.NextPlace);
        if (price < _price && Fits(departure, pickupPlace, gap)) (_price, AfterPickup, AfterDelivery) = (price, after, _pickup);

        long withPickup = toPickup + onward;
        for (int at = gap.Next; at < problem.VisitCount && withPickup < _price;)
        {
            ref readonly var here = ref _gaps[at];
            if (_loads[at] + demand > capacity) return;
            if (TLegs.HasTimes)
            {
                departure = Math.Max(nextArrival, problem.Earliest[at]) + problem.Service[at];
                nextArrival = departure + (TLegs.IsTimeCost ? here.LegCost : legs.Time(here.Place, here.NextPlace));
                if (departure + legs.Time(here.Place, deliveryPlace) > latestDelivery || nextArrival > here.NextLatest) return;
            }

            price = withPickup + legs.Cost(here.Place, deliveryPlace) + legs.Cost(deliveryPlace, here.NextPlace) - here.LegCost;
            if (price < _price && Fits(departure, here.Place, here)) (_price, AfterPickup, AfterDelivery) = (price, after, at);
            at = here.Next;
        }
    }

    /// <summary>The delivery between a departure and the node behind <paramref name="gap"/> is in time and leaves the rest in time.</summary>
    private bool Fits(int departure, int place, in Gap gap)
    {
        if (!TLegs.HasTimes) return true;
        int deliveryPlace = problem.Place[_delivery];
        int start = Math.Max(departure + legs.Time(place, deliveryPlace), problem.Earliest[_delivery]);
        return start <= problem.Latest[_delivery] && start + problem.Service[_delivery] + legs.Time(deliveryPlace, gap.NextPlace) <= gap.NextLatest;
    }
}
