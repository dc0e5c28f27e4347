using Logistics.Planning.Days;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planner.Cli.Running;

/// <summary>How long and how a problem is solved.</summary>
/// <param name="IsCpuTime">The budget counts CPU seconds of the whole process, all threads together, instead of wall seconds.</param>
/// <param name="Engine">Who searches.</param>
public sealed record SolveBudget(double Seconds, bool IsCpuTime, int Threads, ulong Seed, long MaxIterations, SolveEngine Engine = SolveEngine.Own);

/// <summary>What a search found and how long it took. Clocks begin when the problem is read and valid.</summary>
/// <param name="First">When the first plan was there that serves all it must; null when there never was one, or nobody watched.</param>
public sealed record SolveOutcome(SearchResult Result, double Seconds, double CpuSeconds, FirstFound? First);

/// <summary>When the first feasible plan was there: wall seconds, and CPU seconds of the process, from the search's beginning.</summary>
public sealed record FirstFound(double Seconds, double CpuSeconds);

/// <summary>One search with its budget and clocks.</summary>
public static class SolveRun
{
    /// <param name="search">Our own engine.</param>
    public static SolveOutcome Run(Problem problem, SolveBudget budget, Plan? warmStart, SearchEngine search, Action<SearchProgress>? progress, CancellationToken cancel)
    {
        var clock = new RunClock();
        if (budget.Engine == SolveEngine.OrTools) return new SolveOutcome(OrToolsEngine.Run(problem, budget, warmStart, cancel), clock.WallSeconds, clock.CpuSeconds, null);
        FirstFound? first = null;
        var options = new SearchOptions
        {
            Seed = budget.Seed,
            Threads = budget.Threads,
            ElapsedSeconds = budget.IsCpuTime ? () => clock.CpuSeconds : () => clock.WallSeconds,
            MaxSeconds = budget.Seconds,
            MaxIterations = budget.MaxIterations,
            WarmStart = warmStart,
            Progress = Watch,
        };
        var result = search(problem, options, cancel);
        return new SolveOutcome(result, clock.WallSeconds, clock.CpuSeconds, first);

        // Called by every island; the first to have a plan is remembered.
        void Watch(SearchProgress report)
        {
            if (first is null && report.IsFeasible) Interlocked.CompareExchange(ref first, new FirstFound(clock.WallSeconds, clock.CpuSeconds), null);
            progress?.Invoke(report);
        }
    }
}
