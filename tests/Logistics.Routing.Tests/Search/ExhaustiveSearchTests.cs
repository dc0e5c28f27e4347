using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Tests.Checking;

namespace Logistics.Routing.Tests.Search;

/// <summary>A problem of a few jobs is solved to the end, and the search says so by stopping.</summary>
public sealed class ExhaustiveSearchTests
{
    [Fact]
    public void Eight_jobs_that_pay_only_together_are_served_and_the_search_ends()
    {
        // A vehicle costs 100 and 2 × 8 m of driving, eight jobs at 1…8 m are worth 15 each: 116 for all against 120, and no seven of them pay (114 and more against 105).
        var problem = Line.Of(0, 1, 2, 3, 4, 5, 6, 7, 8).WithVehicle(v => v with { FixedCost = 100 });
        problem = problem with { Jobs = [.. problem.Jobs.Select(j => j with { UnservedCost = 15 })] };

        var result = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 1_000_000_000 }, TestContext.Current.CancellationToken);

        Assert.Equal((116L, 0), (result.Plan.Cost.Total, result.Plan.Unserved.Count));
        Assert.True(result.Iterations < 10_000, $"{result.Iterations} iterations although nothing can be cheaper");
        Assert.Empty(PlanChecker.Check(problem, result.Plan).Violations);
    }

    [Fact]
    public void Interleaved_pairs_are_found_whatever_the_seed()
    {
        // Pickups at 10, 20, 30, 40 and deliveries at 50, 60, 70, 80 on the way out: all four on board, 160 m in all. One after another they cost 160 m and more.
        var problem = Line.Of(0, 10, 20, 30, 40, 50, 60, 70, 80);
        problem = problem with
        {
            Dimensions = 1,
            Jobs = [.. Enumerable.Range(0, 4).Select(p => Line.Pair($"pair {p}", new Visit { Place = 1 + p, Pickup = [1] }, new Visit { Place = 5 + p }))],
        };

        foreach (ulong seed in (ulong[])[1, 2, 3])
            Assert.Equal(160, RouteSearch.Solve(problem, new SearchOptions { Seed = seed, MaxIterations = 600 }, TestContext.Current.CancellationToken).Plan.Cost.Total);
    }

    [Fact]
    public void Breaks_are_taken_where_they_make_nobody_late()
    {
        // A break of 20 s between 5 and 40. Taken at once, place 10 is reached at 30 and the visit due at 15 is 15 s late; taken there at 10, nobody is, and the day ends at 40 either way.
        var problem = Line.Of(0, 10)
            .WithVisit(0, v => v with { DueTime = 15, CostPerLateSecond = 7 })
            .WithVehicle(v => v with { LatestStart = 0, Breaks = [new Break { Id = "lunch", Windows = [new TimeWindow(0, 40)], DurationSeconds = 20 }] });

        var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 600 }, TestContext.Current.CancellationToken).Plan;

        Assert.Equal((20L, 0L), (plan.Cost.Total, plan.Cost.Lateness));
        Assert.Empty(PlanChecker.Check(problem, plan).Violations);
    }

    [Fact]
    public void Short_day_is_made_longer_where_balance_pays_more_than_waiting_costs()
    {
        // Two vehicles, one job each by their zones: 0 → 10 → 0 takes 20 s, 0 → 25 → 0 takes 50 s. A second costs 1 and a second of imbalance 3: raising the short day by 30 s
        // costs 30 and saves 90, so the plan costs 70 m + 100 s + 0. It begins no earlier than its shift, which must leave room.
        var problem = Line.Of(0, 10, 25).WithVehicles(2).WithVisit(0, v => v with { Zone = 0, Windows = [new TimeWindow(100, 200)] }).WithVisit(1, v => v with { Zone = 1, Windows = [new TimeWindow(100, 200)] })
            .WithVehicle(v => v with { Zones = [0], CostPerSecond = 1 }).WithVehicle(v => v with { Zones = [1], CostPerSecond = 1 }, 1)
            with
        { Balance = new BalanceRule(BalanceMeasure.DurationSeconds, 3) };

        var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 600 }, TestContext.Current.CancellationToken).Plan;

        Assert.Empty(PlanChecker.Check(problem, plan).Violations);
        Assert.Equal((70L, 100L, 0L), (plan.Cost.Distance, plan.Cost.Duration, plan.Cost.Balance));
    }

    [Fact]
    public void Vehicle_that_holds_too_much_before_it_leaves_stays()
    {
        // 7 on board, 3 allowed: it may not leave; the job goes unserved at its price.
        var problem = (Line.Of(0, 10).WithJob(0, j => j with { UnservedCost = 50 }).WithVisit(0, v => v with { Delivery = [7] })
            .WithVehicle(v => v with { Capacity = [3], Committed = new CommittedRoute { Loaded = [0] } })) with
        { Dimensions = 1 };

        var result = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 600 }, TestContext.Current.CancellationToken);

        Assert.Equal(50, result.Plan.Cost.Total);
        Assert.Empty(PlanChecker.Check(problem, result.Plan).Violations);
    }

    [Fact]
    public void Vehicle_that_left_with_too_much_puts_it_off_first()
    {
        // Under way with 4 and 2 on board and 3 allowed. What left is history, what it becomes is judged: the 4 must go first, though the 2 lie nearer.
        var problem = (Line.Of(0, 10, 25).WithVisit(0, v => v with { Delivery = [2] }).WithVisit(1, v => v with { Delivery = [4] })
            .WithVehicle(v => v with { Capacity = [3], Committed = new CommittedRoute { StartedAt = 0, Loaded = [0, 1], KeepsLoadedOrder = false } })) with
        { Dimensions = 1 };

        var result = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 600 }, TestContext.Current.CancellationToken);

        Assert.Empty(PlanChecker.Check(problem, result.Plan).Violations);
        Assert.Equal([1, 0], result.Plan.Routes[0].Steps.Where(s => s.Kind == StepKind.Visit).Select(s => s.Job));
    }
}
