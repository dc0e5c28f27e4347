using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Days;

/// <summary>Searches with jobs joined that nobody could tell apart and, where time is left, goes on with each by itself.</summary>
/// <remarks>
/// Joined there is less to move: ten seconds end cheaper by 2 %. But a group is not split over two trips, and after half a minute there is nothing more to gain that way (<c>docs/benchmarks-planning.md</c>).
/// A budget of iterations is divided by iterations only, so that the outcome depends on the seed. Safe for concurrent use.
/// </remarks>
public static class JoinedSearch
{
    // From here on joined jobs gain less than single ones would.
    private const double SecondsPerJob = 0.006;
    private const long IterationsPerJob = 50;

    // Single jobs need as much of that again before they gain anything.
    private const double LeastRest = 0.5;

    /// <param name="problem">Jobs one by one: the plans of options, progress and result are in its terms. While jobs are joined, progress counts those left out as joined.</param>
    /// <param name="maxMembers">Most jobs joined to one; 1 = never.</param>
    /// <param name="engine">Searches either.</param>
    public static SearchResult Solve(Problem problem, SearchOptions options, int maxMembers, SearchEngine engine, CancellationToken cancellation)
    {
        var texts = options.WarmStart is { } given ? WarmStart.TextByJob(given, problem.Jobs.Count) : null;
        var grouping = JobGrouping.Group(problem, maxMembers, texts is null ? null : job => texts[job]);
        if (grouping.Problem.Jobs.Count == problem.Jobs.Count) return engine(problem, options, cancellation);

        var clock = options.ElapsedSeconds;
        var isCounted = options.MaxIterations != long.MaxValue;
        var iterations = isCounted ? (long)FindPart(options.MaxIterations, IterationsPerJob * problem.Jobs.Count) : long.MaxValue;
        var seconds = isCounted || clock is null ? options.MaxSeconds : FindPart(options.MaxSeconds, SecondsPerJob * problem.Jobs.Count);
        var joined = engine(grouping.Problem, options with
        {
            MaxIterations = iterations,
            MaxSeconds = seconds,
            WarmStart = options.WarmStart is { } start ? WarmStart.Join(grouping, start) : null,
            Progress = options.Progress is { } listener ? report => listener(report with { FindBestPlan = () => grouping.Expand(report.FindBestPlan()) }) : null,
        }, cancellation);
        var found = joined with { Plan = PlanScheduler.Price(problem, grouping.Expand(joined.Plan).Routes) };
        var begun = clock?.Invoke() ?? 0;
        var isOver = joined.IsCancelled || begun >= options.MaxSeconds || (iterations == options.MaxIterations && seconds >= options.MaxSeconds);
        if (isOver || found.Plan.Cost.Total <= options.TargetCost) return found;

        var single = engine(problem, options with
        {
            MaxIterations = isCounted ? options.MaxIterations - iterations : long.MaxValue,
            MaxSeconds = options.MaxSeconds - begun,
            ElapsedSeconds = clock is null ? null : () => clock() - begun,
            WarmStart = found.Plan,
            Progress = options.Progress is { } later ? report => later(report with { Iterations = joined.Iterations + report.Iterations, Seconds = begun + report.Seconds }) : null,
        }, cancellation);
        return single with { Iterations = joined.Iterations + single.Iterations, Seconds = begun + single.Seconds };
    }

    /// <summary>What joined jobs get of a budget: what they can use, or all of it where too little would be left.</summary>
    private static double FindPart(double budget, double usable) => budget < (1 + LeastRest) * usable ? budget : usable;
}
