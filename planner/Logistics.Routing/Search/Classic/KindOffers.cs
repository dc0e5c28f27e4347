namespace Logistics.Routing.Search.Classic;

/// <summary>On what terms a route takes a visit: by the vehicle it has, or handed over as a whole to one that can.</summary>
internal struct VehicleOffer
{
    /// <summary>What a leg costs, as a multiple.</summary>
    public long Rate;

    /// <summary>What the route as it is costs more with the other vehicle.</summary>
    public long Extra;

    /// <summary>The other vehicle, or −1.</summary>
    public int Taker;

    public readonly long PriceOf(long driven) => (Rate * driven) + Extra;
}

/// <summary>Finds for each route the vehicle with which it could take a visit.</summary>
/// <remarks>
/// With a mixed fleet the price of a visit includes the larger vehicle it calls for; priced without it, routes would stay as small as the vehicle they began with. Only between kin
/// (same depots and hours), where times stay as they are. What is found is kept for the visit: a route is met at many positions.
/// </remarks>
internal sealed class KindOffers<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes)
    where TLegs : struct, IClassicLegs
{
    private readonly VehicleOffer[] _offers = new VehicleOffer[problem.KindOf.Length];
    private readonly int[] _stampOf = new int[problem.KindOf.Length];
    private int _stamp;
    private int _visit;

    /// <summary>Begins to ask for another visit.</summary>
    public void Begin(int visit)
    {
        _visit = visit;
        _stamp++;
    }

    /// <summary>False when no vehicle could take the visit on this route.</summary>
    public bool TryFind(int route, int demand, out VehicleOffer offer)
    {
        if (routes.Sums[route].Room >= demand && problem.MayServe(_visit, route))
        {
            offer = new VehicleOffer { Rate = problem.Pricing.Rate[route], Taker = -1 };
            return true;
        }

        offer = default;
        if (!problem.HasKin) return false;
        if (_stampOf[route] != _stamp)
        {
            _stampOf[route] = _stamp;
            _offers[route] = FindTaker(route, demand);
        }

        offer = _offers[route];
        return offer.Taker >= 0;
    }

    /// <summary>Draws among an idle vehicle and its idle kin that could take the visit too.</summary>
    /// <returns>Start of the vehicle drawn.</returns>
    public int DrawKin(int start, int demand, Rng rng)
    {
        var kin = problem.Source.Kin.Of(problem.KindOf[routes.Gaps[start].Route]);
        int drawn = rng.Below(kin.Length + 1);
        if (drawn == kin.Length) return start;
        var idle = routes.Idle.Of(kin[drawn]);
        return idle.Length == 0 || problem.Capacity[idle[^1]] < demand || !problem.MayServe(_visit, idle[^1]) ? start : problem.Source.Vehicles[idle[^1]].Start;
    }

    private VehicleOffer FindTaker(int route, int demand)
    {
        var best = new VehicleOffer { Taker = -1, Extra = long.MaxValue };
        ref readonly var sum = ref routes.Sums[route];
        int load = problem.Capacity[route] - sum.Room + demand;
        long cost = problem.FixedCost[route] + (problem.Pricing.Rate[route] * sum.Length);
        foreach (int kind in problem.Source.Kin.Of(problem.KindOf[route]))
        {
            var idle = routes.Idle.Of(kind);
            if (idle.Length == 0 || problem.Capacity[idle[^1]] < load) continue;
            long rate = problem.Pricing.Rate[idle[^1]], extra = problem.FixedCost[idle[^1]] + (rate * sum.Length) - cost;
            if (extra < best.Extra && MayServeAll(idle[^1], route)) best = new VehicleOffer { Rate = rate, Extra = extra, Taker = idle[^1] };
        }

        return best;
    }

    private bool MayServeAll(int vehicle, int route)
    {
        if (problem.Serves is null) return true;
        if (!problem.MayServe(_visit, vehicle)) return false;
        for (int n = routes.Gaps[problem.Source.Vehicles[route].Start].Next; n < problem.VisitCount; n = routes.Gaps[n].Next)
            if (!problem.MayServe(n, vehicle)) return false;
        return true;
    }
}
