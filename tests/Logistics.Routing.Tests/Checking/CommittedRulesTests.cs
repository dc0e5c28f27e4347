using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Checking;

/// <summary>A vehicle under way on 0 → 10 → 25 → 40 → 0: it left at 5, served place 1 at 15 to 16, and is free again at 20.</summary>
public sealed class CommittedRulesTests
{
    private static readonly CommittedRoute History = new() { StartedAt = 5, Frozen = [new(0, 0, 0, 15, 15, 16)], ReadyAt = 20, DistanceSoFar = 10 };

    private static readonly Problem Trip = Line.Of(0, 10, 25, 40).WithVehicle(v => v with { Committed = History });

    [Fact]
    public void Route_goes_on_from_where_and_when_the_vehicle_is_free()
    {
        // From place 1 at 20: 35 at place 2, 50 at place 3, 90 home; 10 + 15 + 15 + 40 = 80 m.
        var plan = Line.AssertLegal(Trip, Line.Visits(0, 1, 2));

        Assert.Equal([5, 15, 35, 50, 90], plan.Routes[0].Steps.Select(s => s.Arrival));
        Assert.Equal(80, plan.Cost.Distance);
    }

    [Fact]
    public void History_may_not_be_changed_or_dropped()
    {
        var plan = Line.AssertLegal(Trip, Line.Visits(0, 1, 2));

        Line.AssertRefused(ViolationKind.Frozen, Trip, plan.WithStep(0, 1, s => s with { Departure = 17 }));
        Assert.Contains(PlanChecker.Check(Trip, plan with { Routes = [] }).Violations, v => v.Kind == ViolationKind.Frozen);
    }

    [Fact]
    public void History_is_not_judged_again()
    {
        // The executed visit was late and on a vehicle without the skill: that cannot be mended now.
        var problem = Trip.WithVisit(0, v => v with { Windows = [new(0, 9)] }).WithAlternative(0, a => a with { Skills = [1] });

        Line.AssertLegal(problem, Line.Visits(0, 1, 2));
    }

    [Fact]
    public void Vehicle_drives_on_from_its_position()
    {
        // At place 3 already: 20 → 35 at place 2 (15 m back), then 20 + 15 + 15 = 50 at place 3 again.
        var plan = Line.AssertLegal(Trip.WithVehicle(v => v with { Committed = History with { Position = 3 } }), Line.Visits(0, 1, 2));

        Assert.Equal(35, plan.Routes[0].Steps[2].Arrival);
    }

    [Fact]
    public void Delivery_that_is_not_on_board_cannot_join_a_trip_under_way()
    {
        var problem = Trip.WithVisit(1, v => v with { Delivery = [1] }).WithVehicle(v => v with { MaxTrips = 2, ReloadDepots = [0] });
        Line.AssertLegal(problem.WithVehicle(v => v with { Committed = History with { Loaded = [1] } }), Line.Visits(0, 1, 2));
        Line.AssertLegal(problem, Line.Route(0, Line.Visit(2), Line.Reload, Line.Visit(1)));
        Line.AssertRefused(ViolationKind.Loaded, problem, Line.Visits(0, 1, 2));
    }

    [Fact]
    public void Pickup_joins_a_trip_under_way_whatever_its_release()
    {
        // The trip left at 5 and loads nothing more; what is only fetched needs no loading.
        Line.AssertLegal(Trip.WithAlternative(1, a => a with { ReleaseTime = 28 }), Line.Visits(0, 1, 2));
    }

    [Fact]
    public void Loaded_goods_stay_on_their_vehicle_and_trip()
    {
        var problem = Trip.WithVisit(1, v => v with { Delivery = [1] }).WithVehicle(v => v with { MaxTrips = 2, ReloadDepots = [0], Committed = History with { Loaded = [1] } });
        problem = problem with { Vehicles = [.. problem.Vehicles, new Vehicle { Id = "v1", CostPerMetre = 1 }] };

        Line.AssertRefused(ViolationKind.Loaded, problem, Line.Route(0, Line.Visit(2), Line.Reload, Line.Visit(1)));
        Line.AssertRefused(ViolationKind.Loaded, problem, Line.Visits(0, 2), Line.Visits(1, 1));
    }

    [Fact]
    public void Loaded_order_is_kept_when_promised()
    {
        var committed = History with { Loaded = [2, 1], KeepsLoadedOrder = true };
        Line.AssertLegal(Trip.WithVehicle(v => v with { Committed = committed }), Line.Visits(0, 2, 1));
        Line.AssertLegal(Trip.WithVehicle(v => v with { Committed = committed with { KeepsLoadedOrder = false } }), Line.Visits(0, 1, 2));
        Line.AssertRefused(ViolationKind.Loaded, Trip.WithVehicle(v => v with { Committed = committed }), Line.Visits(0, 1, 2));
    }

    [Fact]
    public void Undelivered_goods_stay_on_board()
    {
        // 3 on board for job 1, which is left out; picking up 2 at place 3 makes 5.
        var problem = Trip.WithVisit(1, v => v with { Delivery = [3] }).WithJob(1, j => j with { UnservedCost = 0 }).WithVisit(2, v => v with { Pickup = [2] })
            .WithVehicle(v => v with { Committed = History with { Loaded = [1] } });
        Line.AssertLegal(problem.WithVehicle(v => v with { Capacity = [5] }), Line.Visits(0, 2));
        Line.AssertRefused(ViolationKind.Capacity, problem.WithVehicle(v => v with { Capacity = [4] }), Line.Visits(0, 2));
    }

    [Fact]
    public void Vehicle_that_has_not_left_starts_no_earlier_than_it_is_ready()
    {
        var problem = Line.Of(0, 10).WithVehicle(v => v with { Committed = new CommittedRoute { ReadyAt = 30 } });
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0));
        Assert.Equal(30, plan.Routes[0].Steps[0].Arrival);

        Line.AssertRefused(ViolationKind.Frozen, problem.WithVehicle(v => v with { Committed = new CommittedRoute { ReadyAt = 31 } }), plan);
    }
}
