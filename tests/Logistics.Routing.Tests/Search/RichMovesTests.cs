using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Tests.Checking;

namespace Logistics.Routing.Tests.Search;

/// <summary>Prizes, mixed fleets and trips: what only a look at whole routes can decide. More jobs than are searched by beginning anew.</summary>
public sealed class RichMovesTests
{
    [Theory]
    [InlineData(16, 200, 0)] // 15 × 16 = 240 saved for 200 m of driving
    [InlineData(12, 180, 15)] // 15 × 12 = 180 does not pay for 200 m
    public void Jobs_that_pay_only_together_are_served_together_or_not_at_all(int price, long cost, int unserved)
    {
        // Fifteen jobs at metre 100; each alone would cost 200.
        var problem = Line.Of([0, .. Enumerable.Repeat(100, 15)]);
        problem = problem with { Jobs = [.. problem.Jobs.Select(j => j with { UnservedCost = price })] };

        var plan = Solve(problem, iterations: 200);

        Assert.Equal((cost, unserved), (plan.Cost.Total, plan.Unserved.Count));
    }

    [Fact]
    public void Route_takes_a_larger_vehicle_when_that_is_cheaper_than_a_second_route()
    {
        // Sixteen parcels at metre 10. Vans hold four at 30 each: 4 × (30 + 20) = 200. The lorry holds all at 100: 100 + 20 = 120.
        var problem = Line.Of([0, .. Enumerable.Repeat(10, 16)]);
        for (int job = 0; job < 16; job++) problem = problem.WithVisit(job, v => v with { Delivery = [1] });
        var van = problem.Vehicles[0] with { Capacity = [4], FixedCost = 30 };
        problem = problem with { Vehicles = [.. Enumerable.Range(0, 4).Select(v => van with { Id = $"van {v}" }), van with { Id = "lorry", Capacity = [16], FixedCost = 100 }] };

        var plan = Solve(problem, iterations: 3_000);

        Assert.Equal((120L, 4), (plan.Cost.Total, Assert.Single(plan.Routes).Vehicle));
    }

    [Fact]
    public void Longer_route_goes_to_the_vehicle_that_is_cheaper_to_drive()
    {
        // Two clusters, at 10 to the left and 100 to the right, eight parcels each; both vehicles hold eight. 20 × 5 + 200 × 1 = 300, the other way round 1020.
        var problem = Line.Of([0, .. Enumerable.Repeat(-10, 8), .. Enumerable.Repeat(100, 8)]);
        for (int job = 0; job < 16; job++) problem = problem.WithVisit(job, v => v with { Delivery = [1] });
        var vehicle = problem.Vehicles[0] with { Capacity = [8] };
        problem = problem with { Vehicles = [vehicle with { CostPerMetre = 5 }, vehicle with { Id = "v1", CostPerMetre = 1 }] };

        Assert.Equal(300, Solve(problem, iterations: 500).Cost.Total);
    }

    [Fact]
    public void Vehicles_named_by_jobs_alike_are_of_one_kind()
    {
        // Both even and both odd vehicles are named alike; every job has one kind only. Two trips of 20 m.
        var problem = Line.Of([0, .. Enumerable.Repeat(10, 16)]).WithVehicles(4);
        for (int job = 0; job < 16; job++)
        {
            int kind = job % 2;
            problem = problem.WithAlternative(job, a => a with { AllowedVehicles = [kind, kind + 2] });
        }

        Assert.Equal(40, Solve(problem, iterations: 200).Cost.Total);
    }

    private static Plan Solve(Problem problem, long iterations)
    {
        Assert.Empty(ProblemValidator.Validate(problem));
        var result = RouteSearch.Solve(problem, new SearchOptions { Seed = 1, MaxIterations = iterations }, TestContext.Current.CancellationToken);
        Assert.Empty(PlanChecker.Check(problem, result.Plan).Violations);
        return result.Plan;
    }
}
