using System.Diagnostics;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Recomputes a route's caches: a forward and a backward pass over its nodes.</summary>
/// <remarks>
/// Segments follow Vidal, Crainic, Gendreau and Prins (2013): least duration, earliest and latest start; here without time warp, because routes stay feasible.
/// Duration and bounds of a joined segment: wait = max(0, E₂ − D₁ − leg − L₁), D = D₁ + leg + wait + D₂.
/// </remarks>
internal sealed class RouteRefresher(CompiledProblem problem, Solution solution)
{
    /// <summary>Recomputes caches, measures and cost; false when the route breaks a rule.</summary>
    /// <param name="walked">What a walk has just found for the route as it is.</param>
    public bool Refresh(int route, in WalkedRoute walked)
    {
        bool isFeasible = RefreshCaches(route);
        ref readonly var v = ref problem.Vehicles[route];
        ref var state = ref solution.Routes[route];
        if (!state.IsUsed)
        {
            if (problem.Resources.HasSlots)
            {
                solution.Slots.Lift(route);
                solution.Slots.Empty(route);
                solution.Timed[route].Forget();
            }

            state.Cost = 0;
            state.Begin = 0;
            state.Duration = 0;
            return true;
        }

        if (v.HasOnBoard && !HoldsOnBoard(v, route)) isFeasible = false;
        if (v.NeedsWalk) return (TryTake(walked, route, ref state) || RefreshByWalk(route, walked.Begin, ref state)) && isFeasible;
        ref readonly var start = ref solution.Nodes[v.Start];
        if (v.IsDurationPriced) state.Duration = JoinDuration(start, start.RestDuration, start.RestEarliest);
        state.Cost = v.FixedCost + (state.Distance * v.CostPerMetre) + ((long)state.Travel * v.CostPerTravelSecond) + PriceDuration(v, state.Duration) + v.LatenessBefore;
        return isFeasible && state.Duration <= v.MaxDuration && state.Distance <= v.MaxDistance && state.Travel <= v.MaxTravel && state.Stops <= v.MaxStops && state.Tasks <= v.MaxTasks;
    }

    public static long PriceDuration(in VehicleData v, int duration)
    {
        long cost = duration * v.CostPerSecond;
        return duration > v.RegularSeconds ? cost + ((duration - v.RegularSeconds) * v.CostPerOvertimeSecond) : cost;
    }

    /// <summary>Duration of a prefix joined with a rest that follows its departure.</summary>
    public static int JoinDuration(in NodeState prefix, int restDuration, int restEarliest) =>
        prefix.Duration + restDuration + Math.Max(0, restEarliest - prefix.Duration - prefix.LatestStart);

    public bool RefreshCaches(int route)
    {
        Gather(route);
        bool isInTime = PassForward(route);
        isInTime &= PassBackward(route);
        if (problem.Vehicles[route].NeedsWalk) solution.Bounds.Refresh(route);
        return isInTime;
    }

    /// <summary>Takes over what a walk measured, where no slots of other routes depend on its times.</summary>
    private bool TryTake(in WalkedRoute walked, int route, ref RouteState state)
    {
        if (!walked.IsMeasured || problem.Resources.HasSlots) return false;
        Debug.Assert(RefreshByWalk(route, walked.Begin, ref state) && (state.Cost, state.Begin, state.Duration, state.Distance) == (walked.Cost, walked.Begin, walked.Duration, walked.Distance), "a route does not cost what the walk that priced it said");
        (state.Cost, state.Begin, state.Duration, state.Distance, state.Travel) = (walked.Cost, walked.Begin, walked.Duration, walked.Distance, walked.Travel);
        return true;
    }

    private bool RefreshByWalk(int route, int begin, ref RouteState state)
    {
        var walk = solution.Walk;
        if (problem.Resources.HasSlots) solution.Slots.Lift(route);
        solution.ListTo(walk, route);
        int end = solution.Bounds.FindEnd(route);
        long cost = begin >= 0 ? walk.TimeFrom(begin, end) : walk.Time(hint: state.Begin, end: end);
        if (problem.Resources.HasSlots)
        {
            if (cost == Walk.Infeasible) walk.Uses.Clear();
            solution.Slots.Replace(route, walk.Uses);
            if (cost == Walk.Infeasible) solution.Timed[route].Forget();
            else solution.Timed[route].Take(walk);
        }

        if (cost == Walk.Infeasible) return false;
        state.Cost = cost;
        state.Begin = walk.Begin;
        state.Duration = walk.Duration;
        state.Distance = walk.Distance;
        state.Travel = (int)walk.Travel;
        return true;
    }

    /// <summary>Loads fit on the trip that began with goods on board.</summary>
    /// <remarks>Without a delivery that was on board, what comes after it may no longer have room; nor may what a second trip would have loaded, once the first has nothing left to do. What left is history.</remarks>
    private bool HoldsOnBoard(in VehicleData v, int route)
    {
        if (!v.IsUnderWay && !Holds(v.Start, route)) return false;
        for (int n = solution.Nodes[v.Start].Next; problem.Nodes[n].Kind == NodeKind.Visit; n = solution.Nodes[n].Next)
            if (!Holds(n, route)) return false;
        return true;
    }

