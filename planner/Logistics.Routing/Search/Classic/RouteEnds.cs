using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Classic;

/// <summary>Finds for each visit the nodes that a route could come home from, or go out to, over it.</summary>
/// <remarks>
/// On the way to or from a depot lie visits far from any neighbour. In best-known plans of short routes one visit in twelve stands beside a depot and beside none of its forty
/// nearest; of those nearly all are among the first sixteen here.
/// </remarks>
internal sealed class RouteEnds(ClassicProblem problem, ClassicNeighbours neighbours)
{
    // Above this only near nodes are looked at, so that time and memory stay in proportion to the visits.
    private const int MaxScanned = 4_500;

    private readonly (int Start, int End)[] _depots = [.. problem.Source.Vehicles.Select(v => (v.Start, v.End)).DistinctBy(d => (problem.Place[d.Start], problem.Place[d.End]))];
    private readonly bool[] _isPromising = new bool[problem.VisitCount];

    public void Fill()
    {
        var heap = new BoundedHeap(neighbours.Ends.Count);
        var found = new int[neighbours.Ends.Count];
        for (int visit = 0; visit < problem.VisitCount; visit++)
        {
            Mark(visit, isPromising: true);
            if (problem.VisitCount <= MaxScanned)
            {
                for (int node = 0; node < problem.VisitCount; node++) Offer(heap, visit, node);
            }
            else
            {
                foreach (int node in neighbours.Near.AsSpan(visit * neighbours.NearCount, neighbours.NearCount))
                    if (node >= 0) Offer(heap, visit, node);
            }

            Mark(visit, isPromising: false);
            heap.DrainTo(found);
            for (int i = 0; i < found.Length; i++)
                if (found[i] >= 0) neighbours.Ends[visit, i] = ClassicNeighbours.Describe(problem, found[i], visit);
        }
    }

    private void Mark(int visit, bool isPromising)
    {
        for (int i = 0; i < neighbours.Promising.Count; i++)
            if (neighbours.Promising[visit, i].Node is >= 0 and int node) _isPromising[node] = isPromising;
    }

    private void Offer(BoundedHeap heap, int visit, int node)
    {
        if (problem.JobOf[node] == problem.JobOf[visit] || _isPromising[node] || !problem.MayShareRoute(visit, node)) return;
        bool isBefore = ClassicNeighbours.Admits(problem, node, visit), isBehind = ClassicNeighbours.Admits(problem, visit, node);
        int least = int.MaxValue;
        foreach (var (start, end) in _depots)
        {
            if (isBefore) least = Math.Min(least, problem.CostOf(node, visit) + problem.CostOf(visit, end) - problem.CostOf(node, end));
            if (isBehind) least = Math.Min(least, problem.CostOf(start, visit) + problem.CostOf(visit, node) - problem.CostOf(start, node));
        }

        if (least < int.MaxValue) heap.Offer(least, node);
    }
}
