using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Tests.Search;

public class ClassicSearchTests
{
    public static TheoryData<string> Kinds => ["capacitated", "windowed", "rough", "paired", "prized", "rough prized", "depots", "fleet", "sites", "durations", "rough durations", "all kinds", "all kinds prized", "timeless fleet", "groups", "timeless groups", "groups and kinds", "trips", "rough trips", "trips prized", "trips of kinds", "rough trips of kinds", "banded trips", "banded trips of kinds", "closing trips", "closing banded trips of kinds", "stops", "rough stops", "stops prized", "shares", "timeless shares", "options", "rough options"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_step_costs_what_the_general_solution_recomputes(string kind)
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            var (compiled, search, annealing) = Prepare(Make(kind, seed, 40), (ulong)seed);
            var best = new Snapshot(compiled);
            for (int step = 0; step < 300; step++)
            {
                search.TryStep(annealing);
                search.KeepIn(best);
                var general = new Solution(compiled);
                best.Restore(general);
                Assert.Equal(general.Cost, search.Cost);
                Assert.Equal((general.Jobs.AbsentCount, general.Jobs.AbsentMandatory), (best.Absent, best.AbsentMandatory));
                for (int v = 0; v < compiled.Vehicles.Length; v++) Assert.True(general.Refresh(v), $"{kind} {seed}, step {step}: vehicle {v} breaks a rule");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_plan_made_from_nothing_is_legal_and_costs_what_the_general_solution_recomputes(string kind)
    {
        var (compiled, search, _) = Prepare(Make(kind, 9, 60), 9);
        search.Construct();
        var best = new Snapshot(compiled);
        search.KeepIn(best);
        var general = new Solution(compiled);
        best.Restore(general);
        Assert.Equal(general.Cost, search.Cost);
        Assert.Equal(general.Jobs.AbsentCount, best.Absent);
        Assert.InRange(best.Absent, 0, compiled.Jobs.Count / 4);
        for (int v = 0; v < compiled.Vehicles.Length; v++) Assert.True(general.Refresh(v), $"{kind}: vehicle {v} breaks a rule");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Plans_are_legal_and_cost_what_the_checker_recomputes(string kind)
    {
        var problem = Make(kind, 7, 60);
        var result = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 3_000 }, TestContext.Current.CancellationToken);
        var check = PlanChecker.Check(problem, result.Plan);
        Assert.Empty(check.Violations);
        Assert.Equal(check.Cost.Total, result.Plan.Cost.Total);
    }

    [Theory]
    [InlineData("capacitated", 1)]
    [InlineData("windowed", 2)]
    [InlineData("paired", 3)]
    [InlineData("prized", 2)]
    [InlineData("all kinds", 1)]
    [InlineData("timeless fleet", 2)]
    [InlineData("groups", 2)]
    [InlineData("trips", 2)]
    [InlineData("options", 2)]
    public void Same_seed_threads_and_iterations_give_the_same_plan(string kind, int threads)
    {
        var problem = Make(kind, 11, 50);
        var options = new SearchOptions { Seed = 5, Threads = threads, MaxIterations = 4_000 };
        var first = RouteSearch.Solve(problem, options, TestContext.Current.CancellationToken).Plan;
        var second = RouteSearch.Solve(problem, options, TestContext.Current.CancellationToken).Plan;
        Assert.Equal(Describe(first), Describe(second));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_settled_search_allocates_nothing(string kind)
    {
        var (_, search, annealing) = Prepare(Make(kind, 3, 80), 1);
        for (int step = 0; step < 5_000; step++) search.TryStep(annealing);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 10_000; step++) search.TryStep(annealing);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("duration price")]
    [InlineData("two windows")]
    [InlineData("seconds weighed otherwise")]
    [InlineData("returns")]
    public void Whatever_it_cannot_price_is_left_to_the_general_search(string feature)
    {
        var problem = Make("windowed", 1, 5);
        var job = problem.Jobs[0];
        var alternative = job.Alternatives[0];
        var visit = alternative.Visits[0];
        Problem With(Alternative changed) => problem with { Jobs = [job with { Alternatives = [changed] }, .. problem.Jobs.Skip(1)] };
        var changed = feature switch
        {
            "duration price" => problem with { Vehicles = [problem.Vehicles[0] with { CostPerSecond = 1 }, .. problem.Vehicles.Skip(1)] },
            "two windows" => With(alternative with { Visits = [visit with { Windows = [new TimeWindow(0, 10), new TimeWindow(20, 9_000)] }] }),
            "seconds weighed otherwise" => problem with { Vehicles = [problem.Vehicles[0] with { CostPerTravelSecond = 1 }, .. problem.Vehicles.Skip(1)] },
            _ => With(alternative with { Visits = [visit with { Pickup = [3] }] }),
        };
        Assert.NotNull(ClassicProblem.Find(new CompiledProblem(problem)));
        Assert.Null(ClassicProblem.Find(new CompiledProblem(changed)));
    }

    [Theory]
    [InlineData("skill")]
    [InlineData("duration limit")]
    [InlineData("rate")]
    public void Kinds_of_vehicle_are_priced_but_not_with_pairs(string feature)
    {
        Problem Change(Problem problem) => feature switch
        {
            "skill" => problem with { Jobs = [problem.Jobs[0] with { Alternatives = [problem.Jobs[0].Alternatives[0] with { Skills = [1] }] }, .. problem.Jobs.Skip(1)], Vehicles = [problem.Vehicles[0] with { Skills = [1] }, .. problem.Vehicles.Skip(1)] },
            "duration limit" => problem with { Vehicles = [problem.Vehicles[0] with { MaxDurationSeconds = 9_000 }, .. problem.Vehicles.Skip(1)] },
            _ => problem with { Vehicles = [problem.Vehicles[0] with { CostPerMetre = 3 }, .. problem.Vehicles.Skip(1)] },
        };
        Assert.NotNull(ClassicProblem.Find(new CompiledProblem(Change(Make("windowed", 1, 5)))));
        Assert.Null(ClassicProblem.Find(new CompiledProblem(Change(Make("paired", 1, 5)))));
    }

    [Theory]
    [InlineData("paired")]
    [InlineData("fleet")]
    [InlineData("durations")]
    [InlineData("trips")]
    public void Stops_are_timed_but_not_with_pairs_kinds_durations_or_trips(string kind)
    {
        Problem Park(Problem problem) => problem with { Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [.. j.Alternatives.Select(a => a with { Visits = [.. a.Visits.Select(v => v with { SetupSeconds = 5 })] })] })] };
        Assert.NotNull(ClassicProblem.Find(new CompiledProblem(Park(Make("windowed", 1, 5)))));
        Assert.NotNull(ClassicProblem.Find(new CompiledProblem(Make(kind, 1, 5))));
        Assert.Null(ClassicProblem.Find(new CompiledProblem(Park(Make(kind, 1, 5)))));
    }

    [Theory]
    [InlineData("depots", false)]
    [InlineData("sites", false)]
    [InlineData("larger ones", true)]
    [InlineData("dearer ones", true)]
    [InlineData("fleet", true)]
    public void Fewer_vehicles_are_an_aim_unless_some_hold_or_cost_more(string kind, bool hasSizes)
    {
        var sites = ClassicProblems.WithSites(Make("windowed", 1, 10));
        Problem Change(Func<Vehicle, Vehicle> change) => sites with { Vehicles = [change(sites.Vehicles[0]), .. sites.Vehicles.Skip(1)] };
        var problem = kind switch
        {
            "depots" => ClassicProblems.WithDepots(Make("windowed", 1, 10)),
            "sites" => sites,
            "larger ones" => Change(v => v with { Capacity = [150] }),
            "dearer ones" => Change(v => v with { FixedCost = 7 }),
            _ => ClassicProblems.WithFleet(Make("windowed", 1, 10)),
        };
        var classic = ClassicProblem.Find(new CompiledProblem(problem));
        Assert.NotNull(classic);
        Assert.True(classic.HasKinds);
        Assert.Equal(hasSizes, classic.HasSizes);
    }

    [Fact]
    public void Levels_are_kept_but_not_with_prizes()
    {
        var problem = Make("shares", 1, 5);
        Assert.NotNull(ClassicProblem.Find(new CompiledProblem(problem)));
        Assert.Null(ClassicProblem.Find(new CompiledProblem(ClassicProblems.WithPrizes(problem, 1))));
    }

    [Fact]
    public void Alternatives_are_priced_but_not_with_prizes()
    {
        var problem = Make("groups", 1, 5);
        Assert.NotNull(ClassicProblem.Find(new CompiledProblem(problem)));
        Assert.Null(ClassicProblem.Find(new CompiledProblem(ClassicProblems.WithPrizes(problem, 1))));
    }

    [Fact]
    public void Prizes_of_pairs_are_left_to_the_general_search()
    {
        var single = Make("windowed", 1, 5);
        var paired = Make("paired", 1, 5);
        Assert.NotNull(ClassicProblem.Find(new CompiledProblem(ClassicProblems.WithPrizes(single, 1))));
        Assert.Null(ClassicProblem.Find(new CompiledProblem(ClassicProblems.WithPrizes(paired, 1))));
    }

    private static Problem Make(string kind, int seed, int jobs) => kind switch
    {
        "capacitated" => ClassicProblems.Capacitated(seed, jobs),
        "windowed" => ClassicProblems.Windowed(seed, jobs),
        "rough" => ClassicProblems.Rough(seed, jobs),
        "prized" => ClassicProblems.WithPrizes(ClassicProblems.Windowed(seed, jobs), seed),
        "rough prized" => ClassicProblems.WithPrizes(ClassicProblems.Rough(seed, jobs), seed),
        "depots" => ClassicProblems.WithDepots(ClassicProblems.Windowed(seed, jobs)),
        "fleet" => ClassicProblems.WithFleet(ClassicProblems.Windowed(seed, jobs)),
        "timeless fleet" => ClassicProblems.WithFleet(ClassicProblems.Capacitated(seed, jobs)),
        "sites" => ClassicProblems.WithSites(ClassicProblems.Windowed(seed, jobs)),
        "durations" => ClassicProblems.WithDurations(ClassicProblems.Windowed(seed, jobs)),
        "rough durations" => ClassicProblems.WithDurations(ClassicProblems.Rough(seed, jobs)),
        "all kinds" => ClassicProblems.WithDurations(ClassicProblems.WithSites(ClassicProblems.WithFleet(ClassicProblems.WithDepots(ClassicProblems.Windowed(seed, jobs))))),
        "groups" => ClassicProblems.WithGroups(ClassicProblems.Windowed(seed, 2 * jobs), seed),
        "timeless groups" => ClassicProblems.WithGroups(ClassicProblems.Capacitated(seed, 2 * jobs), seed),
        "groups and kinds" => ClassicProblems.WithGroups(Make("all kinds", seed, 2 * jobs), seed),
        "trips" => ClassicProblems.WithTrips(ClassicProblems.Windowed(seed, jobs), seed, vehicles: 2 + (jobs / 4)),
        "rough trips" => ClassicProblems.WithTrips(ClassicProblems.Rough(seed, jobs), seed, vehicles: 2 + (jobs / 4)),
        "trips prized" => ClassicProblems.WithPrizes(Make("trips", seed, jobs), seed),
        "trips of kinds" => ClassicProblems.WithTripKinds(Make("trips", seed, jobs)),
        "rough trips of kinds" => ClassicProblems.WithTripKinds(Make("rough trips", seed, jobs)),
        "banded trips" => ClassicProblems.WithBands(Make("rough trips", seed, jobs), seed),
        "banded trips of kinds" => ClassicProblems.WithBands(Make("rough trips of kinds", seed, jobs), seed),
        "closing trips" => ClassicProblems.WithClosingTimes(Make("trips", seed, jobs)),
        "closing banded trips of kinds" => ClassicProblems.WithClosingTimes(Make("banded trips of kinds", seed, jobs)),
        "stops" => ClassicProblems.WithStops(ClassicProblems.Windowed(seed, jobs), seed),
        "rough stops" => ClassicProblems.WithStops(ClassicProblems.Rough(seed, jobs), seed),
        "stops prized" => ClassicProblems.WithPrizes(Make("stops", seed, jobs), seed),
        "shares" => ClassicProblems.WithShares(ClassicProblems.Windowed(seed, jobs), seed),
        "timeless shares" => ClassicProblems.WithShares(ClassicProblems.Capacitated(seed, jobs), seed),
        "options" => ClassicProblems.WithShares(ClassicProblems.WithStops(Make("groups", seed, jobs), seed), seed),
        "rough options" => ClassicProblems.WithShares(ClassicProblems.WithStops(ClassicProblems.WithGroups(ClassicProblems.Rough(seed, 2 * jobs), seed), seed), seed),
        "all kinds prized" => ClassicProblems.WithPrizes(Make("all kinds", seed, jobs), seed),
        _ => ClassicProblems.Paired(seed, jobs),
    };

    private static (CompiledProblem Compiled, ClassicSearch Search, Annealing Annealing) Prepare(Problem problem, ulong seed)
    {
        var compiled = new CompiledProblem(problem);
        var neighbours = new NeighbourLists(compiled, 60, 40);
        var tables = ClassicTables.Find(compiled, neighbours);
        Assert.NotNull(tables);
        var rng = new Rng(seed);
        var search = ClassicSearch.Create(tables.Problem, tables.Neighbours, new InsertionOrder(compiled), rng);
        search.Load(new Snapshot(compiled), int.MaxValue);
        var annealing = new Annealing(50, 1, rng);
        annealing.Cool(0.3);
        return (compiled, search, annealing);
    }

    private static string Describe(Plan plan) => string.Join('|', plan.Routes.Select(r => $"{r.Vehicle}: {string.Join(' ', r.Steps.Select(s => $"{s.Kind} {s.Job} {s.Start}"))}"));
}
