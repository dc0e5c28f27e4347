namespace Logistics.Routing.Search.Classic;

/// <summary>Finds a vehicle for a trip of its own for one visit: an idle one, or time between the trips of one in use.</summary>
/// <remarks>All positions in time on one vehicle cost the same, so the first that fits is taken; of vehicles that cost the same the first from one drawn at random on.</remarks>
internal sealed class TripOpener<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, TLegs legs, Rng rng)
    where TLegs : struct, IClassicLegs
{
    private readonly TripChains _chains = routes.Trips!;
    private readonly TripTimer<TLegs> _timer = routes.TripTimes!;
    private int _visit;

    /// <summary>Start of the trip, or −1 when none fits below the limit or there are as many as may be.</summary>
    public int Find(int visit, int maxUsed, ref long limit)
    {
        if (routes.Used.List.Length >= _chains.MaxTrips) return -1;
        _visit = visit;
        int taker = -1, behind = -1;
        if (routes.Idle.UsedCount < maxUsed)
        {
            for (int kind = 0; kind < problem.KindCount; kind++)
            {
                var idle = routes.Idle.Of(kind);
                if (idle.Length == 0 || !MayTake(idle[^1]) || PriceOn(idle[^1]) + problem.FixedCost[idle[^1]] is var price && price >= limit || !Fits(idle[^1], -1, -1)) continue;
                (limit, taker) = (price, idle[^1]);
            }
        }

        int vehicles = problem.Source.Vehicles.Length, turn = rng.Below(vehicles);
        for (int i = 0; i < vehicles; i++)
        {
            int vehicle = (turn + i) % vehicles, count = _chains.CountOf(vehicle);
            if (count == 0 || count > problem.Source.Vehicles[vehicle].MaxReloads || !MayTake(vehicle) || PriceOn(vehicle) is var price && price >= limit) continue;
            for (int before = -1, after = _chains.FirstOf(vehicle); ; (before, after) = (after, _chains.After(after)))
            {
                if (Fits(vehicle, before, after))
                {
                    (limit, taker, behind) = (price, vehicle, after);
                    break;
                }

                if (after < 0) break;
            }
        }

        return taker < 0 ? -1 : problem.StartOf[_chains.Plan(taker, behind)];
    }

    private bool MayTake(int vehicle) => problem.Demand[_visit] <= problem.Capacity[vehicle] && (!TLegs.HasKinds || problem.MayServe(_visit, vehicle));

    /// <summary>Out and home again.</summary>
    private long PriceOn(int vehicle)
    {
        int depot = problem.Place[problem.StartOf[vehicle]], place = problem.Place[_visit];
        return (TLegs.HasKinds ? problem.Rate[vehicle] : 1) * ((long)legs.Cost(depot, place) + legs.Cost(place, depot));
    }

    private bool Fits(int vehicle, int before, int after)
    {
        int loading = _timer.FindEarliestLoading(vehicle, before, problem.Release[_visit]), start = problem.StartOf[vehicle];
        if (loading > problem.Source.Vehicles[vehicle].LoadUntil) return false;
        int arrival = _timer.Reach(vehicle, problem.Place[start], _visit, loading + problem.Service[start]);
        if (arrival > problem.Latest[_visit]) return false;
        int leave = problem.FindStart(_visit, arrival) + problem.Service[_visit];
        return _timer.Reach(vehicle, problem.Place[_visit], problem.EndOf[vehicle], leave) <= _timer.FindLatestEnd(vehicle, after);
    }
}
