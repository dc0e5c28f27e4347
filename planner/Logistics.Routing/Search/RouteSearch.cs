using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>Searches for the cheapest plan of a problem.</summary>
/// <remarks>Ruin and recreate under simulated annealing; see docs/optimiser.md. Deterministic for a given problem, seed, thread count and iteration budget.</remarks>
public static class RouteSearch
{
    // Sites looked at around a removal, and around an insertion.
    private const int NearSites = 120;
    private const int PromisingSites = 40;

    /// <summary>Solves until the budget is spent, the target is reached or the search is cancelled; always returns the best plan so far.</summary>
    /// <param name="problem">A valid problem (see <c>ProblemValidator</c>).</param>
    public static SearchResult Solve(Problem problem, SearchOptions options, CancellationToken cancellation)
    {
        var compiled = new CompiledProblem(problem);
        var neighbours = new NeighbourLists(compiled, NearSites, PromisingSites);
        var island = new Island(compiled, neighbours, options, 0, cancellation);
        island.Run();
        return Conclude(compiled, island.Best, island.Iterations, island.Seconds, island.IsCancelled);
    }

    private static SearchResult Conclude(CompiledProblem compiled, Snapshot best, long iterations, double seconds, bool isCancelled) =>
        new(new PlanExporter(compiled).Export(best), best.IsFeasible, iterations, seconds, isCancelled);
}
