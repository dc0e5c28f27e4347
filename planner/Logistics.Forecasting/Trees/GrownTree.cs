namespace Logistics.Forecasting.Trees;

/// <summary>A tree while it grows: leaves turn into nodes and their values may still be renewed.</summary>
internal sealed class GrownTree(int maxLeaves)
{
    private readonly int[] _features = new int[maxLeaves];
    private readonly int[] _left = new int[maxLeaves];
    private readonly int[] _right = new int[maxLeaves];
    private readonly ulong[] _leftBins = new ulong[maxLeaves * Tree.SetWords];
    private readonly float[] _gains = new float[maxLeaves];
    private readonly int[] _leafParent = new int[maxLeaves];

    public int Leaves { get; private set; } = 1;

    public double[] LeafValues { get; } = new double[maxLeaves];

    public double[] LeafWeights { get; } = new double[maxLeaves];

    /// <summary>Turns a leaf into a node. The left child keeps the leaf's number; the right child's number is returned.</summary>
    public int Split(int leaf, SplitCandidate split)
    {
        var node = Leaves - 1;
        var newLeaf = Leaves++;
        if (node > 0)
        {
            var parent = _leafParent[leaf];
            if (_left[parent] == ~leaf) _left[parent] = node;
            else _right[parent] = node;
        }

        _features[node] = split.Feature;
        _gains[node] = (float)split.Gain;
        for (var word = 0; word < Tree.SetWords; word++) _leftBins[node * Tree.SetWords + word] = split.LeftBins[word];
        (_left[node], _right[node]) = (~leaf, ~newLeaf);
        _leafParent[leaf] = _leafParent[newLeaf] = node;
        return newLeaf;
    }

    /// <summary>The finished tree, its values multiplied by <paramref name="scale"/>.</summary>
    public Tree ToTree(double scale)
    {
        var nodes = Leaves - 1;
        var leaves = LeafValues.AsSpan(0, Leaves).ToArray();
        for (var leaf = 0; leaf < leaves.Length; leaf++) leaves[leaf] *= scale;
        var values = new double[nodes];
        var weights = new double[nodes];
        // A child node is always numbered after its parent, so a backward pass meets children first.
        for (var node = nodes - 1; node >= 0; node--)
        {
            var (leftValue, leftWeight) = Side(_left[node]);
            var (rightValue, rightWeight) = Side(_right[node]);
            weights[node] = leftWeight + rightWeight;
            values[node] = weights[node] > 0 ? (leftValue * leftWeight + rightValue * rightWeight) / weights[node] : 0;
        }

        return new Tree(_features[..nodes], _left[..nodes], _right[..nodes], _leftBins[..(nodes * Tree.SetWords)], values, leaves, _gains[..nodes]);

        (double Value, double Weight) Side(int child) =>
            child >= 0 ? (values[child], weights[child]) : (leaves[~child], LeafWeights[~child]);
    }
}
