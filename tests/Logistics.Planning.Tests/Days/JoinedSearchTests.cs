using Logistics.Planning.Days;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Tests.Days;

/// <summary>A day is searched with its parcels joined, then with each by itself, and looks like one search.</summary>
public sealed class JoinedSearchTests
{
    private const int Parcels = 200;
    private const long Plenty = 20_000;

    private readonly List<(Problem Problem, SearchOptions Options)> _passes = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Single_jobs_go_on_from_what_joined_ones_reached()
    {
        var day = await BuildAsync();

        var result = Solve(day, new SearchOptions { MaxIterations = Plenty });

        Assert.Equal(2, _passes.Count);
        Assert.True(_passes[0].Problem.Jobs.Count < 0.9 * Parcels);
        Assert.Same(day, _passes[1].Problem);
        Assert.Equal(Plenty, _passes.Sum(p => p.Options.MaxIterations));
        var start = PlanChecker.Check(day, _passes[1].Options.WarmStart!);
        var end = PlanChecker.Check(day, result.Plan);
        Assert.Empty(start.Violations.Concat(end.Violations).Select(v => v.ToString()));
        Assert.True(end.Cost.Total <= start.Cost.Total);
        Assert.Equal(end.Cost.Total, result.Plan.Cost.Total);
        Assert.Equal(60, result.Iterations);
    }

    [Fact]
    public async Task Short_budget_is_spent_on_joined_jobs_and_answers_in_single_ones()
    {
        var day = await BuildAsync();

        var result = Solve(day, new SearchOptions { MaxIterations = 60 });

        Assert.Equal(60, Assert.Single(_passes).Options.MaxIterations);
        var check = PlanChecker.Check(day, result.Plan);
        Assert.Empty(check.Violations.Select(v => v.ToString()));
        Assert.Equal(check.Cost.Total, result.Plan.Cost.Total);
        Assert.Equal(Parcels, result.Plan.Unserved.Count + result.Plan.Routes.SelectMany(r => r.Steps).Count(s => s.Kind == StepKind.Visit));
    }

    [Theory]
    [InlineData(10, 1.2)]
    [InlineData(1.5, 1.5)]
    public async Task Joined_jobs_get_the_time_they_can_use_and_single_ones_a_clock_of_their_own(double seconds, double joined)
    {
        var day = await BuildAsync();
        double now = 0;

        var result = Solve(day, new SearchOptions { MaxSeconds = seconds, ElapsedSeconds = () => now }, (problem, options) =>
        {
            Assert.Equal(0, options.ElapsedSeconds!());
            now += options.MaxSeconds;
        });

        Assert.Equal(joined, _passes[0].Options.MaxSeconds, 1e-9);
        Assert.Equal(seconds, _passes.Sum(p => p.Options.MaxSeconds), 1e-9);
        Assert.Equal(joined < seconds ? 2 : 1, _passes.Count);
        Assert.Equal(seconds, result.Seconds, 1e-9);
    }

    [Fact]
    public async Task Progress_is_that_of_one_search_over_single_jobs()
    {
        var day = await BuildAsync();
        double now = 0;
        var reports = new List<(long Iterations, double Seconds, Plan Plan)>();

        Solve(
            day,
            new SearchOptions { MaxSeconds = 10, ElapsedSeconds = () => now, Progress = r => reports.Add((r.Iterations, r.Seconds, r.FindBestPlan())) },
            (_, options) => now += options.MaxSeconds);

        Assert.True(reports.Count > 2);
        Assert.Equal(reports.Select(r => r.Iterations).Order(), reports.Select(r => r.Iterations));
        Assert.Equal(reports.Select(r => r.Seconds).Order(), reports.Select(r => r.Seconds));
        Assert.All(reports, r => Assert.Equal(Parcels, r.Plan.Unserved.Count + r.Plan.Routes.SelectMany(route => route.Steps).Where(s => s.Kind == StepKind.Visit).DistinctBy(s => s.Job).Count()));
    }

    [Fact]
    public async Task Search_cancelled_while_jobs_are_joined_keeps_its_plan()
    {
        var day = await BuildAsync();
        using var stop = new CancellationTokenSource();

        var result = Solve(day, new SearchOptions { MaxIterations = Plenty, Progress = _ => stop.Cancel() }, token: stop.Token);

        Assert.Single(_passes);
        Assert.True(result.IsCancelled);
        Assert.Empty(PlanChecker.Check(day, result.Plan).Violations.Select(v => v.ToString()));
    }

    [Fact]
    public async Task Problem_without_jobs_alike_is_searched_as_it_is()
    {
        var day = await BuildAsync();

        JoinedSearch.Solve(day, new SearchOptions { MaxIterations = Plenty }, maxMembers: 1, (problem, options, token) => Run(problem, options, null, token), Token);

        Assert.Same(day, Assert.Single(_passes).Problem);
        Assert.Equal(Plenty, _passes[0].Options.MaxIterations);
    }

    private static async Task<Problem> BuildAsync() => (await SmallDays.Planner.BuildAsync(SmallDays.Input(5, Parcels, terminals: 6), Token)).Problem;

    private SearchResult Solve(Problem day, SearchOptions options, Action<Problem, SearchOptions>? before = null, CancellationToken? token = null) =>
        JoinedSearch.Solve(day, options, JobGrouping.UsualMembers, (problem, passed, cancellation) => Run(problem, passed, before, cancellation), token ?? Token);

    /// <summary>Thirty iterations, or what there may be if that is less or exactly counted.</summary>
    private SearchResult Run(Problem problem, SearchOptions options, Action<Problem, SearchOptions>? before, CancellationToken token)
    {
        _passes.Add((problem, options));
        before?.Invoke(problem, options);
        double seconds = options.ElapsedSeconds?.Invoke() ?? 0;
        var result = RouteSearch.Solve(problem, options with { MaxIterations = Math.Min(options.MaxIterations, 30), MaxSeconds = double.PositiveInfinity }, token);
        return result with { Seconds = seconds };
    }
}
