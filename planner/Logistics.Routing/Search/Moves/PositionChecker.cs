using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Judges one visit more between a node and its next in constant time: load, windows, duration and counts.</summary>
internal sealed class PositionChecker(CompiledProblem problem, Solution solution, TripChecker trips)
{
    private readonly NodeData[] _data = problem.Nodes;
    private readonly int _width = problem.Dimensions;

    /// <summary>True when the trip has room for a visit behind a node, in every dimension.</summary>
    public bool FitsLoad(int visit, int after, in NodeState before, int vehicle)
    {
        if (_width == 0) return true;
        long capacity = problem.Capacity[vehicle * _width], delivery = problem.Delivery[visit * _width], pickup = problem.Pickup[visit * _width];
        if ((delivery > 0 && before.HighestBefore + delivery > capacity) || (pickup > 0 && before.HighestAfter + pickup > capacity)) return false;
        var loads = solution.Loads;
        for (int k = 1; k < _width; k++)
        {
            int cell = (after * (_width - 1)) + k - 1;
            (delivery, pickup) = (problem.Delivery[(visit * _width) + k], problem.Pickup[(visit * _width) + k]);
            capacity = problem.Capacity[(vehicle * _width) + k];
            if ((delivery > 0 && loads.HighestBefore[cell] + delivery > capacity) || (pickup > 0 && loads.HighestAfter[cell] + pickup > capacity)) return false;
        }

        return true;
    }

    /// <summary>Checks windows in constant time; on success gives the route's new duration where it is priced.</summary>
    public bool FitsTime(int visit, int after, in NodeState before, int next, in NodeState behind, in VehicleData v, int driven, out int duration)
    {
        duration = 0;
        ref readonly var node = ref _data[visit];
        ref readonly var nextNode = ref _data[next];
        int place = node.Place;
        bool isSamePlace = before.Place == place;
        bool isStay = isSamePlace && (_data[after].Kind == NodeKind.Visit || (v.StartsInStay && after == v.Start));
        int departure = Timing.Depart(problem.Windows, node, before.Departure + driven, isSamePlace, isStay);
        if (departure == Timing.Never) return false;

        int onward = v.Legs.Duration(place, behind.Place);
        bool isNextSame = place == behind.Place, isNextStay = isNextSame && nextNode.IsOnArrival;
        int nextDeparture;
        if (nextNode.Kind == NodeKind.Reload)
        {
            int start = Math.Max(departure + onward, Math.Max(nextNode.Earliest, solution.TripRelease[next]));
            if (start > nextNode.Latest) return false;
            nextDeparture = start + nextNode.Handling;
        }
        else
        {
            nextDeparture = Timing.Depart(problem.Windows, nextNode, departure + onward, isNextSame, isNextStay);
        }

        if (nextDeparture > behind.LatestDeparture) return false;
        if (!v.IsDurationPriced || v.NeedsWalk) return true;

        int service = (isSamePlace ? 0 : node.Setup) + node.Handling;
        int sum = before.Duration + driven;
        bool isFree = isStay && node.IsOnArrival;
        int wait = Math.Max(0, (isFree ? 0 : node.Earliest) - sum - before.LatestStart);
        int latestStart = Math.Min(before.LatestStart, (isFree ? CompiledProblem.Horizon : node.Latest) - sum);
        sum += wait + service + onward;
        int nextEarliest = isNextStay ? 0 : nextNode.Kind == NodeKind.Reload ? Math.Max(nextNode.Earliest, solution.TripRelease[next]) : nextNode.Earliest;
        wait = Math.Max(0, nextEarliest - sum - latestStart);
        latestStart = Math.Min(latestStart, (isNextStay ? CompiledProblem.Horizon : nextNode.Latest) - sum);
        sum += wait + (isNextSame ? 0 : nextNode.Setup) + nextNode.Handling;
        duration = sum + behind.RestDuration + Math.Max(0, behind.RestEarliest - sum - latestStart);
        return duration <= v.MaxDuration;
    }

    /// <summary>Tasks, stops, metres and driving with one visit more are within the vehicle's limits; what a walk measures is left to it.</summary>
    public bool FitsCounts(int visit, int after, in NodeState before, in NodeState behind, int vehicle, in VehicleData v)
    {
        ref readonly var route = ref solution.Routes[vehicle];
        if (route.Tasks >= v.MaxTasks) return false;
        if (v.MaxStops != int.MaxValue && route.Stops + trips.CountAddedStops(after, visit) > v.MaxStops) return false;
        if (v.NeedsWalk) return true;
        int place = problem.Nodes[visit].Place;
        long distance = (long)v.Legs.Distance(before.Place, place) + v.Legs.Distance(place, behind.Place) - v.Legs.Distance(before.Place, behind.Place);
        if (route.Distance + distance > v.MaxDistance) return false;
        int travel = v.Legs.Duration(before.Place, place) + v.Legs.Duration(place, behind.Place) - v.Legs.Duration(before.Place, behind.Place);
        return route.Travel + travel <= v.MaxTravel;
    }
}
