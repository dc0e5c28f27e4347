using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Tests.Search;

/// <summary>Whole routes change vehicles only where the plan stays legal and gets cheaper.</summary>
public sealed class RouteSwapperTests
{
    [Theory]
    [InlineData(1000, "near on dear, far on cheap")]
    [InlineData(199, "far on dear, near on cheap")]
    public void The_long_route_goes_to_the_vehicle_that_is_cheap_to_drive_where_its_shift_allows(int latest, string expected)
    {
        // Far is 200 s out and back, near 20 s.
        var problem = new Problem
        {
            Places = [new Place("depot"), new Place("far"), new Place("near")],
            Profiles = [new MatrixTravel(3, [0, 100, 10, 100, 0, 100, 10, 100, 0], [0, 100, 10, 100, 0, 100, 10, 100, 0])],
            Depots = [new Depot { Id = "depot", Place = 0 }],
            Vehicles =
            [
                new Vehicle { Id = "dear", CostPerMetre = 5 },
                new Vehicle { Id = "cheap", CostPerMetre = 2, Shift = new TimeWindow(0, latest), Breaks = [new Break { Id = "rest", Windows = [new TimeWindow(0, 500)], DurationSeconds = 0 }] },
            ],
            Jobs = [.. new[] { 1, 2 }.Select(place => new Job { Id = $"to {place}", Alternatives = [new Alternative { Visits = [new Visit { Place = place }] }] })],
        };
        var (compiled, solution) = Load(problem, new BareRoute(0, [BareStep.VisitOf(0, 0, 0)]), new BareRoute(1, [BareStep.VisitOf(1, 0, 0)]));
        new RouteSwapper(compiled, solution).Run();
        Assert.Equal(expected, solution.Jobs.VehicleOf[0] == 0 ? "far on dear, near on cheap" : "near on dear, far on cheap");
        Assert.Equal(expected[0] == 'n' ? 500 : 1040, solution.Cost);
    }

    [Fact]
    public void Trips_go_along_to_an_idle_vehicle()
    {
        var problem = new Problem
        {
            Places = [new Place("depot"), new Place("shop")],
            Profiles = [new MatrixTravel(2, [0, 10, 10, 0], [0, 10, 10, 0])],
            Depots = [new Depot { Id = "depot", Place = 0 }],
            Vehicles = [.. new[] { (Fixed: 90, Trips: 2), (Fixed: 10, Trips: 1), (Fixed: 30, Trips: 2) }.Select((v, i) => new Vehicle { Id = $"{i}", FixedCost = v.Fixed, Capacity = [1], MaxTrips = v.Trips, ReloadDepots = [0] })],
            Jobs = [.. new[] { 0, 1 }.Select(i => new Job { Id = $"{i}", Alternatives = [new Alternative { Visits = [new Visit { Place = 1, Delivery = [1] }] }] })],
        };
        var (compiled, solution) = Load(problem, new BareRoute(0, [BareStep.VisitOf(0, 0, 0), BareStep.ReloadAt(0), BareStep.VisitOf(1, 0, 0)]));
        new RouteSwapper(compiled, solution).Run();
        // The cheapest may not drive twice.
        Assert.Equal([2, 2], solution.Jobs.VehicleOf);
        Assert.Equal(30, solution.Cost);
    }

    [Fact]
    public void On_random_problems_plans_stay_legal_and_never_get_dearer()
    {
        int better = 0;
        for (int seed = 0; seed < 80; seed++)
        {
            var other = RandomProblems.Make(seed, jobs: 16);
            // Planned for other prices, routes are on the wrong vehicles.
            var problem = other with { Vehicles = [.. other.Vehicles.Select((v, i) => v with { FixedCost = other.Vehicles[^(i + 1)].FixedCost + (100 * i), CostPerMetre = other.Vehicles[^(i + 1)].CostPerMetre })] };
            var compiled = new CompiledProblem(other);
            var general = Begin(compiled, seed);
            general.Construct(isGenerous: false);
            var best = new Snapshot(compiled);
            general.KeepIn(best);
            var plan = new PlanExporter(compiled).Export(best);
            compiled = new CompiledProblem(problem);
            general = Begin(compiled, seed);
            general.Begin(plan);
            long before = general.Cost;
            int absent = general.Solution.Jobs.AbsentCount;
            general.SwapRoutes();
            Assert.True(general.Cost <= before, $"seed {seed}: {before} became {general.Cost}");
            Assert.Equal(absent, general.Solution.Jobs.AbsentCount);
            if (general.Cost < before) better++;
            best = new Snapshot(compiled);
            general.KeepIn(best);
            var check = PlanChecker.Check(problem, new PlanExporter(compiled).Export(best));
            if (best.IsFeasible) Assert.True(check.IsLegal, $"seed {seed}: {string.Join(", ", check.Violations)}");
            long believed = best.Cost - (best.AbsentMandatory * compiled.MandatoryCost);
            Assert.True(check.Cost.Total <= believed, $"seed {seed}: believed {believed}, the checker finds {check.Cost.Total}");
        }

        Assert.True(better > 4, $"only {better} plans improved");
    }

    private static GeneralSearch Begin(CompiledProblem problem, int seed) =>
        new(problem, new NeighbourLists(problem, 120, 40), new InsertionOrder(problem), [], new Rng((ulong)seed));

    private static (CompiledProblem Compiled, Solution Solution) Load(Problem problem, params BareRoute[] routes)
    {
        var compiled = new CompiledProblem(problem);
        var solution = new Solution(compiled);
        solution.Begin();
        new WarmStarter(compiled, solution).Load(PlanScheduler.Schedule(problem, routes));
        solution.Commit();
        return (compiled, solution);
    }
}
