using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Checking;

/// <summary>Loads, pairs, trips, releases and goods that may not travel together, on 0 → 10 → 25 → 0.</summary>
public sealed class LoadRulesTests
{
    private static readonly Problem Trip = Line.Of(0, 10, 25);

    [Fact]
    public void Deliveries_are_on_board_from_the_start_and_pickups_to_the_end()
    {
        // Starts with 5 + 2 = 7; after the first 7 − 5 + 4 = 6; after the second 6 − 2 = 4.
        var problem = Trip.WithVisit(0, v => v with { Delivery = [5], Pickup = [4] }).WithVisit(1, v => v with { Delivery = [2] });
        var plan = Line.AssertLegal(problem.WithVehicle(v => v with { Capacity = [7] }), Line.Visits(0, 0, 1));
        Assert.Equal([7L, 6, 4, 4], plan.Routes[0].Steps.Select(s => s.Load[0]));

        Line.AssertRefused(ViolationKind.Capacity, problem.WithVehicle(v => v with { Capacity = [6] }), Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Capacity_holds_in_every_dimension()
    {
        var problem = Trip with { Dimensions = 2 };
        problem = problem.WithVisit(0, v => v with { Delivery = [1, 9] });
        Line.AssertLegal(problem.WithVehicle(v => v with { Capacity = [1, 9] }), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.Capacity, problem.WithVehicle(v => v with { Capacity = [1, 8] }), Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Pair_is_picked_up_before_it_is_delivered()
    {
        var problem = Trip with { Jobs = [Line.Pair("pd", new Visit { Place = 1, Pickup = [2] }, new Visit { Place = 2 })] };
        var plan = Line.AssertLegal(problem, Line.Route(0, Line.Visit(0), Line.Visit(0, 0, 1)));
        Assert.Equal([0L, 2, 0, 0], plan.Routes[0].Steps.Select(s => s.Load[0]));

        Line.AssertRefused(ViolationKind.Pair, problem, Line.Route(0, Line.Visit(0, 0, 1), Line.Visit(0)));
        Line.AssertRefused(ViolationKind.Pair, problem, Line.Route(0, Line.Visit(0)));
    }

    [Fact]
    public void Pair_stays_on_one_trip_and_one_vehicle()
    {
        var problem = (Trip with { Jobs = [Line.Pair("pd", new Visit { Place = 1, Pickup = [2] }, new Visit { Place = 2 })] }).WithVehicles(2)
            .WithVehicle(v => v with { MaxTrips = 2, ReloadDepots = [0] });
        Line.AssertRefused(ViolationKind.Pair, problem, Line.Route(0, Line.Visit(0), Line.Reload, Line.Visit(0, 0, 1)));

        var violations = PlanChecker.Check(problem, PlanScheduler.Schedule(problem, [Line.Route(0, Line.Visit(0)), Line.Route(1, Line.Visit(0, 0, 1))])).Violations;
        Assert.Equal([ViolationKind.Pair, ViolationKind.Pair, ViolationKind.Coverage], violations.Select(v => v.Kind).Where(k => k != ViolationKind.StatedMeasure));
    }

    [Fact]
    public void Ride_is_counted_from_pickup_departure_to_delivery_start()
    {
        // Leaves the pickup at 10 + 3, drives 15: a ride of 15 s.
        var problem = Trip with { Jobs = [Line.Pair("pd", new Visit { Place = 1, HandlingSeconds = 3 }, new Visit { Place = 2 })] };
        BareStep[] route = [Line.Visit(0), Line.Visit(0, 0, 1)];
        Line.AssertLegal(problem.WithAlternative(0, a => a with { MaxRideSeconds = 15 }), Line.Route(0, route));
        Line.AssertRefused(ViolationKind.MaxRide, problem.WithAlternative(0, a => a with { MaxRideSeconds = 14 }), Line.Route(0, route));
    }

    [Fact]
    public void Pickup_waits_when_the_delivery_opens_late()
    {
        // The delivery opens at 100; with at most 20 s of ride the pickup may not leave before 80.
        var problem = (Trip with { Jobs = [Line.Pair("pd", new Visit { Place = 1 }, new Visit { Place = 2, Windows = [new(100, 200)] })] })
            .WithAlternative(0, a => a with { MaxRideSeconds = 20 }).WithVehicle(v => v with { LatestStart = 0 });

        Assert.Equal(80, Line.AssertLegal(problem, Line.Route(0, Line.Visit(0), Line.Visit(0, 0, 1))).Routes[0].Steps[1].Start);
    }

    [Fact]
    public void Reload_empties_the_vehicle_and_counts_as_a_trip()
    {
        var problem = Trip.WithVisit(0, v => v with { Delivery = [5] }).WithVisit(1, v => v with { Delivery = [5] }).WithVehicle(v => v with { Capacity = [5], MaxTrips = 2, ReloadDepots = [0] });
        var plan = Line.AssertLegal(problem, Line.Route(0, Line.Visit(0), Line.Reload, Line.Visit(1)));
        // 10 + 10 + 25 + 25.
        Assert.Equal(70, plan.Cost.Distance);

        Line.AssertRefused(ViolationKind.Capacity, problem, Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.MaxTrips, problem.WithVehicle(v => v with { MaxTrips = 1 }), Line.Route(0, Line.Visit(0), Line.Reload, Line.Visit(1)));
        Line.AssertRefused(ViolationKind.MaxTrips, problem.WithVehicle(v => v with { MaxTrips = 1, ReloadDepots = [] }), Line.Route(0, Line.Visit(0), Line.Reload, Line.Visit(1)));
    }

    [Fact]
    public void Trip_loads_only_what_is_released()
    {
        var problem = Trip.WithAlternative(1, a => a with { ReleaseTime = 40 });
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0, 1));
        Assert.Equal(40, plan.Routes[0].Steps[0].Start);

        Line.AssertRefused(ViolationKind.Release, Trip.WithAlternative(1, a => a with { ReleaseTime = 41 }), plan);
        // On a second trip it delays only that one: back at 20, loads at 40, serves at 65.
        var reload = problem.WithVehicle(v => v with { MaxTrips = 2, ReloadDepots = [0], LatestStart = 0 });
        Assert.Equal(65, Line.AssertLegal(reload, Line.Route(0, Line.Visit(0), Line.Reload, Line.Visit(1))).Routes[0].Steps[3].Start);
    }

    [Fact]
    public void Conflicting_goods_may_share_a_vehicle_but_not_a_trip()
    {
        var problem = (Trip with { GoodsConflicts = [new(1, 2)] }).WithAlternative(0, a => a with { GoodsClass = 1 }).WithAlternative(1, a => a with { GoodsClass = 2 })
            .WithVehicle(v => v with { MaxTrips = 2, ReloadDepots = [0] });
        Line.AssertLegal(problem, Line.Route(0, Line.Visit(0), Line.Reload, Line.Visit(1)));
        Line.AssertRefused(ViolationKind.GoodsConflict, problem, Line.Visits(0, 0, 1));
    }
}
