using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;
using Logistics.Routing.Search.Stops;

namespace Logistics.Routing.Tests.Search;

/// <summary>Moving whole stops changes only how the plan is searched, never what it costs or may do.</summary>
public sealed class StopSearchTests
{
    [Fact]
    public void Joined_jobs_ask_for_what_their_members_ask_for_one_after_the_other()
    {
        var problem = Shop(
            Parcel(handling: 5, load: 2, release: 30, window: new TimeWindow(0, 100)),
            Parcel(handling: 7, load: 3, release: 60, window: new TimeWindow(20, 100)));
        var joiner = new StopJoiner(problem);
        joiner.Begin(0, 0, start: 20);
        Assert.True(joiner.TryAdd(1, 0));
        var job = joiner.Join();
        var visit = Assert.Single(Assert.Single(job.Alternatives).Visits);
        Assert.Equal(12, visit.HandlingSeconds);
        Assert.Equal([5], visit.Delivery);
        Assert.Equal(60, job.Alternatives[0].ReleaseTime);
        Assert.Equal(2 * 500, job.UnservedCost);
        Assert.Equal([new ResourceUse(0, 1, 2)], visit.Uses);
        // The second starts 10 s of setup and 5 s of handling after the first, at 100 at the latest: the first at 85.
        Assert.Equal([new TimeWindow(20, 85)], visit.Windows);
    }

    [Fact]
    public void Jobs_whose_windows_never_meet_stay_apart()
    {
        var joiner = new StopJoiner(Shop(Parcel(5, 2, 0, new TimeWindow(0, 40)), Parcel(7, 3, 0, new TimeWindow(50, 90))));
        joiner.Begin(0, 0, start: 0);
        Assert.False(joiner.TryAdd(1, 0));
        Assert.Single(joiner.Members);
    }

    [Theory]
    [InlineData(19, false)]
    [InlineData(20, true)]
    [InlineData(85, true)]
    [InlineData(86, false)]
    public void Jobs_are_joined_only_where_the_whole_may_begin_when_the_first_does(int start, bool isJoined)
    {
        var joiner = new StopJoiner(Shop(Parcel(5, 2, 0, new TimeWindow(0, 100)), Parcel(7, 3, 0, new TimeWindow(20, 100))));
        joiner.Begin(0, 0, start);
        Assert.Equal(isJoined, joiner.TryAdd(1, 0));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void A_stop_with_a_break_inside_is_two(bool hasBreak, int stops)
    {
        // There at 9, parked at 19, the first parcel is done at 59: the break, due by 60, goes between the two, for taken before the stop it would end the day later.
        var problem = Shop(Parcel(40, 2, 0, new TimeWindow(0, 500)), Parcel(40, 2, 0, new TimeWindow(0, 500)));
        if (hasBreak) problem = problem with { Vehicles = [problem.Vehicles[0] with { Breaks = [new Break { Id = "rest", Windows = [new TimeWindow(50, 60)], DurationSeconds = 20 }] }] };
        var compiled = new CompiledProblem(problem);
        var solution = new Solution(compiled);
        solution.Begin();
        new WarmStarter(compiled, solution).Load(PlanScheduler.Schedule(problem, [new BareRoute(0, [BareStep.VisitOf(0, 0, 0), BareStep.VisitOf(1, 0, 0)])]));
        solution.Commit();
        Assert.Equal(stops, new StopProblem(compiled, solution).Compiled.Jobs.Count);
    }

    [Fact]
    public void Plans_found_by_moving_stops_are_legal_and_cost_what_the_checker_says()
    {
        int better = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            var problem = AtFewPlaces(RandomProblems.Make(seed, jobs: 24));
            var compiled = new CompiledProblem(problem);
            var neighbours = new NeighbourLists(compiled, 120, 40);
            var rng = new Rng((ulong)seed);
            var general = new GeneralSearch(compiled, neighbours, new InsertionOrder(compiled), [], rng);
            general.Construct(isGenerous: false);
            var best = new Snapshot(compiled);
            general.KeepIn(best);
            long first = best.Cost;
            var annealing = new Annealing(50, 5, rng);
            var stops = new StopSearch(compiled, general.Solution, rng);
            for (int round = 0; round < 2; round++)
            {
                stops.Load(best, int.MaxValue);
                for (int step = 0; step < 40; step++)
                {
                    annealing.Cool(step / 40.0);
                    if (stops.TryStep(annealing) && stops.Cost < best.Cost) stops.KeepIn(best);
                }
            }

            if (best.Cost < first) better++;
            var plan = new PlanExporter(compiled).Export(best);
            var check = PlanChecker.Check(problem, plan);
            if (best.IsFeasible) Assert.True(check.IsLegal, $"seed {seed}: {string.Join(", ", check.Violations)}");
            long believed = best.Cost - (best.AbsentMandatory * compiled.MandatoryCost);
            // Exported, a route may begin at a better second than the search knew.
            Assert.True(check.Cost.Total <= believed, $"seed {seed}: the search believes {believed}, the checker finds {check.Cost.Total}");
        }

        Assert.True(better > 8, $"only {better} plans improved");
    }

