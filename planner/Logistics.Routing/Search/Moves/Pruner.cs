using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search.Moves;

/// <summary>After a repair, takes out what does not pay: single jobs whose detour costs more than leaving them out, and whole routes whose jobs together do not carry them.</summary>
/// <remarks>
/// The repair may pay more for a job than it is worth, because jobs that pay only together must come in one by one. This is the other half of that bargain
/// (profitable tours: Feillet, Dejax and Gendreau 2005). Only routes the iteration has touched are looked at.
/// </remarks>
internal sealed class Pruner(CompiledProblem problem, Solution solution)
{
    private readonly bool _mayDropRoutes = problem.Levels.Count == 0 && problem.Source.Balance is null && problem.Source.Disturbance?.MaxJobs is null;

    /// <summary>True when some job may be left out at a price, so that there is something to weigh.</summary>
    public bool IsUseful { get; } = problem.Jobs.HasPrices;

    public void Run()
    {
        if (!IsUseful) return;
        foreach (int route in solution.TouchedRoutes)
        {
            if (!solution.Routes[route].IsUsed || problem.Vehicles[route].IsUnderWay) continue;
            PruneJobs(route);
            if (_mayDropRoutes && IsWorthless(route)) solution.Empty(route);
        }
    }

    private void PruneJobs(int route)
    {
        ref readonly var v = ref problem.Vehicles[route];
        for (int n = solution.Nodes[v.Start].Next; n != v.End;)
        {
            int before = solution.Nodes[n].Previous, next = solution.Nodes[n].Next;
            bool isDropped = problem.Nodes[n].Kind == NodeKind.Visit && !problem.Nodes[n].IsDropOff && MayPayToDrop(n, v) && TryDrop(n, route);
            // The visit before has a new neighbour now and is looked at again.
            n = !isDropped ? next : before == v.Start ? solution.Nodes[v.Start].Next : before;
        }
    }

    /// <summary>The most that leaving a visit out can save, by legs and time, against its price.</summary>
    private bool MayPayToDrop(int n, in VehicleData v)
    {
        int alternative = problem.Nodes[n].Alternative, job = problem.Jobs.JobOf[alternative];
        if (problem.Jobs.UnservedCost[job] < 0) return false;
        long saved = Detour(n, v) + solution.Jobs.PriceOf(alternative, solution.Nodes[n].Route);
        int mate = problem.Nodes[n].Mate;
        if (mate >= 0) saved += Detour(mate, v);
        if (solution.Nodes[v.Start].Next == n && solution.Nodes[n].Next == v.End) saved += v.FixedCost;
        return saved > solution.Jobs.PriceOfAbsence(job);
    }

    private long Detour(int n, in VehicleData v)
    {
        ref readonly var at = ref solution.Nodes[n];
        int before = solution.Nodes[at.Previous].Place, after = solution.Nodes[at.Next].Place;
        long legs = solution.Nodes[at.Previous].LegCost + at.LegCost - LegPrice.Of(v, before, after);
        if (v.CostPerSecond == 0 && v.CostPerOvertimeSecond == 0) return legs;
        long seconds = (long)v.Legs.Duration(before, at.Place) + v.Legs.Duration(at.Place, after) - v.Legs.Duration(before, after) + problem.Nodes[n].Setup + problem.Nodes[n].Handling;
        return legs + (Math.Max(0, seconds) * (v.CostPerSecond + v.CostPerOvertimeSecond));
    }

    private bool TryDrop(int n, int route)
    {
        int alternative = problem.Nodes[n].Alternative, job = problem.Jobs.JobOf[alternative];
        int mate = problem.Nodes[n].Mate, before = solution.Nodes[n].Previous, beforeMate = mate < 0 ? Candidate.None : solution.Nodes[mate].Previous;
        int begin = solution.Routes[route].Begin, reloads = solution.Routes[route].Reloads;
        long old = solution.Cost;
        // The last visit of a trip takes its reload along; that is for the ruin to do.
        if (reloads > 0 && problem.Nodes[before].Kind != NodeKind.Visit && problem.Nodes[solution.Nodes[n].Next].Kind != NodeKind.Visit) return false;
        solution.Unlink(job);
        if (solution.Refresh(route) && solution.Cost < old) return true;
        solution.Link(alternative, before, beforeMate);
        solution.Routes[route].Begin = begin;
        solution.Refresh(route);
        return false;
    }

    private bool IsWorthless(int route)
    {
        ref readonly var v = ref problem.Vehicles[route];
        long worth = 0, cost = solution.Routes[route].Cost;
        for (int n = solution.Nodes[v.Start].Next; n != v.End; n = solution.Nodes[n].Next)
        {
            if (problem.Nodes[n].Kind != NodeKind.Visit || problem.Nodes[n].IsDropOff) continue;
            int job = problem.Jobs.JobOf[problem.Nodes[n].Alternative];
            worth += solution.Jobs.PriceOfAbsence(job) - solution.Jobs.PriceOf(problem.Nodes[n].Alternative, route);
            if (worth >= cost) return false;
        }

        return true;
    }
}
