using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Tests.Search;

/// <summary>Which vehicles go, and how many trips they make, is changed as a whole.</summary>
public sealed class VehicleChangeTests
{
    [Fact]
    public void A_cheaper_vehicle_takes_over_all_trips_of_a_dear_one()
    {
        var problem = ClassicProblems.WithTrips(ClassicProblems.Rough(5, 40), 5, vehicles: 2);
        problem = problem with
        {
            Vehicles = [problem.Vehicles[0] with { FixedCost = 50_000, Capacity = [120] }, problem.Vehicles[1] with { FixedCost = 100, Capacity = [90] }],
            Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [j.Alternatives[0] with { AllowedVehicles = null, ReleaseTime = 0, Visits = [.. j.Alternatives[0].Visits.Select(v => v with { Windows = [new(0, 15_000)], HandlingSeconds = 10 })] }] })],
        };
        var compiled = new CompiledProblem(problem);
        // Only the dear one may go at first.
        var plan = ClassicSearches.Construct(new CompiledProblem(problem with { Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [j.Alternatives[0] with { AllowedVehicles = [0] }] })] }), compiled);
        Assert.True(plan.IsFeasible && plan.RouteOf(0).Length > 40 && plan.RouteOf(1).Length == 0, "not all goes with the dear vehicle, in several trips");
        var search = ClassicSearches.Open(compiled, null, 3, plan, maxUsed: 1);
        Run(search, 2_000);
        search.KeepIn(plan);
        Assert.True(plan.IsFeasible);
        Assert.True(plan.RouteOf(0).Length == 0 && plan.RouteOf(1).Length > 40, "the dear vehicle still goes");
        Assert.Equal(new PlanExporter(compiled).Export(plan).Routes.Sum(r => r.Cost.Total), search.Cost);
    }

    [Fact]
    public void Trips_are_saved_without_leaving_anything_out()
    {
        int saved = 0;
        for (int seed = 0; seed < 8; seed++)
        {
            var compiled = new CompiledProblem(ClassicProblems.WithTripKinds(ClassicProblems.WithTrips(ClassicProblems.Rough(seed, 30), seed, vehicles: 10)));
            var plan = ClassicSearches.Construct(compiled, compiled);
            if (!plan.IsFeasible) continue;
            var search = ClassicSearches.Open(compiled, null, 3, plan);
            int before = CountTrips(compiled, plan);
            search.DropsTrips = true;
            Assert.Equal(before, search.UsedCount);
            var options = new SearchOptions { MaxIterations = 1_000 };
            int fewest = new FleetReducer(compiled, search, new Annealing(3_000, 300, new Rng(1)), new Budget(options, default)).Run(until: 1, reduces: true, () => search.KeepIn(plan));
            search.DropsTrips = false;
            Assert.True(plan.IsFeasible, $"seed {seed}: something is left out");
            Assert.Equal(fewest, CountTrips(compiled, plan));
            saved += before - fewest;
            search.Load(plan, int.MaxValue);
            Assert.Equal(plan.VehiclesUsed, search.UsedCount);
        }

        Assert.True(saved > 3, $"{saved} trips saved");
    }

    private static void Run(ClassicSearch search, int steps)
    {
        var annealing = new Annealing(300, 30, new Rng(7));
        for (int step = 0; step < steps; step++)
        {
            annealing.Cool((double)step / steps);
            search.TryStep(annealing);
        }
    }

    private static int CountTrips(CompiledProblem compiled, Snapshot plan) =>
        Enumerable.Range(0, compiled.Vehicles.Length).Select(v => plan.RouteOf(v).ToArray()).Where(r => r.Length > 0).Sum(r => 1 + r.Count(n => compiled.Nodes[n].Kind != NodeKind.Visit));
}
