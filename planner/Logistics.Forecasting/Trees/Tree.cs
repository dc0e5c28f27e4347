namespace Logistics.Forecasting.Trees;

/// <summary>One decision tree over binned features. Every test is a set of bins that go left, so numbers, classes and missing values are alike.</summary>
/// <remarks>Node 0 is the root. A child ≥ 0 is a node, a child &lt; 0 is the leaf ~child. Immutable after growing; thread-safe.</remarks>
public sealed class Tree
{
    /// <summary>Words of a 256-bit bin set.</summary>
    internal const int SetWords = 4;

    public Tree(int[] features, int[] left, int[] right, ulong[] leftBins, double[] nodeValues, double[] leafValues, float[] gains)
    {
        Features = features;
        Left = left;
        Right = right;
        LeftBins = leftBins;
        NodeValues = nodeValues;
        LeafValues = leafValues;
        Gains = gains;
    }

    public int[] Features { get; }

    public int[] Left { get; }

    public int[] Right { get; }

    /// <summary>Four words per node: bit b is set when bin b goes left.</summary>
    public ulong[] LeftBins { get; }

    /// <summary>Row-weighted mean of the leaf values below each node; what the tree would say had it stopped there.</summary>
    public double[] NodeValues { get; }

    public double[] LeafValues { get; }

    /// <summary>Loss reduction of each node's split.</summary>
    public float[] Gains { get; }

    public int LeafCount => LeafValues.Length;

    internal bool GoesLeft(int node, byte bin) => ((LeftBins[node * SetWords + (bin >> 6)] >> (bin & 63)) & 1) != 0;

    /// <summary>Leaf of a row of a binned table.</summary>
    public int FindLeaf(BinnedTable table, int row)
    {
        if (Features.Length == 0) return 0;
        var node = 0;
        while (node >= 0) node = GoesLeft(node, table.Column(Features[node])[row]) ? Left[node] : Right[node];
        return ~node;
    }

    /// <summary>Adds each feature's share of this tree's output for one row (the change of node value along its path; Saabas 2014).</summary>
    /// <returns>The root's value, which no feature explains.</returns>
    public double AddContributions(ReadOnlySpan<byte> bins, Span<double> contributions)
    {
        if (Features.Length == 0) return LeafValues[0];
        var node = 0;
        while (true)
        {
            var feature = Features[node];
            var child = GoesLeft(node, bins[feature]) ? Left[node] : Right[node];
            var value = child >= 0 ? NodeValues[child] : LeafValues[~child];
            contributions[feature] += value - NodeValues[node];
            if (child < 0) return NodeValues[0];
            node = child;
        }
    }
}
