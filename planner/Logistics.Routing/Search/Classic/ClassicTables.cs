using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Classic;

/// <summary>What the classic search reads and never changes.</summary>
internal sealed record ClassicTables(ClassicProblem Problem, ClassicNeighbours Neighbours)
{
    /// <summary>Null when the problem asks for more than the classic search can.</summary>
    public static ClassicTables? Find(CompiledProblem problem, NeighbourLists sites) =>
        ClassicProblem.Find(problem) is { } classic ? new ClassicTables(classic, new ClassicNeighbours(classic, sites)) : null;
}
