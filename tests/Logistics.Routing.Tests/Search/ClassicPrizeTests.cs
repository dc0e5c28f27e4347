using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Tests.Search;

/// <summary>All visits lie 50 m from the depot, on one spot: there and back is 100.</summary>
public class ClassicPrizeTests
{
    [Theory]
    [InlineData(new[] { 99L }, 99, 1)]
    [InlineData(new[] { 101L }, 100, 0)]
    [InlineData(new[] { 60L, 60L }, 100, 0)]
    [InlineData(new[] { 60L, 30L }, 90, 2)]
    public void A_far_visit_is_served_when_prizes_pay_the_way(long[] prizes, long cost, int absent)
    {
        var best = Search(Make(prizes, fixedCost: 0));
        Assert.Equal((cost, absent, 0), (best.Cost, best.Absent, best.AbsentMandatory));
    }

    [Theory]
    [InlineData(149, 149, 1)]
    [InlineData(151, 150, 0)]
    public void A_prize_must_pay_for_the_vehicle_too(long prize, long cost, int absent)
    {
        var best = Search(Make([prize], fixedCost: 50));
        Assert.Equal((cost, absent), (best.Cost, best.Absent));
    }

    [Fact]
    public void What_must_be_served_takes_those_along_that_alone_would_not_pay()
    {
        var problem = Make([1, 1], fixedCost: 0);
        var best = Search(problem with { Jobs = [problem.Jobs[0] with { UnservedCost = null }, problem.Jobs[1]] });
        Assert.Equal((100L, 0), (best.Cost, best.Absent));
    }

    [Fact]
    public void Visits_that_do_not_pay_are_pruned_and_others_stay()
    {
        var compiled = new CompiledProblem(Make([99, 101], fixedCost: 0));
        var tables = Tables(compiled);
        var legs = new TimelessLegs(tables.Problem.Costs!, tables.Problem.CostsInto!, compiled.Legs[0].Stride);
        var routes = new ClassicRoutes<TimelessLegs>(tables.Problem, legs);
        var pruner = new VisitPruner<TimelessLegs>(tables.Problem, routes, legs);
        for (int v = 0; v < 2; v++) routes.Link(tables.Problem.FirstNode[v], compiled.Vehicles[v].Start);
        Assert.Equal(200, routes.Cost);
        Assert.True(pruner.TryPrune(0));
        Assert.False(pruner.TryPrune(1));
        Assert.Equal(100, routes.Cost);
        Assert.False(pruner.TryPrune(0));
    }

    private static Snapshot Search(Problem problem)
    {
        var compiled = new CompiledProblem(problem);
        var tables = Tables(compiled);
        var rng = new Rng(1);
        var search = ClassicSearch.Create(tables.Problem, tables.Neighbours, new InsertionOrder(compiled), rng);
        var best = new Snapshot(compiled);
        search.Load(best, int.MaxValue);
        var annealing = new Annealing(50, 1, rng);
        annealing.Cool(0.5);
        for (int step = 0; step < 1_000; step++)
            if (search.TryStep(annealing) && search.Cost < best.Cost) search.KeepIn(best);
        return best;
    }

    private static ClassicTables Tables(CompiledProblem compiled)
    {
        var tables = ClassicTables.Find(compiled, new NeighbourLists(compiled, 60, 40));
        Assert.NotNull(tables);
        return tables;
    }

    private static Problem Make(long[] prizes, long fixedCost)
    {
        double[] x = [0, .. prizes.Select(_ => 30.0)], y = [0, .. prizes.Select(_ => 40.0)];
        return new Problem
        {
            Name = "prizes",
            Dimensions = 1,
            Places = [.. x.Select((_, p) => new Place($"place {p}") { X = x[p], Y = y[p] })],
            Profiles = [new EuclideanTravel(x, y, 1, PlaneRounding.Nearest)],
            Depots = [new Depot { Id = "depot", Place = 0 }],
            Vehicles = [.. Enumerable.Range(0, 2).Select(v => new Vehicle { Id = $"vehicle {v}", StartDepot = 0, EndDepot = 0, Capacity = [100], CostPerMetre = 1, FixedCost = fixedCost })],
            Jobs = [.. prizes.Select((p, j) => new Job { Id = $"job {j}", UnservedCost = p, Alternatives = [new Alternative { Visits = [new Visit { Place = j + 1, Delivery = [1] }] }] })],
        };
    }
}
