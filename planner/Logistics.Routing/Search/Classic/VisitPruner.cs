namespace Logistics.Routing.Search.Classic;

/// <summary>Takes visits out again that cost more than leaving them out: the other half of a repair that may pay too much.</summary>
/// <remarks>Single visits only. Profitable tours: Feillet, Dejax and Gendreau 2005.</remarks>
internal sealed class VisitPruner<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, TLegs legs)
    where TLegs : struct, IClassicLegs
{
    /// <summary>True when the job was served and is no longer, because that is cheaper.</summary>
    public bool TryPrune(int job)
    {
        int node = problem.FirstNode[job];
        if (routes.Gaps[node].Route < 0 || FindSaving(node) <= problem.Prize[job]) return false;
        int previous = routes.Gaps[node].Previous, next = routes.Gaps[node].Next;
        routes.Unlink(node);
        if (routes.Settle(previous, next)) return true;
        // Without the triangle inequality a shorter route may be later than a longer one.
        routes.Link(node, previous);
        routes.Settle(previous, next);
        return false;
    }

    private long FindSaving(int node)
    {
        ref readonly var at = ref routes.Gaps[node];
        ref readonly var before = ref routes.Gaps[at.Previous];
        long saving = (long)before.LegCost + at.LegCost, rate = TLegs.HasKinds ? problem.Rate[at.Route] : 1;
        return routes.Sums[at.Route].Count == 1 ? (rate * saving) + problem.FixedCost[at.Route] : rate * (saving - legs.Cost(before.Place, at.NextPlace));
    }
}
