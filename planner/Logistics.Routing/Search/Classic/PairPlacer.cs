namespace Logistics.Routing.Search.Classic;

/// <summary>Finds where a pickup and its delivery cost least together, at every position of both in every route.</summary>
/// <remarks>
/// What a pair costs in a route is kept until the route changes (<see cref="PairPrices"/>), so blinks overlook whole routes. Where that would take too much memory only routes of promising
/// neighbours are looked at.
/// </remarks>
internal sealed class PairPlacer<TLegs>(ClassicProblem problem, ClassicNeighbours neighbours, ClassicRoutes<TLegs> routes, TLegs legs, double blinkRate, Rng rng)
    where TLegs : struct, IClassicLegs
{
    private readonly Gap[] _gaps = routes.Gaps;
    private readonly PairSweep<TLegs> _sweep = new(problem, routes, legs);
    private readonly PairPrices? _prices = PairPrices.IsWorthwhile(problem) ? new PairPrices(problem.Prize.Length, problem.Capacity.Length) : null;
    private readonly int[] _stamp = new int[problem.Capacity.Length];
    private int _round;
    private Blinker _blinker = new(blinkRate, rng);
    private PairPrice _best;

    /// <summary>Node the pickup goes behind.</summary>
    public int AfterPickup => _best.AfterPickup;

    /// <summary>Node the delivery goes behind; the pickup itself when they are neighbours.</summary>
    public int AfterDelivery => _best.AfterDelivery;

    /// <summary>False when the pair fits nowhere.</summary>
    public bool Find(int pickup, int delivery, int maxUsed)
    {
        bool isPossible = FindIdle(pickup, delivery, maxUsed);
        if (_prices is null) OfferNearRoutes(pickup);
        else OfferEveryRoute(_prices.Of(problem.JobOf[pickup]));
        return isPossible || AfterPickup >= 0;
    }

    /// <summary>As <see cref="Find"/>, on idle vehicles only.</summary>
    public bool FindIdle(int pickup, int delivery, int maxUsed)
    {
        _sweep.Begin(pickup, delivery);
        _best = new PairPrice { Price = long.MaxValue, AfterPickup = -1 };
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
            long opening = vehicle.FixedCost + _gaps[vehicle.Start].LegCost;
            var price = _sweep.Run(members[^1], _best.Price - opening);
            price.Price += opening;
            if (price.AfterPickup >= 0) _best = price;
        }
    }

    private void OfferEveryRoute(Span<PairPrice> prices)
    {
        var used = routes.Used.List;
        long[] versions = routes.Versions;
        // What is known first: it limits what the others may cost.
        foreach (int route in used)
        {
            ref readonly var known = ref prices[route];
            if (known.Price < _best.Price && known.AfterPickup >= 0 && known.Version == versions[route] && !_blinker.Blinks()) _best = known;
        }

        foreach (int route in used)
        {
            ref var known = ref prices[route];
            if (known.Version == versions[route] && (known.AfterPickup >= 0 || known.Price >= _best.Price)) continue;
            known = _sweep.Run(route, _best.Price);
            if (known.AfterPickup >= 0 && !_blinker.Blinks()) _best = known;
        }
    }

    private void OfferNearRoutes(int pickup)
    {
        _round++;
        for (int i = 0; i < neighbours.Promising.Count; i++)
        {
            var neighbour = neighbours.Promising[pickup, i];
            if (neighbour.Node < 0) break;
            int route = _gaps[neighbour.Node].Route;
            if (route < 0 || _stamp[route] == _round) continue;
            _stamp[route] = _round;
            var price = _sweep.Run(route, _best.Price);
            if (price.AfterPickup >= 0 && !_blinker.Blinks()) _best = price;
        }
    }
}