    [Fact]
    public void A_day_searched_by_stops_follows_from_its_seed()
    {
        var problem = AtFewPlaces(RandomProblems.Make(12, jobs: 240));
        var costs = Enumerable.Range(0, 2).Select(_ => RouteSearch.Solve(problem, new SearchOptions { Seed = 5, MaxIterations = 120 }, TestContext.Current.CancellationToken).Plan.Cost.Total);
        Assert.Single(costs.Distinct());
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(50, 2)]
    public void A_stop_that_is_late_on_fewer_vehicles_goes_with_another_one_only_if_those_in_use_cannot_take_it(int nearCloses, int vehicles)
    {
        // Behind the near shop the far one is closed. Before it costs 220 more, and on a van of its own 200; but then the near one is reached at 230.
        var problem = Shop(Parcel(100, 1, 0, new TimeWindow(0, nearCloses)), Parcel(0, 1, 0, new TimeWindow(0, 120))) with
        {
            Places = [new Place("depot"), new Place("near"), new Place("far")],
            Profiles = [new MatrixTravel(3, [0, 10, 100, 10, 0, 110, 100, 130, 0], [0, 10, 100, 10, 0, 110, 100, 130, 0])],
            Vehicles = [Van(), Van()],
        };
        problem = problem with { Jobs = [problem.Jobs[0], AtPlace(problem.Jobs[1], 2)] };
        var compiled = new CompiledProblem(problem);
        var solution = new Solution(compiled);
        solution.Begin();
        new WarmStarter(compiled, solution).Load(PlanScheduler.Schedule(problem, [new BareRoute(0, [BareStep.VisitOf(0, 0, 0)]), new BareRoute(1, [BareStep.VisitOf(1, 0, 0)])]));
        solution.Commit();
        var best = new Snapshot(compiled);
        solution.Changed.Add(0);
        solution.Changed.Add(1);
        best.Take(solution, solution.Cost, solution.Changed);
        var rng = new Rng(3);
        var budget = new Budget(new SearchOptions { MaxIterations = 10_000 }, TestContext.Current.CancellationToken);
        var stops = new StopSearch(compiled, solution, rng);
        stops.Load(best, maxUsed: 2);
        stops.Mark();

        stops.Replace([0, 1], [new Route { Vehicle = 0, Steps = [Step(StepKind.Start, -1), Step(StepKind.Visit, 0), Step(StepKind.Visit, 1), Step(StepKind.End, -1)], Cost = new CostBreakdown() }]);
        Assert.Equal(1, stops.UsedCount);
        Assert.Equal(vehicles == 1, stops.IsComplete);

        var polisher = new StopPolisher(stops, new Annealing(1e-3, 1e-3, rng), budget);
        polisher.Complete(maxUsed: 2);
        Assert.Equal(1, stops.UsedCount);
        // From now on another van may go, where that is what is missing or cheaper.
        polisher.TryPolish(() => long.MinValue, () => { });
        Assert.True(stops.IsComplete);
        Assert.Equal(2, stops.UsedCount);

        static Vehicle Van() => new() { Id = "van", StartDepot = 0, EndDepot = 0, CostPerMetre = 1 };
        static RouteStep Step(StepKind kind, int job) => StopProblem.Step(kind, 0) with { Job = job, Alternative = 0, Visit = 0 };
        static Job AtPlace(Job job, int place) => job with { Alternatives = [job.Alternatives[0] with { Visits = [job.Alternatives[0].Visits[0] with { Place = place }] }] };
    }

    /// <summary>The problem with its visits at five places, without what is counted job by job.</summary>
    private static Problem AtFewPlaces(Problem problem) => problem with
    {
        ServiceLevels = [],
        Disturbance = null,
        Balance = null,
        Vehicles = [.. problem.Vehicles.Select(v => v with { MaxTasks = null, MaxStops = null })],
        Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [.. j.Alternatives.Select(a => a with { Visits = [.. a.Visits.Select(v => v with { Place = v.Place % Math.Min(5, problem.Places.Count) })] })] })],
    };

    private static Job Parcel(int handling, int load, int release, TimeWindow window) => new()
    {
        Id = "parcel",
        UnservedCost = 500,
        Alternatives =
        [
            new Alternative
            {
                ReleaseTime = release,
                Visits = [new Visit { Place = 1, Windows = [window], SetupSeconds = 10, HandlingSeconds = handling, Delivery = [load], Uses = [new ResourceUse(0, 1)] }],
            },
        ],
    };

    private static Problem Shop(params Job[] jobs) => new()
    {
        Places = [new Place("depot"), new Place("shop")],
        Profiles = [new MatrixTravel(2, [0, 9, 9, 0], [0, 9, 9, 0])],
        Depots = [new Depot { Id = "depot", Place = 0 }],
        Vehicles = [new Vehicle { Id = "van" }],
        Jobs = jobs,
        Resources = [new SharedResource { Id = "boxes", CapacityByClass = [4, 4] }],
    };
}
