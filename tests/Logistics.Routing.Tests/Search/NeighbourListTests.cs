using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Tests.Search;

/// <summary>Who is a neighbour of whom.</summary>
public sealed class NeighbourListTests
{
    [Fact]
    public void Visits_that_no_vehicle_may_make_both_are_no_neighbours()
    {
        // Vehicles 0 and 1 belong together by job b, 2 is alone: at one place there are two sites, each its own neighbour only.
        var compiled = new CompiledProblem(Make([0], [0, 1], [2]));
        var lists = new NeighbourLists(compiled, 10, 10);
        int[] sites = [.. Enumerable.Range(0, 3).Select(n => compiled.Nodes[n].Site)];
        Assert.Equal(sites[0], sites[1]);
        Assert.NotEqual(sites[0], sites[2]);
        Assert.Equal([sites[2]], Known(lists.Near.AsSpan(sites[2] * lists.NearCount, lists.NearCount)));
        Assert.Equal([sites[0]], Known(lists.Promising.AsSpan(sites[0] * lists.PromisingCount, lists.PromisingCount)));
    }

    [Fact]
    public void A_job_open_to_all_joins_all_vehicles() =>
        Assert.Single(new CompiledProblem(Make([0], null, [2])).SitePlace);

    private static int[] Known(ReadOnlySpan<int> list) => [.. list.ToArray().Where(s => s >= 0)];

    private static Problem Make(params int[]?[] allowed) => new()
    {
        Places = [new Place("depot"), new Place("shop")],
        Profiles = [new MatrixTravel(2, [0, 9, 9, 0], [0, 9, 9, 0])],
        Depots = [new Depot { Id = "depot", Place = 0 }],
        Vehicles = [.. Enumerable.Range(0, 3).Select(v => new Vehicle { Id = $"van {v}" })],
        Jobs = [.. allowed.Select(a => new Job { Id = "job", Alternatives = [new Alternative { AllowedVehicles = a, Visits = [new Visit { Place = 1 }] }] })],
    };
}
