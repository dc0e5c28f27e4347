using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>Judges insertions by what the trip as a whole may carry, and prices changed routes by walking them.</summary>
internal sealed class TripChecker(CompiledProblem problem, Solution solution)
{
    private readonly long[] _load = new long[problem.Dimensions];

    /// <summary>Goods conflicts, goods on board and loading order of one insertion into the trip that <paramref name="after"/> belongs to.</summary>
    public bool AdmitsSimply(int alternative, int visit, int after)
    {
        ref readonly var before = ref solution.Nodes[after];
        // What is only put off was on board before.
        if (problem.Fit.HasConflicts && !problem.Nodes[visit].IsDropOff && (solution.TripGoods[before.Head] & problem.Fit.Conflicts[alternative]) != 0) return false;
        ref readonly var v = ref problem.Vehicles[before.Route];
        bool isFirstTrip = before.Head == v.Start;
        if (v.IsUnderWay && isFirstTrip && (problem.Nodes[visit].IsFromDepot || (after == v.Start && !HoldsAfterFirst(visit, before.Route)))) return false;
        if (!problem.Jobs.IsLoaded[alternative]) return true;
        return isFirstTrip && (!v.KeepsLoadedOrder || KeepsOrder(alternative, after));
    }

    /// <summary>What left with too much on board must put enough of it off at once.</summary>
    private bool HoldsAfterFirst(int visit, int vehicle)
    {
        for (int k = 0; k < problem.Dimensions; k++)
        {
            long load = problem.LoadBefore[(vehicle * problem.Dimensions) + k], capacity = problem.Capacity[(vehicle * problem.Dimensions) + k];
            if (load > capacity && load + problem.Pickup[(visit * problem.Dimensions) + k] > capacity) return false;
        }

        return true;
    }

    /// <summary>Stops the route gains when a visit goes behind <paramref name="after"/>.</summary>
    public int CountAddedStops(int after, int visit)
    {
        int next = solution.Nodes[after].Next;
        int added = IsNewStop(after, visit) ? 1 : 0;
        if (problem.Nodes[next].Kind != NodeKind.Visit) return added;
        return added + (problem.Nodes[visit].Place != problem.Nodes[next].Place ? 1 : 0) - (IsNewStop(after, next) ? 1 : 0);
    }

    /// <summary>Cost of the route with one visit (and perhaps a reload) put in, or <see cref="Walk.Infeasible"/>.</summary>
    public long Price(int visit, int after, int reload, bool isReloadFirst, int vehicle)
    {
        int end = -1;
        if (reload < 0 && problem.Jobs.Release[problem.Nodes[visit].Alternative] <= solution.TripRelease[solution.Nodes[after].Head])
        {
            end = solution.Bounds.FindEnd(vehicle, after, visit);
            if (end == Timing.Never) return Walk.Infeasible;
        }

        var walk = solution.Walk;
        walk.Open(vehicle);
        for (int n = problem.Vehicles[vehicle].Start; n >= 0; n = solution.Nodes[n].Next)
        {
            walk.Add(n);
            if (n != after) continue;
            if (reload >= 0 && isReloadFirst) walk.Add(reload);
            walk.Add(visit);
            if (reload >= 0 && !isReloadFirst) walk.Add(reload);
        }

        return reload >= 0 && !HoldsTrips(walk.Nodes, vehicle) ? Walk.Infeasible : TimeApart(walk, vehicle, end);
    }

    /// <summary>Cost of the route with a pair put in, or <see cref="Walk.Infeasible"/>.</summary>
    /// <param name="afterSecond">Node the second visit follows; the first visit itself when they are neighbours.</param>
    public long PricePair(int first, int second, int afterFirst, int afterSecond, int vehicle)
    {
        var walk = solution.Walk;
        walk.Open(vehicle);
        for (int n = problem.Vehicles[vehicle].Start; n >= 0; n = solution.Nodes[n].Next)
        {
            walk.Add(n);
            if (n == afterFirst) walk.Add(first);
            if ((n == afterFirst && afterSecond == first) || n == afterSecond) walk.Add(second);
        }

        return TimeApart(walk, vehicle);
    }

