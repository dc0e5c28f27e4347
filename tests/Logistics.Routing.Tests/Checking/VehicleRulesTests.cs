using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Checking;

/// <summary>Limits of a route: 0 → 10 → 25 → 0 drives 10 + 15 + 25 = 50 m in 50 s.</summary>
public sealed class VehicleRulesTests
{
    private static readonly Problem Trip = Line.Of(0, 10, 25);

    [Fact]
    public void Distance_cost_is_metres_times_price()
    {
        var plan = Line.AssertLegal(Trip.WithVehicle(v => v with { CostPerMetre = 3, FixedCost = 7 }), Line.Visits(0, 0, 1));

        Assert.Equal((7, 150, 157), (plan.Cost.Fixed, plan.Cost.Distance, plan.Cost.Total));
    }

    [Fact]
    public void Max_distance_holds_to_the_metre()
    {
        Line.AssertLegal(Trip.WithVehicle(v => v with { MaxDistance = 50 }), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.MaxDistance, Trip.WithVehicle(v => v with { MaxDistance = 49 }), Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Max_duration_counts_driving_and_handling()
    {
        // 50 s driving + 5 s handling.
        var problem = Trip.WithVisit(0, v => v with { HandlingSeconds = 5 });
        Line.AssertLegal(problem.WithVehicle(v => v with { MaxDurationSeconds = 55 }), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.MaxDuration, problem.WithVehicle(v => v with { MaxDurationSeconds = 54 }), Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Max_travel_counts_driving_only()
    {
        var problem = Trip.WithVisit(0, v => v with { HandlingSeconds = 5 });
        Line.AssertLegal(problem.WithVehicle(v => v with { MaxTravelSeconds = 50 }), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.MaxTravel, problem.WithVehicle(v => v with { MaxTravelSeconds = 49 }), Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Max_stops_counts_stays_and_max_tasks_counts_visits()
    {
        // Two tasks at place 1, one at place 2: 2 stops, 3 tasks.
        var problem = Trip with { Jobs = [.. Trip.Jobs, Line.Single("again", new Visit { Place = 1 })] };
        var route = Line.Visits(0, 0, 2, 1);
        Line.AssertLegal(problem.WithVehicle(v => v with { MaxStops = 2, MaxTasks = 3 }), route);
        Line.AssertRefused(ViolationKind.MaxStops, problem.WithVehicle(v => v with { MaxStops = 1 }), route);
        Line.AssertRefused(ViolationKind.MaxTasks, problem.WithVehicle(v => v with { MaxTasks = 2 }), route);
        // The same tasks with the other place in between are 3 stops.
        Line.AssertRefused(ViolationKind.MaxStops, problem.WithVehicle(v => v with { MaxStops = 2 }), Line.Visits(0, 0, 1, 2));
    }

    [Fact]
    public void Overtime_is_paid_beyond_regular_seconds()
    {
        // 50 s, 30 of them regular: 20 × 4 = 80; duration 50 × 2 = 100.
        var plan = Line.AssertLegal(Trip.WithVehicle(v => v with { RegularSeconds = 30, CostPerOvertimeSecond = 4, CostPerSecond = 2, CostPerMetre = 0 }), Line.Visits(0, 0, 1));

        Assert.Equal((100, 80), (plan.Cost.Duration, plan.Cost.Overtime));
    }

    [Fact]
    public void Travel_seconds_have_their_own_price()
    {
        // 55 s in all, 50 at the wheel: 55 × 2 + 50 × 3 = 260.
        var plan = Line.AssertLegal(
            Trip.WithVisit(0, v => v with { HandlingSeconds = 5 }).WithVehicle(v => v with { CostPerSecond = 2, CostPerTravelSecond = 3, CostPerMetre = 0 }), Line.Visits(0, 0, 1));

        Assert.Equal(260, plan.Cost.Duration);
    }

    [Fact]
    public void Required_skill_must_be_had()
    {
        var problem = Trip.WithAlternative(0, a => a with { Skills = [3] });
        Line.AssertLegal(problem.WithVehicle(v => v with { Skills = [1, 3] }), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.Skill, problem.WithVehicle(v => v with { Skills = [1] }), Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Vehicle_must_be_allowed_and_not_forbidden()
    {
        var two = Trip.WithVehicles(2);
        Line.AssertLegal(two.WithAlternative(0, a => a with { AllowedVehicles = [1], ForbiddenVehicles = [0] }), Line.Visits(1, 0, 1));
        Line.AssertRefused(ViolationKind.AllowedVehicle, two.WithAlternative(0, a => a with { AllowedVehicles = [1] }), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.ForbiddenVehicle, two.WithAlternative(0, a => a with { ForbiddenVehicles = [0] }), Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Zone_must_be_among_the_vehicles_zones()
    {
        var problem = Trip.WithVisit(1, v => v with { Zone = 2 });
        Line.AssertLegal(problem, Line.Visits(0, 0, 1));
        Line.AssertLegal(problem.WithVehicle(v => v with { Zones = [2] }), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.Zone, problem.WithVehicle(v => v with { Zones = [1] }), Line.Visits(0, 0, 1));
    }
}
