using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Checking;

/// <summary>What concerns the plan as a whole: coverage, alternatives, service levels, balance and disturbance.</summary>
public sealed class PlanRulesTests
{
    private static readonly Problem Trip = Line.Of(0, 10, 25);

    [Fact]
    public void Required_job_must_be_served_and_an_optional_one_costs_its_price()
    {
        Line.AssertRefused(ViolationKind.Coverage, Trip, Line.Visits(0, 0));

        var plan = Line.AssertLegal(Trip.WithJob(1, j => j with { UnservedCost = 99 }), Line.Visits(0, 0));
        Assert.Equal((99, 20, 119), (plan.Cost.Unserved, plan.Cost.Distance, plan.Cost.Total));
        Assert.Equal([1], plan.Unserved);
    }

    [Fact]
    public void Job_is_done_once_by_one_alternative()
    {
        var problem = Trip.WithJob(0, j => j with { Alternatives = [j.Alternatives[0], new Alternative { PreferenceCost = 4, Visits = [new Visit { Place = 2 }] }] });
        Assert.Equal(4, Line.AssertLegal(problem, Line.Route(0, Line.Visit(0, 1), Line.Visit(1))).Cost.Preference);

        Line.AssertRefused(ViolationKind.Coverage, problem, Line.Route(0, Line.Visit(0), Line.Visit(0, 1), Line.Visit(1)));
        Line.AssertRefused(ViolationKind.Coverage, problem, Line.Visits(0, 0, 0, 1));
    }

    [Fact]
    public void Unserved_list_must_tell_the_truth()
    {
        var optional = Trip.WithJob(1, j => j with { UnservedCost = 0 });
        var plan = Line.AssertLegal(optional, Line.Visits(0, 0));

        Line.AssertRefused(ViolationKind.Coverage, optional, plan with { Unserved = [] });
        Line.AssertRefused(ViolationKind.Coverage, optional, plan with { Unserved = [0, 1] });
        Line.AssertRefused(ViolationKind.Structure, optional, plan with { Unserved = [1, 7] });
    }

    [Fact]
    public void Service_level_counts_the_jobs_served_well_enough()
    {
        // Job 0 is served by its second wish.
        var problem = Trip.WithJob(0, j => j with { Group = 5, Alternatives = [j.Alternatives[0], new Alternative { Level = 1, Visits = [new Visit { Place = 1 }] }] });
        var route = Line.Route(0, Line.Visit(0, 1), Line.Visit(1));
        Line.AssertLegal(problem with { ServiceLevels = [new(null, 0, 1), new(5, 1, 1)] }, route);
        Line.AssertRefused(ViolationKind.ServiceLevel, problem with { ServiceLevels = [new(null, 0, 2)] }, route);
        Line.AssertRefused(ViolationKind.ServiceLevel, problem with { ServiceLevels = [new(5, 0, 1)] }, route);
    }

    [Theory]
    // Vehicle 0 does two tasks, vehicle 1 one.
    [InlineData(BalanceMeasure.Tasks, 2 - 1)]
    // Vehicle 0 drives 0 → 10 → 40 → 0 = 80 m, vehicle 1 drives 0 → 25 → 0 = 50 m; a metre takes a second.
    [InlineData(BalanceMeasure.DistanceMetres, 80 - 50)]
    [InlineData(BalanceMeasure.DurationSeconds, 80 - 50)]
    public void Balance_costs_the_spread_over_used_vehicles(BalanceMeasure measure, long spread)
    {
        var problem = Line.Of(0, 10, 25, 40).WithVehicles(3) with { Balance = new BalanceRule(measure, 7) };
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0, 2), Line.Visits(1, 1));

        Assert.Equal(7 * spread, plan.Cost.Balance);
        Assert.Equal(0, Line.AssertLegal(problem, Line.Visits(0, 0, 1, 2)).Cost.Balance);
    }

    [Fact]
    public void Disturbed_jobs_are_paid_and_limited()
    {
        // Job 0 moves to another vehicle, job 1 stays, job 2 is new: one is disturbed.
        var problem = Line.Of(0, 10, 25, 40).WithVehicles(2) with { Disturbance = new DisturbanceRule { Previous = [new(0, 0), new(1, 0), null], CostPerJob = 50, MaxJobs = 1 } };
        Assert.Equal(50, Line.AssertLegal(problem, Line.Visits(1, 0, 1, 2)).Cost.Disturbance);

        Line.AssertRefused(ViolationKind.Disturbance, problem with { Disturbance = problem.Disturbance! with { MaxJobs = 0 } }, Line.Visits(1, 0, 1, 2));
    }

    [Fact]
    public void Job_left_out_that_was_planned_is_disturbed()
    {
        var problem = Trip.WithJob(1, j => j with { UnservedCost = 0 }) with { Disturbance = new DisturbanceRule { Previous = [new(0, 0), new(0, 0)], CostPerJob = 5 } };

        Assert.Equal(5, Line.AssertLegal(problem, Line.Visits(0, 0)).Cost.Disturbance);
    }

    [Fact]
    public void Plan_that_speaks_of_unknown_things_is_refused_without_throwing()
    {
        var plan = Line.AssertLegal(Trip, Line.Visits(0, 0, 1));

        Assert.All(
            [
                plan with { Routes = [plan.Routes[0] with { Vehicle = 9 }] },
                plan with { Routes = [plan.Routes[0] with { Steps = [] }] },
                plan with { Routes = [plan.Routes[0], plan.Routes[0]] },
                plan.WithStep(0, 1, s => s with { Job = 9 }),
                plan.WithStep(0, 1, s => s with { Alternative = 2 }),
                plan.WithStep(0, 1, s => s with { Visit = 1 }),
                plan.WithStep(0, 1, s => s with { Place = -1 }),
                plan.WithStep(0, 1, s => s with { Kind = StepKind.Start }),
                plan.WithStep(0, 1, s => s with { Kind = StepKind.Break, Break = 3 }),
                plan.WithStep(0, 0, s => s with { Depot = 4 }),
            ],
            broken => Assert.Contains(PlanChecker.Check(Trip, broken).Violations, v => v.Kind == ViolationKind.Structure));
    }
}
