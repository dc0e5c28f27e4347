namespace Logistics.Routing.Search.Classic;

/// <summary>Finds a vehicle for a trip of its own for one visit: an idle one, or time between the trips of one in use.</summary>
/// <remarks>Vehicles are alike and trips begin and end at one depot, so all positions in time cost the same; the first that fits is taken, from a vehicle drawn at random on.</remarks>
internal sealed class TripOpener<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, TLegs legs, Rng rng)
    where TLegs : struct, IClassicLegs
{
    private readonly TripChains _chains = routes.Trips!;
    private readonly TripTimer<TLegs> _timer = routes.TripTimes!;
    private int _visit;

    /// <summary>Start of the trip, or −1 when none fits below the limit.</summary>
    public int Find(int visit, int maxUsed, ref long limit)
    {
        _visit = visit;
        int start = -1, depot = problem.Place[problem.StartOf[0]], place = problem.Place[visit];
        long price = (long)legs.Cost(depot, place) + legs.Cost(place, depot);
        if (problem.Demand[visit] > problem.Capacity[0] || price >= limit) return -1;
        var idle = routes.Idle.Of(0);
        if (idle.Length > 0 && routes.Idle.UsedCount < maxUsed && price + problem.FixedCost[idle[^1]] < limit && Fits(idle[^1], -1, -1))
        {
            limit = price + problem.FixedCost[idle[^1]];
            start = Plan(idle[^1], -1);
        }

        if (price >= limit) return start;
        int vehicles = problem.Source.Vehicles.Length, turn = rng.Below(vehicles);
        for (int i = 0; i < vehicles; i++)
        {
            int vehicle = (turn + i) % vehicles, count = _chains.CountOf(vehicle);
            if (count == 0 || count > problem.Source.Vehicles[vehicle].MaxReloads) continue;
            for (int before = -1, after = _chains.FirstOf(vehicle); ; (before, after) = (after, _chains.After(after)))
            {
                if (Fits(vehicle, before, after))
                {
                    limit = price;
                    return Plan(vehicle, after);
                }

                if (after < 0) break;
            }
        }

        return start;
    }

    private int Plan(int vehicle, int after)
    {
        int route = _chains.FindFree(vehicle);
        _chains.PlannedBefore[route] = after;
        return problem.StartOf[route];
    }

    private bool Fits(int vehicle, int before, int after)
    {
        int loading = Math.Max(_timer.FindEarliestLoading(vehicle, before), problem.Release[_visit]), depot = problem.Place[problem.StartOf[vehicle]], place = problem.Place[_visit];
        if (loading > problem.Source.Vehicles[vehicle].LoadUntil) return false;
        int arrival = loading + problem.Service[problem.StartOf[vehicle]] + legs.Time(depot, place);
        if (arrival > problem.Latest[_visit]) return false;
        return Math.Max(arrival, problem.Earliest[_visit]) + problem.Service[_visit] + legs.Time(place, depot) <= _timer.FindLatestEnd(vehicle, after);
    }
}
