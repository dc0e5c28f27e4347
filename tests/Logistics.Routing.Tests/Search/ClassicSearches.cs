using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Tests.Search;

/// <summary>First plans, and classic searches that go on from them.</summary>
internal static class ClassicSearches
{
    /// <param name="as">The problem that the plan is kept for.</param>
    public static Snapshot Construct(CompiledProblem compiled, CompiledProblem @as)
    {
        var general = new GeneralSearch(compiled, new NeighbourLists(compiled, 60, 40), new InsertionOrder(compiled), [], new Rng(1));
        general.Construct(isGenerous: false);
        var plan = new Snapshot(@as);
        general.KeepIn(plan);
        return plan;
    }

    public static ClassicSearch Open(CompiledProblem compiled, TripTerms[]? terms, ulong seed, Snapshot plan, int maxUsed = int.MaxValue)
    {
        var classic = ClassicProblem.Find(compiled, terms)!;
        var search = ClassicSearch.Create(classic, new ClassicNeighbours(classic, new NeighbourLists(compiled, 60, 40)), new InsertionOrder(compiled), new Rng(seed));
        search.Load(plan, maxUsed);
        return search;
    }
}
