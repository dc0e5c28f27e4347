using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>Loads in the dimensions beyond the first, which sits in the node itself: [node × (Dimensions − 1) + k − 1].</summary>
internal sealed class ExtraLoads
{
    public ExtraLoads(CompiledProblem problem)
    {
        Width = Math.Max(0, problem.Dimensions - 1);
        Load = new long[problem.Nodes.Length * Width];
        HighestBefore = new long[Load.Length];
        HighestAfter = new long[Load.Length];
    }

    public int Width { get; }
    public long[] Load { get; }
    public long[] HighestBefore { get; }
    public long[] HighestAfter { get; }
}
