using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planner.Cli.Running;

/// <summary>How long and how a problem is solved.</summary>
/// <param name="IsCpuTime">The budget counts CPU seconds of the whole process, all threads together, instead of wall seconds.</param>
/// <param name="Engine">Who searches.</param>
public sealed record SolveBudget(double Seconds, bool IsCpuTime, int Threads, ulong Seed, long MaxIterations, SolveEngine Engine = SolveEngine.Own);

/// <summary>One search with its budget and clocks.</summary>
public static class SolveRun
{
    public static (SearchResult Result, double Seconds, double CpuSeconds) Run(Problem problem, SolveBudget budget, Plan? warmStart, Action<SearchProgress>? progress, CancellationToken cancel)
    {
        var clock = new RunClock();
        if (budget.Engine == SolveEngine.OrTools) return (OrToolsEngine.Run(problem, budget, warmStart, cancel), clock.WallSeconds, clock.CpuSeconds);
        var options = new SearchOptions
        {
            Seed = budget.Seed,
            Threads = budget.Threads,
            ElapsedSeconds = budget.IsCpuTime ? () => clock.CpuSeconds : () => clock.WallSeconds,
            MaxSeconds = budget.Seconds,
            MaxIterations = budget.MaxIterations,
            WarmStart = warmStart,
            Progress = progress,
        };
        var result = RouteSearch.Solve(problem, options, cancel);
        return (result, clock.WallSeconds, clock.CpuSeconds);
    }
}
