namespace Logistics.Forecasting.Trees;

/// <summary>All trees as one list of tests on byte columns, for <see cref="TreeScorer"/>. Immutable; thread-safe.</summary>
/// <remarks>
/// A row carries the number of its place in the tree. It starts at place 0; a node whose test it fails sends it from the node's place to the new place of the right child,
/// while the left child keeps the place. Parents come before children, so after one pass the place names the leaf.
/// </remarks>
internal sealed class TreeTests
{
    /// <summary>Places of a tree, one for each leaf it may have.</summary>
    public const int Places = BoostingOptions.LeafLimit;

    private readonly int[] _firstTest;

    public TreeTests(FeatureBinner[] binners, Tree[] trees)
    {
        Columns = new TestColumns();
        Values = new float[trees.Length * Places];
        Tests = new BinTest[trees.Sum(t => t.Features.Length)];
        _firstTest = new int[trees.Length + 1];
        for (var t = 0; t < trees.Length; t++)
        {
            AddTree(trees[t], binners, Tests.AsSpan(_firstTest[t]), Values.AsSpan(t * Places, Places));
            _firstTest[t + 1] = _firstTest[t] + trees[t].Features.Length;
        }
    }

    public int TreeCount => _firstTest.Length - 1;

    /// <summary>The columns that the tests read.</summary>
    public TestColumns Columns { get; }

    public BinTest[] Tests { get; }

    /// <summary>Leaf values by tree, by place.</summary>
    public float[] Values { get; }

    /// <summary>Tests of one tree, parents first.</summary>
    public ReadOnlySpan<BinTest> TestsOf(int tree) => Tests.AsSpan(_firstTest[tree], _firstTest[tree + 1] - _firstTest[tree]);

    private void AddTree(Tree tree, FeatureBinner[] binners, Span<BinTest> tests, Span<float> values)
    {
        if (tree.Features.Length == 0) values[0] = (float)tree.LeafValues[0];
        Span<byte> placeOf = stackalloc byte[Places];
        placeOf[0] = 0;
        for (var node = 0; node < tree.Features.Length; node++)
        {
            var (place, next) = (placeOf[node], (byte)(node + 1));
            var (column, limit) = Columns.Add(tree, node, binners[tree.Features[node]].BinCount);
            tests[node] = new BinTest(column, limit, place, next);
            Send(tree.Left[node], place, placeOf, values);
            Send(tree.Right[node], next, placeOf, values);
        }

        void Send(int child, byte place, Span<byte> places, Span<float> leaves)
        {
            if (child >= 0) places[child] = place;
            else leaves[place] = (float)tree.LeafValues[~child];
        }
    }
}

/// <summary>A row at Place whose column exceeds Limit goes on to Next.</summary>
/// <param name="Column">Number of the column.</param>
internal readonly record struct BinTest(ushort Column, sbyte Limit, byte Place, byte Next);