    private bool Holds(int node, int route)
    {
        int width = problem.Dimensions;
        if (solution.Nodes[node].Load > problem.Capacity[route * width]) return false;
        for (int k = 1; k < width; k++)
            if (solution.Loads.Load[(node * (width - 1)) + k - 1] > problem.Capacity[(route * width) + k]) return false;
        return true;
    }

    /// <summary>Sums what each trip loads, its latest release and its goods.</summary>
    private void Gather(int route)
    {
        var nodes = solution.Nodes;
        int width = problem.Dimensions, head = problem.Vehicles[route].Start;
        bool hasReleases = problem.Jobs.HasReleases, hasConflicts = problem.Fit.HasConflicts;
        OpenTrip(head, route);
        for (int n = nodes[head].Next; n >= 0; n = nodes[n].Next)
        {
            ref readonly var node = ref problem.Nodes[n];
            if (node.Kind == NodeKind.Reload)
            {
                head = n;
                OpenTrip(head, -1);
            }

            nodes[n].Head = head;
            if (node.Kind != NodeKind.Visit) continue;
            if (width > 0) nodes[head].Load += problem.Delivery[n * width];
            for (int k = 1; k < width; k++) solution.Loads.Load[(head * (width - 1)) + k - 1] += problem.Delivery[(n * width) + k];
            if (hasReleases && node.Mate < 0) solution.TripRelease[head] = Math.Max(solution.TripRelease[head], problem.Jobs.Release[node.Alternative]);
            if (hasConflicts) solution.TripGoods[head] |= problem.Fit.Goods[node.Alternative];
        }
    }

    private void OpenTrip(int head, int vehicle)
    {
        int width = problem.Dimensions;
        if (width > 0) solution.Nodes[head].Load = vehicle >= 0 ? problem.LoadBefore[vehicle * width] : 0;
        for (int k = 1; k < width; k++) solution.Loads.Load[(head * (width - 1)) + k - 1] = vehicle >= 0 ? problem.LoadBefore[(vehicle * width) + k] : 0;
        solution.TripRelease[head] = 0;
        solution.TripGoods[head] = vehicle >= 0 ? problem.Fit.GoodsBefore[vehicle] : 0;
    }

    private bool PassForward(int route)
    {
        ref readonly var v = ref problem.Vehicles[route];
        var nodes = solution.Nodes;
        ref var state = ref solution.Routes[route];
        state.IsUsed = nodes[v.Start].Next != v.End || v.IsUnderWay;
        (state.Distance, state.Travel, state.Tasks, state.Stops, state.Reloads) = (v.DistanceBefore, 0, v.TasksBefore, v.StopsBefore, 0);
        bool isFeasible = LeaveStart(v);
        for (int p = v.Start; p != v.End; p = nodes[p].Next)
        {
            int n = nodes[p].Next;
            ref var before = ref nodes[p];
            ref var at = ref nodes[n];
            ref readonly var node = ref problem.Nodes[n];
            int distance = v.Legs.Distance(before.Place, at.Place), seconds = v.Legs.Duration(before.Place, at.Place);
            if (v.Legs.HasBlocked && (distance == Legs.Blocked || seconds == Legs.Blocked)) isFeasible = false;
            state.Distance += distance;
            state.Travel += seconds;
            before.LegCost = state.IsUsed ? (distance * v.CostPerMetre) + (seconds * v.CostPerTravelSecond) : 0;
            at.Position = before.Position + 1;
            bool isSamePlace = before.Place == at.Place;
            bool isStay = isSamePlace && IsVisitOrStay(p, v);
            switch (node.Kind)
            {
                case NodeKind.Visit:
                    state.Tasks++;
                    if (!isStay) state.Stops++;
                    Carry(ref before, ref at, n, p);
                    break;
                case NodeKind.Reload:
                    state.Reloads++;
                    at.HighestBefore = at.Load;
                    StartTripLoads(n);
                    break;
                default:
                    break;
            }

            if (problem.HasTimeLimits) isFeasible &= Arrive(v, before, ref at, n, node, seconds, isSamePlace, isStay);
        }

        return isFeasible;
    }

    private bool IsVisitOrStay(int p, in VehicleData v) => problem.Nodes[p].Kind == NodeKind.Visit || (p == v.Start && v.StartsInStay);

    private bool LeaveStart(in VehicleData v)
    {
        ref var start = ref solution.Nodes[v.Start];
        start.HighestBefore = start.Load;
        StartTripLoads(v.Start);
        int loading = v.IsUnderWay ? v.EarliestStart : Math.Max(Math.Max(v.EarliestStart, v.LoadFrom), solution.TripRelease[v.Start]);
        int begin = Math.Min(loading, v.LatestStart);
        start.Departure = loading + problem.Nodes[v.Start].Handling;
        start.Duration = start.Departure - begin;
        start.LatestStart = Math.Max(begin, Math.Min(v.LatestStart, v.LoadUntil));
        return loading <= v.LoadUntil;
    }

