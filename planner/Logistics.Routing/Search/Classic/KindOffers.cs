using System.Runtime.CompilerServices;

namespace Logistics.Routing.Search.Classic;

/// <summary>On what terms a route takes a visit: by the vehicle it has, or handed over as a whole to one that can.</summary>
internal struct VehicleOffer
{
    /// <summary>Stands for a taker where no vehicle can.</summary>
    public const int Nobody = -2;

    /// <summary>What a leg costs, as a multiple.</summary>
    public long Rate;

    /// <summary>What the route as it is costs more with the other vehicle.</summary>
    public long Extra;

    /// <summary>The other vehicle; −1 for the one the route has, or <see cref="Nobody"/>.</summary>
    public int Taker;

    /// <summary>Visit for which this was found, by the order in which they were asked for.</summary>
    public int Stamp;
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
    private int _stamp;
    private int _visit;

    /// <summary>Begins to ask for another visit.</summary>
    public void Begin(int visit)
    {
        _visit = visit;
        _stamp++;
    }

    /// <summary>On what terms a route takes the visit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly VehicleOffer Of(int route, int demand)
    {
        ref var offer = ref _offers[route];
        if (offer.Stamp != _stamp)
        {
            // Field by field: copied as a whole, what has just been written would be waited for.
            if (routes.Sums[route].Room >= demand && problem.MayServe(_visit, route)) (offer.Rate, offer.Extra, offer.Taker) = (problem.Rate[route], 0, -1);
            else if (problem.HasKin) FindTaker(ref offer, route, demand);
            else offer.Taker = VehicleOffer.Nobody;
            offer.Stamp = _stamp;
        }

        return ref offer;
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

    private void FindTaker(ref VehicleOffer best, int route, int demand)
    {
        (best.Extra, best.Taker) = (long.MaxValue, VehicleOffer.Nobody);
        ulong possible = problem.KindsOf(_visit) & FindMask(route);
        if (possible == 0) return;
        ref readonly var sum = ref routes.Sums[route];
        int load = problem.Capacity[route] - sum.Room + demand;
        long cost = CostOf(route, route);
        foreach (int kind in problem.Source.Kin.Of(problem.KindOf[route]))
        {
            if ((possible >> kind & 1) == 0) continue;
            var idle = routes.Idle.Of(kind);
            if (idle.Length == 0 || problem.Capacity[idle[^1]] < load) continue;
            long extra = CostOf(idle[^1], route) - cost;
            if (extra < best.Extra && MayServeAll(idle[^1], route)) (best.Rate, best.Extra, best.Taker) = (problem.Rate[idle[^1]], extra, idle[^1]);
        }
    }

    private long CostOf(int vehicle, int route) => problem.FixedCost[vehicle] + (problem.Rate[vehicle] * routes.Sums[route].Length);

    private ulong FindMask(int route)
    {
        ref ulong kinds = ref routes.Sums[route].Kinds;
        if (kinds != RouteSum.Unknown || problem.Serves is null) return kinds;
        for (int n = routes.Gaps[problem.Source.Vehicles[route].Start].Next; n < problem.VisitCount; n = routes.Gaps[n].Next) kinds &= problem.KindsOf(n);
        return kinds;
    }

    /// <summary>True when a vehicle may serve a route's visits; asked only where the masks say yes, which of up to 64 kinds is all there is to know.</summary>
    private bool MayServeAll(int vehicle, int route)
    {
        if (problem.Serves is null || problem.KindCount <= 64) return true;
        if (!problem.MayServe(_visit, vehicle)) return false;
        for (int n = routes.Gaps[problem.Source.Vehicles[route].Start].Next; n < problem.VisitCount; n = routes.Gaps[n].Next)
            if (!problem.MayServe(n, vehicle)) return false;
        return true;
    }
}
