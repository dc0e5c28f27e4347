using Logistics.Routing.Checking;
using Logistics.Routing.Explaining;
using Logistics.Routing.Model;
using Logistics.Routing.Tests.Checking;

namespace Logistics.Routing.Tests.Explaining;

/// <summary>Worked reasons on 0 → 10 → 25 → 0, with job 1 (place 2) left out of vehicle 0's route.</summary>
public sealed class PlanExplainerTests
{
    private static readonly Problem Trip = Line.Of(0, 10, 25).WithVehicle(v => v with { LatestStart = 0 }).WithJob(1, j => j with { UnservedCost = 1000 });

    private static UnservedExplanation Explain(Problem problem) =>
        PlanExplainer.ExplainUnserved(problem, Line.AssertLegal(problem, Line.Visits(0, 0)), 1, 300, TestContext.Current.CancellationToken);

    public static TheoryData<string, ViolationKind, Problem> Reasons => new()
    {
        // Both stops drive 50 m.
        { "let vehicle 0 (v0) drive 5 m more", ViolationKind.MaxDistance, Trip.WithVehicle(v => v with { MaxDistance = 45 }) },
        { "end the shift of vehicle 0 (v0) 10 s later", ViolationKind.Shift, Trip.WithVehicle(v => v with { Shift = new(0, 40) }) },
        { "let vehicle 0 (v0) be out 1 s longer", ViolationKind.MaxDuration, Trip.WithVehicle(v => v with { MaxDurationSeconds = 49 }) },
        { "let vehicle 0 (v0) be at the wheel 1 s longer", ViolationKind.MaxTravel, Trip.WithVehicle(v => v with { MaxTravelSeconds = 49 }) },
        { "allow vehicle 0 (v0) 1 more stops", ViolationKind.MaxStops, Trip.WithVehicle(v => v with { MaxStops = 1 }) },
        { "allow vehicle 0 (v0) 1 more tasks", ViolationKind.MaxTasks, Trip.WithVehicle(v => v with { MaxTasks = 1 }) },
        // Place 2 is reached at 25.
        { "close the window of job 1 5 s later", ViolationKind.Window, Trip.WithVisit(1, v => v with { Windows = [new(0, 20)] }) },
        // 4 + 3 on board, 6 fit.
        { "give vehicle 0 (v0) 1 more capacity in dimension 0", ViolationKind.Capacity, Trip.WithVehicle(v => v with { Capacity = [6] }).WithVisit(0, v => v with { Delivery = [4] }).WithVisit(1, v => v with { Delivery = [3] }) },
        { "give vehicle 0 (v0) the skills of job 1 (j1)", ViolationKind.Skill, Trip.WithAlternative(1, a => a with { Skills = [4] }) },
        { "no longer forbid job 1 (j1) on vehicle 0 (v0)", ViolationKind.ForbiddenVehicle, Trip.WithAlternative(1, a => a with { ForbiddenVehicles = [0] }) },
        { "allow job 1 (j1) on vehicle 0 (v0)", ViolationKind.AllowedVehicle, Trip.WithAlternative(1, a => a with { AllowedVehicles = [] }) },
        { "let vehicle 0 (v0) into every zone", ViolationKind.Zone, Trip.WithVisit(1, v => v with { Zone = 3 }).WithVehicle(v => v with { Zones = [1] }) },
        { "1 more units of class 0 of resource 0 (r)", ViolationKind.Resource, (Trip with { Resources = [new SharedResource { Id = "r", CapacityByClass = [0] }] }).WithVisit(1, v => v with { Uses = [new(0, 0)] }) },
        { "let all goods travel together", ViolationKind.GoodsConflict, (Trip with { GoodsConflicts = [new(1, 2)] }).WithAlternative(0, a => a with { GoodsClass = 1 }).WithAlternative(1, a => a with { GoodsClass = 2 }) },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Reason_is_named_and_the_smallest_change_serves_the_job(string change, ViolationKind rule, Problem problem)
    {
        var explanation = Explain(problem);

        Assert.Equal([rule], Assert.Single(explanation.Exclusions).Rules);
        Assert.Equal(change, explanation.Change?.Description);
        Assert.Empty(explanation.Change!.Plan.Unserved);
        Assert.Empty(PlanChecker.Check(explanation.Change.Problem, explanation.Change.Plan).Violations);
    }

    [Fact]
    public void Job_that_is_not_worth_its_cost_says_so()
    {
        // Serving it makes the route 50 m instead of 20: 30, against a price of 10.
        var explanation = Explain(Trip.WithJob(1, j => j with { UnservedCost = 10 }));

        var exclusion = Assert.Single(explanation.Exclusions);
        Assert.Equal((0, 20), (exclusion.Rules.Count, exclusion.Cost));
        Assert.Equal("value job 1 (j1) 21 cost units more", explanation.Change?.Description);
    }

    [Fact]
    public void Unreachable_place_has_no_change()
    {
        var travel = (MatrixTravel)Trip.Profiles[0];
        int[] cut = [.. travel.Distances];
        foreach (int leg in new[] { 2, 5, 6, 7 }) cut[leg] = TravelProfile.Unreachable;
        var explanation = Explain(Trip with { Profiles = [new MatrixTravel(3, cut, cut)] });

        Assert.Equal([ViolationKind.Unreachable], Assert.Single(explanation.Exclusions).Rules);
        Assert.Null(explanation.Change);
    }

    [Fact]
    public void Marginal_cost_is_what_the_plan_would_save()
    {
        // 50 m; without place 1 still 50, without place 2 only 20.
        var problem = Trip.WithVehicles(2);
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0, 1));

        Assert.Equal([(0, 0L), (1, 30L)], PlanExplainer.ListMarginalCosts(problem, plan, 0));
        // The other vehicle would drive 50 m for it.
        var why = PlanExplainer.ExplainServed(problem, plan, 1);
        Assert.Equal((0, 30L), (why.Vehicle, why.MarginalCost));
        Assert.Equal(50 - 1000, Assert.Single(why.Others).Cost);
    }

    [Fact]
    public void Route_is_explained_by_its_stops_and_by_every_other_vehicle_in_its_place()
    {
        // Vehicle 0 drives 0 → 10 → 10 (next door) → 25 → 0 for 50 m at 1. Without the stop at 25 it drives 20, without one at 10 still 50.
        // Vehicle 1 is alike at 3 a metre: 150 − 50 dearer. Vehicle 2 may drive 40 m only. Vehicle 3 has a route of its own (0 → −5 → 0) and costs 1 too: nothing changes.
        var problem = Line.Of(0, 10, 10, 25, -5).WithVehicles(4).WithVehicle(v => v with { CostPerMetre = 3 }, 1).WithVehicle(v => v with { MaxDistance = 40 }, 2);
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0, 1, 2), Line.Visits(3, 3));

        var route = PlanExplainer.ExplainRoute(problem, plan, 0);

        Assert.Equal([(1, 0L), (2, 0L), (3, 30L)], route.Stops.Select(s => (s.Place, s.MarginalCost)));
        Assert.Equal([(1, false, 100L), (2, false, null), (3, true, 0L)], route.Others.Select(o => (o.Vehicle, o.IsExchange, o.ExtraCost)));
        Assert.Equal([ViolationKind.MaxDistance], route.Others[1].Rules);
    }
}