    private long TimeApart(Walk walk, int vehicle, int end = -1)
    {
        int hint = solution.Routes[vehicle].Begin;
        if (!problem.Resources.HasSlots) return walk.Price(hint, end);
        solution.Slots.Lift(vehicle);
        long cost = walk.Price(hint, end);
        solution.Slots.Lower(vehicle);
        return cost;
    }

    private bool IsNewStop(int before, int visit)
    {
        bool isAfterVisit = problem.Nodes[before].Kind == NodeKind.Visit
            || (problem.Nodes[before].Kind == NodeKind.Start && problem.Vehicles[solution.Nodes[before].Route].StartsInStay);
        return !isAfterVisit || problem.Nodes[before].Place != problem.Nodes[visit].Place;
    }

    private bool KeepsOrder(int alternative, int after)
    {
        int rank = problem.Jobs.LoadedRank[alternative];
        if (rank < 0) return true;
        for (int n = after; n >= 0; n = solution.Nodes[n].Previous)
            if (RankOf(n) > rank) return false;
        for (int n = solution.Nodes[after].Next; n >= 0; n = solution.Nodes[n].Next)
            if (RankOf(n) is var other && other >= 0 && other < rank) return false;
        return true;
    }

    private int RankOf(int node)
    {
        int a = problem.Nodes[node].Alternative;
        return a >= 0 && problem.Jobs.IsLoaded[a] ? problem.Jobs.LoadedRank[a] : -1;
    }

    /// <summary>Loads, goods and goods on board of a whole route, trip by trip, from nothing.</summary>
    public bool HoldsTrips(ReadOnlySpan<int> nodes, int vehicle)
    {
        ref readonly var v = ref problem.Vehicles[vehicle];
        for (int head = 0; head < nodes.Length - 1;)
        {
            int end = head + 1;
            while (problem.Nodes[nodes[end]].Kind == NodeKind.Visit) end++;
            bool isFirst = head == 0;
            if (!HoldsLoad(nodes[head..end], vehicle, isFirst)) return false;
            int rank = -1;
            ulong goods = isFirst ? problem.Fit.GoodsBefore[vehicle] : 0;
            for (int i = head + 1; i < end; i++)
            {
                int a = problem.Nodes[nodes[i]].Alternative;
                if (isFirst ? v.IsUnderWay && problem.Nodes[nodes[i]].IsFromDepot : problem.Jobs.IsLoaded[a]) return false;
                if (v.KeepsLoadedOrder && RankOf(nodes[i]) is var next && next >= 0)
                {
                    if (next < rank) return false;
                    rank = next;
                }

                if (problem.Nodes[nodes[i]].IsDropOff) continue;
                if ((goods & problem.Fit.Conflicts[a]) != 0) return false;
                goods |= problem.Fit.Goods[a];
            }

            head = end;
        }

        return true;
    }

    private bool HoldsLoad(ReadOnlySpan<int> trip, int vehicle, bool isFirst)
    {
        int width = problem.Dimensions;
        for (int k = 0; k < width; k++)
        {
            _load[k] = isFirst ? problem.LoadBefore[(vehicle * width) + k] : 0;
            foreach (int n in trip[1..]) _load[k] += problem.Delivery[(n * width) + k];
            long capacity = problem.Capacity[(vehicle * width) + k];
            // What left on board is history; only what it becomes is judged.
            if (_load[k] > capacity && !(isFirst && problem.Vehicles[vehicle].IsUnderWay)) return false;
            foreach (int n in trip[1..])
            {
                _load[k] += problem.Pickup[(n * width) + k] - problem.Delivery[(n * width) + k];
                if (_load[k] > capacity) return false;
            }
        }

        return true;
    }
}
