namespace Logistics.Routing.Search.Classic;

/// <summary>Finds where a pair costs least in one route, at every position of both visits.</summary>
/// <remarks>
/// First backward over the route: what the delivery adds at least from each node on. Then for each position of the pickup that can still be cheapest a sweep forward that carries the
/// delayed departure and ends where windows, load or that bound forbid going on; O(1) a position of the delivery. A visit is taken to add no less than nothing and a way round to be no
/// quicker than straight on: where legs break the triangle inequality a position may be overlooked, never a rule. Owned by one thread.
/// </remarks>
internal sealed class PairSweep<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, TLegs legs)
    where TLegs : struct, IClassicLegs
{
    // Stands for a position where the delivery cannot be; prices stay far below.
    private const int Never = 1 << 30;

    private readonly Gap[] _gaps = routes.Gaps;
    private readonly int[] _loads = routes.Loads;
    private readonly int[] _earliest = problem.Earliest;
    private readonly int[] _service = problem.Service;
    private readonly int _visits = problem.VisitCount;
    private readonly int[] _least = new int[routes.Gaps.Length];

    // The pair in question, and its best position so far.
    private int _pickup;
    private int _delivery;
    private int _pickupPlace;
    private int _deliveryPlace;
    private int _direct;
    private int _directTime;
    private int _demand;
    private int _earliestPickup;
    private int _latestPickup;
    private int _earliestLeave;
    private int _latestDelivery;
    private long _price;
    private int _afterPickup;
    private int _afterDelivery;

    public void Begin(int pickup, int delivery)
    {
        (_pickup, _delivery, _pickupPlace, _deliveryPlace) = (pickup, delivery, problem.Place[pickup], problem.Place[delivery]);
        (_direct, _directTime, _demand) = (legs.Cost(_pickupPlace, _deliveryPlace), legs.Time(_pickupPlace, _deliveryPlace), problem.Demand[pickup]);
        (_earliestPickup, _latestPickup) = (_earliest[pickup] + _service[pickup], problem.Latest[pickup]);
        (_earliestLeave, _latestDelivery) = (_earliest[delivery] + _service[delivery], problem.Latest[delivery]);
    }

    /// <summary>The cheapest position in a route, or a bound when none costs less than the limit.</summary>
    public PairPrice Run(int route, long limit)
    {
        ref readonly var vehicle = ref problem.Source.Vehicles[route];
        (_price, _afterPickup) = (limit, -1);
        BoundDelivery(vehicle.Start, vehicle.End);
        int capacity = problem.Capacity[route];
        for (int at = vehicle.Start; at != vehicle.End; at = _gaps[at].Next)
        {
            ref readonly var gap = ref _gaps[at];
            if (TLegs.HasTimes && gap.Departure > _latestPickup) break;
            if (_least[at] >= _price) break;
            if (_loads[at] + _demand <= capacity) TryPickup(at, gap, capacity);
        }

        return new PairPrice { Version = routes.Versions[route], Price = _price, AfterPickup = _afterPickup, AfterDelivery = _afterDelivery };
    }

    private void BoundDelivery(int start, int end)
    {
        int least = Never;
        for (int at = end; at != start;)
        {
            at = _gaps[at].Previous;
            ref readonly var gap = ref _gaps[at];
            int into = legs.CostInto(_deliveryPlace, gap.Place), onward = legs.Cost(_deliveryPlace, gap.NextPlace);
            if (into + onward - gap.LegCost < least)
            {
                bool isPossible = !TLegs.HasTimes
                    || (gap.Departure + (TLegs.IsTimeCost ? into : legs.Time(gap.Place, _deliveryPlace)) <= _latestDelivery
                        && _earliestLeave + (TLegs.IsTimeCost ? onward : legs.Time(_deliveryPlace, gap.NextPlace)) <= gap.NextLatest);
                if (isPossible) least = into + onward - gap.LegCost;
            }

            _least[at] = least;
        }
    }

    private void TryPickup(int after, in Gap gap, int capacity)
    {
        int into = legs.CostInto(_pickupPlace, gap.Place), onward = legs.Cost(_pickupPlace, gap.NextPlace);
        long toPickup = (long)into - gap.LegCost, withPickup = toPickup + onward, straight = toPickup + _direct + legs.Cost(_deliveryPlace, gap.NextPlace);
        int at = gap.Next;
        bool isSplit = at < _visits && withPickup + _least[at] < _price;
        if (straight >= _price && !isSplit) return;
        int departure = 0, nextArrival = 0;
        if (TLegs.HasTimes)
        {
            int arrival = gap.Departure + (TLegs.IsTimeCost ? into : legs.Time(gap.Place, _pickupPlace));
            if (arrival > _latestPickup) return;
            departure = Math.Max(arrival + _service[_pickup], _earliestPickup);
            if (departure + _directTime > _latestDelivery) return;
        }

        if (straight < _price && Fits(departure + _directTime, gap)) (_price, _afterPickup, _afterDelivery) = (straight, after, _pickup);
        if (!isSplit) return;
        if (TLegs.HasTimes)
        {
            nextArrival = departure + (TLegs.IsTimeCost ? onward : legs.Time(_pickupPlace, gap.NextPlace));
            if (nextArrival > gap.NextLatest) return;
        }

        while (at < _visits && withPickup + _least[at] < _price)
        {
            ref readonly var here = ref _gaps[at];
            if (_loads[at] + _demand > capacity) return;
            int near = legs.CostInto(_deliveryPlace, here.Place), arrival = 0;
            if (TLegs.HasTimes)
            {
                departure = Math.Max(nextArrival, _earliest[at]) + _service[at];
                nextArrival = departure + (TLegs.IsTimeCost ? here.LegCost : legs.Time(here.Place, here.NextPlace));
                arrival = departure + (TLegs.IsTimeCost ? near : legs.Time(here.Place, _deliveryPlace));
                if (arrival > _latestDelivery) return;
            }

            long price = withPickup + near + legs.Cost(_deliveryPlace, here.NextPlace) - here.LegCost;
            if (price < _price && Fits(arrival, here)) (_price, _afterPickup, _afterDelivery) = (price, after, at);
            if (TLegs.HasTimes && nextArrival > here.NextLatest) return;
            at = here.Next;
        }
    }

    /// <summary>The delivery, reached at a time, is in time and leaves the rest behind <paramref name="gap"/> in time.</summary>
    private bool Fits(int arrival, in Gap gap)
    {
        if (!TLegs.HasTimes) return true;
        return arrival <= _latestDelivery
            && Math.Max(arrival + _service[_delivery], _earliestLeave) + legs.Time(_deliveryPlace, gap.NextPlace) <= gap.NextLatest;
    }
}