    private void StartTripLoads(int head)
    {
        for (int k = 0; k < solution.Loads.Width; k++) solution.Loads.HighestBefore[(head * solution.Loads.Width) + k] = solution.Loads.Load[(head * solution.Loads.Width) + k];
    }

    private void Carry(ref NodeState before, ref NodeState at, int n, int p)
    {
        int width = problem.Dimensions;
        if (width == 0) return;
        at.Load = before.Load - problem.Delivery[n * width] + problem.Pickup[n * width];
        at.HighestBefore = Math.Max(before.HighestBefore, at.Load);
        var loads = solution.Loads;
        for (int k = 0; k < width - 1; k++)
        {
            int cell = (n * (width - 1)) + k, previous = (p * (width - 1)) + k;
            loads.Load[cell] = loads.Load[previous] - problem.Delivery[(n * width) + k + 1] + problem.Pickup[(n * width) + k + 1];
            loads.HighestBefore[cell] = Math.Max(loads.HighestBefore[previous], loads.Load[cell]);
        }
    }

    private bool Arrive(in VehicleData v, in NodeState before, ref NodeState at, int n, in NodeData node, int seconds, bool isSamePlace, bool isStay)
    {
        int arrival = before.Departure + seconds;
        bool isFree = isStay && node.IsOnArrival;
        int earliest = isFree ? 0 : node.Kind == NodeKind.Reload ? Math.Max(node.Earliest, solution.TripRelease[n]) : node.Earliest;
        int latest = isFree ? CompiledProblem.Horizon : node.Latest;
        int start = node.WindowCount == 0 || isFree ? Math.Max(arrival, earliest) : Timing.FirstStart(problem.Windows, node, arrival);
        int service = (isSamePlace ? 0 : node.Setup) + node.Handling;
        if (start > latest || start + (long)service > CompiledProblem.Horizon)
        {
            at.Departure = Math.Min(Math.Min(start, CompiledProblem.Horizon) + Math.Min(service, Legs.Blocked), CompiledProblem.Horizon);
            return false;
        }

        at.Departure = start + service;
        if (!v.IsDurationPriced) return true;
        int driven = before.Duration + seconds;
        at.Duration = driven + Math.Max(0, earliest - driven - before.LatestStart) + service;
        at.LatestStart = Math.Min(before.LatestStart, latest - driven);
        return true;
    }

    private bool PassBackward(int route)
    {
        ref readonly var v = ref problem.Vehicles[route];
        var nodes = solution.Nodes;
        bool isFeasible = true;
        ref var end = ref nodes[v.End];
        end.LatestDeparture = CompiledProblem.Horizon;
        end.RestDuration = end.RestEarliest = 0;
        for (int n = v.End; n != v.Start; n = nodes[n].Previous)
        {
            ref var at = ref nodes[n];
            ref var before = ref nodes[at.Previous];
            ref readonly var node = ref problem.Nodes[n];
            if (problem.Dimensions > 0) CarryBack(ref before, at, at.Previous, n, isTripEnd: node.Kind != NodeKind.Visit);
            if (!problem.HasTimeLimits) continue;
            bool isSamePlace = before.Place == at.Place;
            bool isFree = isSamePlace && node.IsOnArrival && IsVisitOrStay(at.Previous, v);
            int service = (isSamePlace ? 0 : node.Setup) + node.Handling;
            int seconds = v.Legs.Duration(before.Place, at.Place);
            int earliest = isFree ? 0 : node.Kind == NodeKind.Reload ? Math.Max(node.Earliest, solution.TripRelease[n]) : node.Earliest;
            int latest = isFree ? CompiledProblem.Horizon : node.Latest;
            int lastStart = Math.Min(at.LatestDeparture - service, latest);
            if (node.WindowCount > 0 && !isFree) lastStart = Timing.LastStart(problem.Windows, node, lastStart);
            if (lastStart < earliest) isFeasible = false;
            before.LatestDeparture = lastStart - seconds;
            if (!v.IsDurationPriced) continue;
            int wait = Math.Max(0, at.RestEarliest - service - latest);
            before.RestDuration = seconds + service + wait + at.RestDuration;
            before.RestEarliest = Math.Max(at.RestEarliest - service, earliest) - wait - seconds;
        }

        return isFeasible && (!problem.HasTimeLimits || nodes[v.Start].Departure <= nodes[v.Start].LatestDeparture);
    }

    private void CarryBack(ref NodeState before, in NodeState at, int p, int n, bool isTripEnd)
    {
        before.HighestAfter = isTripEnd ? before.Load : Math.Max(before.Load, at.HighestAfter);
        var loads = solution.Loads;
        for (int k = 0; k < loads.Width; k++)
        {
            int cell = (p * loads.Width) + k;
            loads.HighestAfter[cell] = isTripEnd ? loads.Load[cell] : Math.Max(loads.Load[cell], loads.HighestAfter[(n * loads.Width) + k]);
        }
    }
}
