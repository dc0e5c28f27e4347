using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Trees;

/// <summary>One tree as a list of tests on bins, for <see cref="TreeScorer"/>. Immutable; thread-safe.</summary>
internal sealed class TreeTests
{
    /// <summary>Bytes of a row's leaf bits; plane p holds leaves 8 p … 8 p + 7, the leftmost highest.</summary>
    public const int Planes = BoostingOptions.LeafLimit / PlaneLeaves;

    private const int PlaneLeaves = 8;

    private readonly List<(byte Low, byte Span)> _more = [];

    public TreeTests(Tree tree, FeatureBinner[] binners)
    {
        Values = new float[BoostingOptions.LeafLimit];
        Tests = new BinTest[tree.Features.Length];
        var leaves = 0;
        if (tree.Features.Length == 0) Values[0] = (float)tree.LeafValues[0];
        else AddNode(tree, binners, 0, ref leaves);
    }

    /// <summary>Leaf values from left to right.</summary>
    public float[] Values { get; }

    public BinTest[] Tests { get; }

    /// <summary>A further interval of a test, ready to compare.</summary>
    public (Vector512<byte> Low, Vector512<byte> Span) More(int index) => (Vector512.Create(_more[index].Low), Vector512.Create(_more[index].Span));

    // Leaves are numbered from left to right; those below the left child are what a failed test rules out.
    private void AddNode(Tree tree, FeatureBinner[] binners, int node, ref int leaves)
    {
        var first = leaves;
        AddChild(tree, binners, tree.Left[node], ref leaves);
        uint ruledOut = 0;
        for (var leaf = first; leaf < leaves; leaf++) ruledOut |= 0x80u >> (leaf % PlaneLeaves) << (leaf / PlaneLeaves * PlaneLeaves);
        var last = leaves - 1;
        AddChild(tree, binners, tree.Right[node], ref leaves);

        var intervals = Intervals(tree, node, binners[tree.Features[node]].BinCount);
        var more = _more.Count;
        _more.AddRange(intervals.Skip(1));
        Tests[node] = new BinTest(
            tree.Features[node], intervals[0].Low, intervals[0].Span, (byte)(first / PlaneLeaves), (byte)(last / PlaneLeaves), ~ruledOut, more, _more.Count);
    }

    private void AddChild(Tree tree, FeatureBinner[] binners, int child, ref int leaves)
    {
        if (child >= 0) AddNode(tree, binners, child, ref leaves);
        else Values[leaves++] = (float)tree.LeafValues[~child];
    }

    private static List<(byte Low, byte Span)> Intervals(Tree tree, int node, int bins)
    {
        var intervals = new List<(byte, byte)>();
        for (var bin = 0; bin < bins; bin++)
        {
            if (!tree.GoesLeft(node, (byte)bin)) continue;
            var low = bin;
            while (bin + 1 < bins && tree.GoesLeft(node, (byte)(bin + 1))) bin++;
            intervals.Add(((byte)low, (byte)(bin - low)));
        }

        return intervals;
    }
}

/// <summary>Does a bin lie in [Low, Low + Span], or in one of the further intervals? If not, only the leaves in Keep remain.</summary>
/// <param name="FirstPlane">First plane with leaves to rule out.</param>
/// <param name="Keep">Plane p's bits in byte p.</param>
/// <param name="FirstMore">Further intervals [FirstMore, EndMore): a set of classes may need several.</param>
internal readonly record struct BinTest(int Feature, byte Low, byte Span, byte FirstPlane, byte LastPlane, uint Keep, int FirstMore, int EndMore);
