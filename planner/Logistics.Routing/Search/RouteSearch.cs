using Logistics.Routing.Model;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search;

/// <summary>Searches for the cheapest plan of a problem.</summary>
/// <remarks>Ruin and recreate under simulated annealing; see docs/optimiser.md. Deterministic for a given problem, seed, thread count and iteration budget.</remarks>
public static class RouteSearch
{
    // Sites looked at around a removal, and around an insertion.
    private const int NearSites = 120;
    private const int PromisingSites = 40;

    // A ruin of strings meets all its routes among far fewer unless many visits near it are in no route; where there are many sites, lists are most of the memory.
    private const int NearOfMany = 40;
    private const int ManySites = 5_000;

    /// <summary>Solves until the budget is spent, the target is reached or the search is cancelled; always returns the best plan so far.</summary>
    /// <param name="problem">A valid problem (see <c>ProblemValidator</c>).</param>
    public static SearchResult Solve(Problem problem, SearchOptions options, CancellationToken cancellation)
    {
        var compiled = new CompiledProblem(problem);
        var islands = MakeIslands(compiled, options, cancellation);
        islands.Run();
        var leader = islands.Leader;
        return new SearchResult(new PlanExporter(compiled).Export(leader.Best), leader.Best.IsFeasible, islands.Iterations, leader.Seconds, leader.IsCancelled);
    }

    // A method of its own: what no island needs any more when it returns is free memory.
    private static Archipelago MakeIslands(CompiledProblem compiled, SearchOptions options, CancellationToken cancellation)
    {
        var classic = ClassicProblem.Find(compiled, options.Terms);
        var neighbours = new NeighbourLists(compiled, CountNear(compiled, classic), classic is null ? PromisingSites : Math.Max(PromisingSites, ClassicNeighbours.CountScanned(classic)));
        var tables = classic is null ? null : new ClassicTables(classic, new ClassicNeighbours(classic, neighbours));
        return new Archipelago(compiled, neighbours, tables, options, cancellation);
    }

    private static int CountNear(CompiledProblem problem, ClassicProblem? classic) =>
        classic is { HasGroups: false, HasPrizes: false } && problem.SitePlace.Length > ManySites ? NearOfMany : NearSites;
}
