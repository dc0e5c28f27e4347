using Logistics.Routing.Model;
using Logistics.Routing.Replanning;
using Logistics.Routing.Tests.Checking;

namespace Logistics.Routing.Tests.Replanning;

/// <summary>Vehicle 0 drives 0 → 10 → 20 → 30 → 0 with 2 s of handling at each: 10–12, 22–24, 34–36, home at 66.</summary>
public sealed class HistoryTests
{
    private static readonly Problem Trip = WithHandling(Line.Of(0, 10, 20, 30).WithVehicle(v => v with { LatestStart = 0 }));

    private static Problem WithHandling(Problem problem) => Enumerable.Range(0, problem.Jobs.Count).Aggregate(problem, (p, j) => p.WithVisit(j, v => v with { HandlingSeconds = 2, Delivery = [1] }));

    private static RunningPlan At(int now, Problem? problem = null, HistoryRules? rules = null) =>
        RunningPlan.At(problem ?? Trip, Line.AssertLegal(problem ?? Trip, Line.Visits(0, 0, 1, 2)), now, rules);

    [Theory]
    [InlineData(5, 1, 12, 10)]
    [InlineData(11, 1, 12, 10)]
    [InlineData(12, 1, 12, 10)]
    [InlineData(13, 2, 24, 20)]
    [InlineData(35, 3, 36, 30)]
    public void Visits_begun_or_driven_to_are_history(int now, int frozen, int readyAt, int metres)
    {
        var running = At(now);

        var committed = running.Problem.Vehicles[0].Committed!;
        Assert.Equal((frozen, readyAt, metres), (committed.Frozen.Count, committed.ReadyAt, committed.DistanceSoFar));
        Assert.Equal(Enumerable.Range(frozen, 3 - frozen), committed.Loaded);
        Line.AssertRunning(running);
        Assert.Equal(60, running.Plan.Cost.Distance);
    }

    [Fact]
    public void Vehicle_that_has_not_left_begins_no_earlier_than_now()
    {
        var problem = Trip.WithVehicle(v => v with { LatestStart = null, Shift = new(0, 500) }).WithVisit(0, v => v with { Windows = [new(200, 300)] });
        // Leaves at 190 to be at place 1 when it opens.
        var plan = Line.AssertLegal(problem.WithVehicle(v => v with { CostPerSecond = 1 }), Line.Visits(0, 0, 1, 2));
        var running = RunningPlan.At(problem, plan, 100);

        Assert.Null(running.Problem.Vehicles[0].Committed);
        Assert.Equal(100, running.Problem.Vehicles[0].Shift.Earliest);
    }

    [Fact]
    public void Idle_vehicle_whose_start_has_passed_is_used_no_more()
    {
        var problem = Trip.WithVehicles(2);
        var running = RunningPlan.At(problem, Line.AssertLegal(problem, Line.Visits(0, 0, 1, 2)), 13);

        Assert.Equal(0, running.Problem.Vehicles[1].MaxTasks);
    }

    [Fact]
    public void Vehicle_on_its_way_home_is_there_when_it_arrives()
    {
        var committed = At(40).Problem.Vehicles[0].Committed!;

        Assert.Equal((0, 66, 60L), (committed.Position, committed.ReadyAt, committed.DistanceSoFar));
    }

    [Fact]
    public void Vehicle_that_is_home_ended_its_route_when_it_came()
    {
        var running = At(70);
        Line.AssertRunning(running);

        Assert.Equal(66, running.Plan.Routes[0].Steps[^1].Departure);
        var later = RunningPlan.At(running.Problem, running.Plan, 90);
        Line.AssertRunning(later);
        Assert.Equal(66, later.Plan.Routes[0].Steps[^1].Departure);
    }

    [Fact]
    public void Reload_that_is_driven_to_keeps_the_trip_behind_it()
    {
        // Trip 1: place 1, back at 22; trip 2 is loaded from 22 to 27.
        var problem = (Trip with { Depots = [Trip.Depots[0] with { LoadingSecondsPerTrip = 5 }] }).WithVehicle(v => v with { MaxTrips = 2, ReloadDepots = [0], Capacity = [2] });
        var plan = Line.AssertLegal(problem, Line.Route(0, Line.Visit(0), Line.Reload, Line.Visit(1), Line.Visit(2)));
        var driving = RunningPlan.At(problem, plan, plan.Routes[0].Steps[2].Arrival - 1);
        Line.AssertRunning(driving);
        Assert.Empty(driving.Plan.Unserved);

        var loading = RunningPlan.At(driving.Problem, driving.Plan, plan.Routes[0].Steps[2].Start + 1);
        Line.AssertRunning(loading);
        Assert.Empty(loading.Plan.Unserved);
        Assert.Equal([1, 2], loading.Problem.Vehicles[0].Committed!.Loaded);
    }

    [Fact]
    public void Promised_work_ahead_is_frozen_too()
    {
        // At 5 the first visit is driven to; what is left for before 5 + 10 goes with it.
        Assert.Equal(2, At(5, rules: new HistoryRules { FrozenSeconds = 10 }).Problem.Vehicles[0].Committed!.Frozen.Count);
    }

    [Fact]
    public void Break_that_was_taken_is_not_owed_again()
    {
        // Rests at place 1 at 12–17, so place 2 is reached at 27.
        var problem = Trip.WithVehicle(v => v with { Breaks = [new Break { Id = "b", Windows = [new(12, 20)], DurationSeconds = 5 }] });
        var running = At(18, problem);

        Assert.Empty(running.Problem.Vehicles[0].Breaks);
        Line.AssertRunning(running);
    }

    [Fact]
    public void Ended_trip_is_not_made_again_and_its_pickups_are_off_board()
    {
        // Trip 1: place 1 (picks up 3), reload at 22–27, trip 2: places 2 and 3.
        var problem = (Trip with { Depots = [Trip.Depots[0] with { LoadingSecondsPerTrip = 5 }] })
            .WithVehicle(v => v with { MaxTrips = 2, ReloadDepots = [0], Capacity = [4] }).WithVisit(0, v => v with { Pickup = [3] }).WithVisit(2, v => v with { Pickup = [3] });
        var plan = Line.AssertLegal(problem, Line.Route(0, Line.Visit(0), Line.Reload, Line.Visit(1), Line.Visit(2)));
        var loading = plan.Routes[0].Steps[2];
        var running = RunningPlan.At(problem, plan, loading.Start + 1);

        var vehicle = running.Problem.Vehicles[0];
        Assert.Equal(1, vehicle.MaxTrips);
        Assert.Equal([1, 2], vehicle.Committed!.Loaded);
        Assert.Equal((0, loading.Departure), (vehicle.Committed.Position, vehicle.Committed.ReadyAt));
        Line.AssertRunning(running);

        // Driven to but not begun: the second trip is still to be loaded.
        var before = RunningPlan.At(problem, plan, loading.Arrival - 1).Problem.Vehicles[0];
        Assert.Equal((2, 0), (before.MaxTrips, before.Committed!.Loaded.Count));
    }

    [Fact]
    public void History_of_a_running_plan_grows()
    {
        var first = At(5);
        var second = RunningPlan.At(first.Problem, first.Plan, 13);

        Assert.Equal(At(13).Problem.Vehicles[0].Committed!.Frozen, second.Problem.Vehicles[0].Committed!.Frozen);
        Assert.Equal(first.Plan.Cost.Distance, second.Plan.Cost.Distance);
    }
}
