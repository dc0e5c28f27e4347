using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Classic.Pool;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Tests.Search.Pool;

public class RouteRecombinerTests
{
    [Fact]
    public void The_good_halves_of_two_plans_become_one_plan()
    {
        // Four visits near 100 and four near −100 on a line; each route holds two.
        double[] x = [0, 100, 101, 110, 111, -100, -101, -110, -111];
        var compiled = new CompiledProblem(MakeProblem(x));
        var tables = ClassicTables.Find(compiled, new NeighbourLists(compiled, 60, 40))!;
        var search = ClassicSearch.Create(tables.Problem, tables.Neighbours, new InsertionOrder(compiled), new Rng(1));
        var recombiner = new RouteRecombiner(tables.Problem);

        // East paired well, west badly: 2·101 + 2·111 + 2·110 + 2·111 = 866; the other way round as much.
        var plan = Load(search, compiled, tables.Problem, [[0, 1], [2, 3], [4, 6], [5, 7]]);
        search.Record(recombiner.Pool);
        Load(search, compiled, tables.Problem, [[0, 2], [1, 3], [4, 5], [6, 7]]);
        search.Record(recombiner.Pool);
        Assert.Equal(866, plan.Cost);
        Assert.True(recombiner.TryImprove(plan, 10_000));

        // 2·101 + 2·111 twice.
        Assert.Equal(848, plan.Cost);
        search.Load(plan, int.MaxValue);
        Assert.Equal(848, search.Cost);
        Assert.False(recombiner.TryImprove(plan, 10_000));
    }

    private static Snapshot Load(ClassicSearch search, CompiledProblem compiled, ClassicProblem problem, int[][] routes)
    {
        var plan = new Snapshot(compiled);
        long cost = 0;
        for (int v = 0; v < routes.Length; v++)
        {
            plan.TakeRoute(v, routes[v]);
            int at = compiled.Vehicles[v].Start;
            foreach (int n in routes[v].Append(compiled.Vehicles[v].End))
            {
                cost += problem.CostOf(at, n);
                at = n;
            }
        }

        plan.Describe(cost, 0, 0, routes.Length);
        search.Load(plan, int.MaxValue);
        Assert.Equal(cost, search.Cost);
        return plan;
    }

    private static Problem MakeProblem(double[] x) => new()
    {
        Name = "halves",
        Dimensions = 1,
        Places = [.. x.Select((_, p) => new Place($"place {p}") { X = x[p], Y = 0 })],
        Profiles = [new EuclideanTravel(x, new double[x.Length], 1, PlaneRounding.Nearest)],
        Depots = [new Depot { Id = "depot", Place = 0 }],
        Vehicles = [.. Enumerable.Range(0, 4).Select(v => new Vehicle { Id = $"vehicle {v}", StartDepot = 0, EndDepot = 0, Capacity = [2], CostPerMetre = 1 })],
        Jobs = [.. Enumerable.Range(1, x.Length - 1).Select(p => new Job { Id = $"job {p}", Alternatives = [new Alternative { Visits = [new Visit { Place = p, Delivery = [1] }] }] })],
    };
}
