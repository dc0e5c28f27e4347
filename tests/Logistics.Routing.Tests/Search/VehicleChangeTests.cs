using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
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
        var plan = Construct(new CompiledProblem(problem with { Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [j.Alternatives[0] with { AllowedVehicles = [0] }] })] }), compiled);
        Assert.True(plan.IsFeasible && plan.RouteOf(0).Length > 40 && plan.RouteOf(1).Length == 0, "not all goes with the dear vehicle, in several trips");
        var search = Open(compiled, plan, maxUsed: 1);
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
            var plan = Construct(compiled, compiled);
            if (!plan.IsFeasible) continue;
            var search = Open(compiled, plan, int.MaxValue);
            int vehicles = search.UsedCount, before = CountTrips(compiled, plan);
            search.DropsTrips = true;
            Assert.Equal(before, search.UsedCount);
            var options = new SearchOptions { MaxIterations = 1_000 };
            int fewest = new FleetReducer(compiled, search, new Annealing(3_000, 300, new Rng(1)), new Budget(options, default)).Run(until: 1, reduces: true, () => search.KeepIn(plan));
            search.DropsTrips = false;
            Assert.True(plan.IsFeasible, $"seed {seed}: something is left out");
            Assert.Equal(fewest, CountTrips(compiled, plan));
            saved += before - fewest;
            // Afterwards as many may be made as before.
            search.Load(plan, int.MaxValue);
            Run(search, 200);
            Assert.True(search.UsedCount <= compiled.Vehicles.Length && vehicles > 0);
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

    /// <param name="as">The problem that the plan is kept for.</param>
    private static Snapshot Construct(CompiledProblem compiled, CompiledProblem @as)
    {
        var general = new GeneralSearch(compiled, new NeighbourLists(compiled, 60, 40), new InsertionOrder(compiled), [], new Rng(1));
        general.Construct(isGenerous: false);
        var plan = new Snapshot(@as);
        general.KeepIn(plan);
        return plan;
    }

    private static ClassicSearch Open(CompiledProblem compiled, Snapshot plan, int maxUsed)
    {
        var classic = ClassicProblem.Find(compiled)!;
        var search = ClassicSearch.Create(classic, new ClassicNeighbours(classic, new NeighbourLists(compiled, 60, 40)), new InsertionOrder(compiled), new Rng(3));
        search.Load(plan, maxUsed);
        return search;
    }
}
