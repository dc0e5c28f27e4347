using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Prices the insertion of a pickup behind a node with its delivery behind every later node of the trip.</summary>
/// <remarks>One forward sweep carries the delayed departure and stops where windows or load forbid going on; O(1) a delivery position.</remarks>
internal sealed class PairInserter(CompiledProblem problem, Solution solution, TripChecker trips)
{
    private readonly NodeState[] _nodes = solution.Nodes;
    private readonly NodeData[] _data = problem.Nodes;
    private readonly int _width = problem.Dimensions;

    public void Offer(int alternative, int after, ref Candidate best)
    {
        int first = problem.Jobs.FirstNode[alternative], second = problem.Jobs.SecondNode[alternative];
        ref readonly var before = ref _nodes[after];
        int vehicle = before.Route;
        ref readonly var v = ref problem.Vehicles[vehicle];
        if (!problem.Fit.IsOpen && !problem.Fit.IsAllowed(alternative, vehicle, v.Class)) return;
        if (!solution.Jobs.AdmitsDisturbance(alternative, vehicle)) return;
        if (!trips.AdmitsSimply(alternative, first, after)) return;
        if (v.MaxTasks != int.MaxValue && solution.Routes[vehicle].Tasks + 2 > v.MaxTasks) return;

        int pickupPlace = _data[first].Place, deliveryPlace = _data[second].Place, next = before.Next;
        long jobPrice = solution.Jobs.PriceOf(alternative, vehicle) + (solution.Routes[vehicle].IsUsed ? 0 : v.FixedCost);
        long toPickup = LegPrice.Of(v, before.Place, pickupPlace) - before.LegCost + jobPrice;
        if (toPickup >= best.Price || !FitsLoad(first, after, vehicle)) return;
        bool checksTime = problem.HasTimeLimits;
        int departure = 0;
        if (checksTime)
        {
            departure = Depart(v, after, before.Place, before.Departure, first);
            if (departure == Timing.Never) return;
        }

        // Straight on from pickup to delivery.
        long price = toPickup + LegPrice.Of(v, pickupPlace, deliveryPlace) + LegPrice.Of(v, deliveryPlace, _nodes[next].Place);
        if (price < best.Price && (!checksTime || Fits(v, first, departure, second, next)))
            Take(alternative, first, second, after, first, vehicle, price, ref best);

        // Pickup here, delivery behind a later node.
        long withPickup = toPickup + LegPrice.Of(v, pickupPlace, _nodes[next].Place);
        int tail = first;
        for (int at = next; _data[at].Kind == NodeKind.Visit && withPickup < best.Price; at = _nodes[at].Next)
        {
            ref readonly var node = ref _nodes[at];
            if (!FitsLoad(first, at, vehicle)) return;
            if (checksTime)
            {
                departure = Depart(v, tail, _data[tail].Place, departure, at);
                if (departure > node.LatestDeparture) return;
                tail = at;
            }

            int behind = node.Next;
            price = withPickup + LegPrice.Of(v, node.Place, deliveryPlace) + LegPrice.Of(v, deliveryPlace, _nodes[behind].Place) - node.LegCost;
            if (price < best.Price && (!checksTime || Fits(v, at, departure, second, behind)))
                Take(alternative, first, second, after, at, vehicle, price, ref best);
        }
    }

    private void Take(int alternative, int first, int second, int after, int afterSecond, int vehicle, long price, ref Candidate best)
    {
        ref readonly var v = ref problem.Vehicles[vehicle];
        if (v.NeedsWalk || v.IsDurationPriced || v.HasCountLimits)
        {
            long cost = trips.PricePair(first, second, after, afterSecond, vehicle);
            if (cost == Walk.Infeasible) return;
            price = cost - solution.Routes[vehicle].Cost + solution.Jobs.PriceOf(alternative, vehicle);
            if (price >= best.Price) return;
        }

        best = new Candidate { Price = price, Alternative = alternative, AfterFirst = after, AfterSecond = afterSecond, Reload = Candidate.None, Walked = WalkedRoute.None };
    }

    /// <summary>Room for the pair's amount on the leg that leaves a node.</summary>
    private bool FitsLoad(int first, int at, int vehicle)
    {
        if (_width == 0) return true;
        if (_nodes[at].Load + problem.Pickup[first * _width] > problem.Capacity[vehicle * _width]) return false;
        for (int k = 1; k < _width; k++)
            if (solution.Loads.Load[(at * (_width - 1)) + k - 1] + problem.Pickup[(first * _width) + k] > problem.Capacity[(vehicle * _width) + k]) return false;
        return true;
    }

    private bool Fits(in VehicleData v, int from, int departure, int second, int behind)
    {
        int left = Depart(v, from, _data[from].Place, departure, second);
        if (left == Timing.Never) return false;
        return Depart(v, second, _data[second].Place, left, behind) <= _nodes[behind].LatestDeparture;
    }

    private int Depart(in VehicleData v, int from, int fromPlace, int departure, int to)
    {
        ref readonly var node = ref _data[to];
        int seconds = v.Legs.Duration(fromPlace, node.Place);
        if (v.Legs.HasBlocked && v.Legs.IsBlocked(fromPlace, node.Place)) return Timing.Never;
        int arrival = departure + seconds;
        if (node.Kind == NodeKind.Reload) arrival = Math.Max(arrival, solution.TripRelease[to]);
        bool isSamePlace = fromPlace == node.Place;
        bool isStay = isSamePlace && (_data[from].Kind == NodeKind.Visit || (from == v.Start && v.StartsInStay));
        return Timing.Depart(problem.Windows, node, arrival, isSamePlace, isStay);
    }
}
