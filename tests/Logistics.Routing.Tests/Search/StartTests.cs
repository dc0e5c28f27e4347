using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Tests.Checking;
using Logistics.Routing.Tests.Oracle;

namespace Logistics.Routing.Tests.Search;

/// <summary>A route begins at the cheapest second of all it may begin at.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    public void Search_leaves_where_shorter_overtime_no_longer_pays_for_lateness(int visits)
    {
        // Leaving at s: the visit at 10 is s + 10 − 100 late at 2 a second; the last one waits until 1000 at place 25, home is 1025. Overtime above 500 s costs 3: s = 525, as in OvertimeStartTests,
        // however many more visits share the last place, so on routes too long to be stepped from event to event as well.
        var problem = Line.Of([0, 10, .. Enumerable.Repeat(25, visits - 1)])
            .WithVisit(0, v => v with { DueTime = 100, CostPerLateSecond = 2 })
            .WithVehicle(v => v with { RegularSeconds = 500, CostPerOvertimeSecond = 3 });
        for (int j = 1; j < visits; j++) problem = problem.WithVisit(j, v => v with { Windows = [new TimeWindow(1000, 1100)] });

        var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 300 }, TestContext.Current.CancellationToken).Plan;

        Assert.Empty(PlanChecker.Check(problem, plan).Violations);
        Assert.Equal((525, 0L, 870L), (plan.Routes[0].Steps[0].Departure, plan.Cost.Overtime, plan.Cost.Lateness));
    }

    [Fact]
    public void Search_leaves_late_enough_for_a_duration_limit_and_no_later_than_lateness_allows()
    {
        // At most 600 s: s ≥ 1025 − 600 = 425. Nothing else makes leaving later worth while, and each second of lateness costs 2: s = 425, 335 s late.
        var problem = Line.Of(0, 10, 25)
            .WithVisit(0, v => v with { DueTime = 100, CostPerLateSecond = 2 })
            .WithVisit(1, v => v with { Windows = [new TimeWindow(1000, 1100)] })
            .WithVehicle(v => v with { MaxDurationSeconds = 600 });

        var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 100 }, TestContext.Current.CancellationToken).Plan;

        Assert.Empty(PlanChecker.Check(problem, plan).Violations);
        Assert.Equal((425, 670L), (plan.Routes[0].Steps[0].Departure, plan.Cost.Lateness));
    }

    [Fact]
    public void Search_leaves_after_a_closure_where_the_way_round_costs_metres()
    {
        // The way to place 10 is closed until 100 and 30 m round: leaving at once drives 30 + 10 m, leaving at 100 only 10 + 10, and nothing says that the day must begin at once.
        var problem = Line.Of(0, 10).WithTravel(null, new LegClosures([0, 1, 0, 0], [[new ClosedInterval(0, 100)]], [0, 30, 10, 0], [0, 30, 10, 0]));

        var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 20 }, TestContext.Current.CancellationToken).Plan;
        var scheduled = PlanScheduler.Schedule(problem, [Line.Visits(0, 0)]);

        Assert.Empty(PlanChecker.Check(problem, plan).Violations);
        Assert.Equal((20L, 20L), (plan.Cost.Distance, scheduled.Cost.Distance));
    }

    [Fact]
    public void No_second_is_cheaper_than_the_one_chosen_by_search_and_by_scheduler()
    {
        var faults = new List<string>();
        int compared = 0;
        for (int seed = 0; seed < 250; seed++)
        {
            var problem = OracleProblems.Make(seed) with { Balance = null };
            if (problem.Vehicles.All(v => v.CostPerSecond == 0 && v.RegularSeconds is null && v.MaxDurationSeconds is null && !problem.Profiles[v.Profile].IsTimeDependent)) continue;
            var result = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 20 }, TestContext.Current.CancellationToken);
            if (!result.IsFeasible) continue;
            foreach (var route in result.Plan.Routes)
            {
                if (problem.Vehicles[route.Vehicle].Committed is not null) continue;
                compared++;
                var bare = Bare(route);
                if (FindLeast(problem, bare) is not { } least) continue;
                long scheduled = CostOf(problem, PlanScheduler.Schedule(problem, [bare])) ?? long.MaxValue;
                if (Timed(route) > least) faults.Add($"seed {seed}, vehicle {route.Vehicle}: the search pays {Timed(route)}, beginning at {route.Steps[0].Arrival}; some second costs {least}");
                if (scheduled > least) faults.Add($"seed {seed}, vehicle {route.Vehicle}: the scheduler pays {scheduled}; some second costs {least}");
            }
        }

        Assert.True(compared > 60, $"only {compared} routes compared");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Least cost over every second the route may begin at, each timed by a vehicle that may begin at no other.</summary>
    private static long? FindLeast(Problem problem, BareRoute bare)
    {
        var vehicle = problem.Vehicles[bare.Vehicle];
        long? least = null;
        for (int second = vehicle.Shift.Earliest; second <= Math.Min(vehicle.LatestStart ?? int.MaxValue, vehicle.Shift.Latest); second++)
        {
            var fixedStart = problem.WithVehicle(v => v with { Shift = v.Shift with { Earliest = second }, LatestStart = second }, bare.Vehicle);
            if (CostOf(fixedStart, PlanScheduler.Schedule(fixedStart, [bare])) is { } cost) least = Math.Min(least ?? long.MaxValue, cost);
        }

        return least;
    }

    /// <summary>What the times of the plan's only route cost; null when they break a rule of the route.</summary>
    private static long? CostOf(Problem problem, Plan plan)
    {
        bool isLegal = PlanChecker.Check(problem, plan).Violations.All(v => v.Kind is ViolationKind.Coverage or ViolationKind.ServiceLevel or ViolationKind.Disturbance);
        return isLegal ? Timed(plan.Routes[0]) : null;
    }

    private static long Timed(Route route) => route.Cost.Distance + route.Cost.Duration + route.Cost.Overtime + route.Cost.Lateness;

    private static BareRoute Bare(Route route) => new(route.Vehicle, [.. route.Steps.Where(s => s.Kind is StepKind.Visit or StepKind.Reload).Select(s =>
        s.Kind == StepKind.Reload ? BareStep.ReloadAt(s.Depot) : BareStep.VisitOf(s.Job, s.Alternative, s.Visit))]);
}
