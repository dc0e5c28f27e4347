using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Tests.Search;

public class RouteEndsTests
{
    [Fact]
    public void A_visit_on_the_way_home_is_offered_behind_a_far_node_although_many_are_nearer()
    {
        var problem = MakeLine();
        var compiled = new CompiledProblem(problem);
        var tables = ClassicTables.Find(compiled, new NeighbourLists(compiled, 60, 40));
        Assert.NotNull(tables);
        var neighbours = tables.Neighbours;
        Assert.DoesNotContain(1, Nodes(neighbours.Promising, 0));
        Assert.Equal(1, neighbours.Ends[0, 0].Node);
        Assert.Equal(1_000, neighbours.Ends[0, 0].CostInto);
    }

    [Fact]
    public void No_node_is_both_promising_and_an_end()
    {
        var compiled = new CompiledProblem(ClassicProblems.Paired(3, 60));
        var neighbours = ClassicTables.Find(compiled, new NeighbourLists(compiled, 60, 40))!.Neighbours;
        for (int n = 0; n < compiled.VisitCount; n++)
        {
            var ends = Nodes(neighbours.Ends, n);
            Assert.NotEmpty(ends);
            Assert.Empty(ends.Intersect(Nodes(neighbours.Promising, n)));
            Assert.DoesNotContain(n, ends);
        }
    }

    [Fact]
    public void The_search_drops_it_there()
    {
        // Two vehicles of 50: the far visit takes 45, the cluster of fifty ones takes 1 each with the one between. Coming home over the one between costs nothing.
        var problem = MakeLine();
        var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 3_000 }, TestContext.Current.CancellationToken).Plan;
        var far = Assert.Single(plan.Routes, r => r.Steps.Any(s => s.Job == 1));
        Assert.Contains(far.Steps, s => s.Job == 0);
    }

    private static int[] Nodes(NeighbourTable neighbours, int visit) => [.. Enumerable.Range(0, neighbours.Count).Select(i => neighbours[visit, i].Node).Where(n => n >= 0)];

    /// <summary>Depot at 0; job 0 at 1,000 east, job 1 at 2,000 east; fifty jobs 600 to 649 north of job 0.</summary>
    private static Problem MakeLine()
    {
        double[] x = [0, 1_000, 2_000, .. Enumerable.Repeat(1_000.0, 50)];
        double[] y = [0, 0, 0, .. Enumerable.Range(0, 50).Select(i => 600.0 + i)];
        return new Problem
        {
            Name = "line",
            Dimensions = 1,
            Places = [.. x.Select((_, p) => new Place($"place {p}") { X = x[p], Y = y[p] })],
            Profiles = [new EuclideanTravel(x, y, 1, PlaneRounding.Nearest)],
            Depots = [new Depot { Id = "depot", Place = 0 }],
            Vehicles = [.. Enumerable.Range(0, 2).Select(v => new Vehicle { Id = $"vehicle {v}", StartDepot = 0, EndDepot = 0, Capacity = [50], CostPerMetre = 1 })],
            Jobs = [.. Enumerable.Range(0, 52).Select(j => new Job { Id = $"job {j}", Alternatives = [new Alternative { Visits = [new Visit { Place = j + 1, Delivery = [j == 1 ? 45 : 1] }] }] })],
        };
    }
}
