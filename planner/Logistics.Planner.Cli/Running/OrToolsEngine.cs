using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planner.Cli.Running;

/// <summary>Who searches for a plan.</summary>
public enum SolveEngine
{
    /// <summary>Our own search.</summary>
    Own,

    /// <summary>OR-Tools' routing library, for comparison; in builds with <c>-p:GoogleOrTools=true</c>.</summary>
    OrTools,
}

/// <summary>Runs OR-Tools' routing library where this build contains it.</summary>
internal static class OrToolsEngine
{
    /// <exception cref="BadInputException">The build does not contain it, or the problem or budget uses what it cannot do.</exception>
    public static SearchResult Run(Problem problem, SolveBudget budget, Plan? warmStart, CancellationToken cancel)
    {
#if GOOGLE_ORTOOLS
        var faults = Planning.Exact.Native.OrToolsLimits.ListUnsupported(problem).ToList();
        if (warmStart is not null) faults.Add("A start plan is not supported by --engine ortools.");
        if (budget.IsCpuTime) faults.Add("CPU time is not supported by --engine ortools; it stops by wall clock.");
        if (budget.Threads > 1) faults.Add("Several threads are not supported by --engine ortools.");
        if (faults.Count > 0) throw new BadInputException("--engine", faults);
        return Planning.Exact.Native.OrToolsRoutingEngine.Solve(problem, TimeSpan.FromSeconds(budget.Seconds), cancel);
#else
        throw new BadInputException("--engine", ["'ortools' is not in this build. Build with -p:GoogleOrTools=true where the feed has Google.OrTools (docs/exact-engine.md)."]);
#endif
    }
}
