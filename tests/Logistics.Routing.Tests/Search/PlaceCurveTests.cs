using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Tests.Search;

public class PlaceCurveTests
{
    private const int Many = 6_000;

    [Fact]
    public void Of_many_visits_those_near_in_order_are_near_on_the_map()
    {
        var problem = ClassicProblems.Windowed(3, Many);
        var order = PlaceCurve.Order(problem, new JobTable(problem));
        Assert.Equal(Enumerable.Range(0, Many), order.Order());
        // A curve through n random points of a square is about √n sides long, a random tour n ÷ 2.
        Assert.True(Length(problem, order) < 0.05 * Length(problem, [.. Enumerable.Range(0, Many)]));
    }

    [Fact]
    public void Few_visits_and_places_without_coordinates_keep_their_order()
    {
        var few = ClassicProblems.Windowed(3, 100);
        Assert.Equal(Enumerable.Range(0, 100), PlaceCurve.Order(few, new JobTable(few)));
        var blind = ClassicProblems.Windowed(3, Many);
        blind = blind with { Places = [.. blind.Places.Select((p, i) => i == 17 ? new Place(p.Id) : p)] };
        Assert.Equal(Enumerable.Range(0, Many), PlaceCurve.Order(blind, new JobTable(blind)));
    }

    [Fact]
    public void Pairs_find_each_other_whatever_the_order()
    {
        // Two visits to an alternative, one alternative to a job.
        var compiled = new CompiledProblem(OnDemand(ClassicProblems.Paired(5, Many)));
        for (int a = 0; a < compiled.Jobs.JobOf.Length; a++)
        {
            int first = compiled.Jobs.FirstNode[a], second = compiled.Jobs.SecondNode[a];
            Assert.Equal((a, a), (compiled.Nodes[first].Alternative, compiled.Nodes[second].Alternative));
            Assert.Equal((second, first), (compiled.Nodes[first].Mate, compiled.Nodes[second].Mate));
        }
    }

    /// <summary>Two vehicles only: the problem is compiled, not solved.</summary>
    private static Problem OnDemand(Problem problem) => problem with { Vehicles = [.. problem.Vehicles.Take(2)] };

    private static double Length(Problem problem, int[] order)
    {
        double length = 0;
        for (int i = 1; i < order.Length; i++)
        {
            Place from = PlaceOf(problem, order[i - 1]), to = PlaceOf(problem, order[i]);
            length += Math.Sqrt(((from.X - to.X) * (from.X - to.X)) + ((from.Y - to.Y) * (from.Y - to.Y)));
        }

        return length;
    }

    private static Place PlaceOf(Problem problem, int job) => problem.Places[problem.Jobs[job].Alternatives[0].Visits[0].Place];
}
