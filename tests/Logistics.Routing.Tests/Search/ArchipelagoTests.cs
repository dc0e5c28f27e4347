using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Routing.Tests.Search;

/// <summary>Several islands: another thread never makes a plan worse.</summary>
public sealed class ArchipelagoTests
{
    private static readonly Dictionary<string, Func<int, Problem>> Makers = new()
    {
        ["capacitated"] = seed => ClassicProblems.Capacitated(seed, 40),
        ["windowed"] = seed => ClassicProblems.Windowed(seed, 40),
        ["prized"] = seed => ClassicProblems.WithPrizes(ClassicProblems.Windowed(seed, 40), seed),
        ["depots and kinds"] = seed => ClassicProblems.WithFleet(ClassicProblems.WithDepots(ClassicProblems.Windowed(seed, 40))),
        ["alternatives"] = seed => ClassicProblems.WithGroups(ClassicProblems.Windowed(seed, 50), seed),
        ["trips"] = seed => ClassicProblems.WithTrips(ClassicProblems.Windowed(seed, 24), seed, vehicles: 8),
        ["pairs"] = seed => ClassicProblems.Paired(seed, 40),
        ["every feature"] = seed => RandomProblems.Make(seed, 14),
    };

    public static TheoryData<string> Kinds => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Another_thread_never_makes_a_plan_worse(string kind)
    {
        for (int seed = 1; seed <= 2; seed++)
        {
            var problem = Makers[kind](seed);
            long alone = Solve(problem, seed, 1).Cost.Total, two = Solve(problem, seed, 2).Cost.Total, three = Solve(problem, seed, 3).Cost.Total;
            Assert.True(two <= alone, $"{kind} {seed}: two threads cost {two}, one {alone}");
            Assert.True(three <= alone, $"{kind} {seed}: three threads cost {three}, one {alone}");
        }
    }

    [Fact]
    public void Same_seed_threads_and_iterations_give_the_same_plan_with_every_feature()
    {
        var problem = Makers["every feature"](4);
        Assert.Equal(Describe(Solve(problem, 4, 2)), Describe(Solve(problem, 4, 2)));
        Assert.Equal(Describe(Solve(problem, 4, 3)), Describe(Solve(problem, 4, 3)));
    }

    private static Plan Solve(Problem problem, int seed, int threads) =>
        RouteSearch.Solve(problem, new SearchOptions { Seed = (ulong)seed, Threads = threads, MaxIterations = 640 }, TestContext.Current.CancellationToken).Plan;

    private static string Describe(Plan plan) => string.Join('|', plan.Routes.Select(r => $"{r.Vehicle}: {string.Join(' ', r.Steps.Select(s => $"{s.Kind} {s.Job} {s.Alternative} {s.Start}"))}"));
}
