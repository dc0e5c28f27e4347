using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Trees;

/// <summary>Scores rows without walking trees: eight trees at a time, one AND per feature.</summary>
/// <remarks>
/// In the spirit of QuickScorer (Lucchese et al. 2015). For feature f in bin b, a tree's mask holds a bit for every leaf still possible
/// when all of the tree's tests on f are answered by b. The AND over the features leaves one bit: the leaf. Eight trees' 32-bit masks fill a
/// 256-bit vector, and a block's table stays in the second-level cache while a chunk of rows passes. Immutable and thread-safe; no allocation.
/// </remarks>
internal sealed class TreeScorer
{
    private const int BlockTrees = 8;
    private const int ChunkBytes = 16 * 1024;
    private const int MaxChunkRows = 256;

    private readonly FeatureBinner[] _binners;
    private readonly Block[] _blocks;

    public TreeScorer(FeatureBinner[] binners, Tree[] trees)
    {
        _binners = binners;
        _blocks = new Block[(trees.Length + BlockTrees - 1) / BlockTrees];
        for (var i = 0; i < _blocks.Length; i++)
            _blocks[i] = new Block(binners, trees.AsSpan(i * BlockTrees, Math.Min(BlockTrees, trees.Length - i * BlockTrees)));
    }

    /// <summary>Writes the sum of all trees for each row.</summary>
    public void Score(ReadOnlySpan<float> rows, Span<double> sums)
    {
        var width = _binners.Length;
        var chunkRows = Math.Clamp(ChunkBytes / Math.Max(width, 1), 1, MaxChunkRows);
        Span<byte> bins = stackalloc byte[chunkRows * width];
        for (var first = 0; first < sums.Length; first += chunkRows)
        {
            var count = Math.Min(chunkRows, sums.Length - first);
            var values = rows.Slice(first * width, count * width);
            for (var f = 0; f < width; f++)
            {
                var binner = _binners[f];
                for (var i = f; i < values.Length; i += width) bins[i] = binner.Bin(values[i]);
            }

            var chunk = sums.Slice(first, count);
            chunk.Clear();
            foreach (var block in _blocks) block.AddTo(bins, width, chunk);
        }
    }

    private sealed class Block
    {
        private readonly int[] _features;
        private readonly int[] _offsets;
        private readonly Vector256<uint>[] _masks;
        private readonly float[] _leafValues = new float[BlockTrees * BoostingOptions.LeafLimit];

        public Block(FeatureBinner[] binners, ReadOnlySpan<Tree> trees)
        {
            var used = new SortedSet<int>();
            foreach (var tree in trees) used.UnionWith(tree.Features);
            _features = [.. used];
            _offsets = new int[_features.Length];
            var size = 0;
            for (var i = 0; i < _features.Length; i++)
            {
                _offsets[i] = size;
                size += binners[_features[i]].BinCount;
            }

            _masks = new Vector256<uint>[size];
            Array.Fill(_masks, Vector256<uint>.AllBitsSet);
            for (var lane = 0; lane < trees.Length; lane++)
            {
                var tree = trees[lane];
                for (var leaf = 0; leaf < tree.LeafCount; leaf++)
                    _leafValues[lane * BoostingOptions.LeafLimit + leaf] = (float)tree.LeafValues[leaf];
                if (tree.Features.Length > 0) AddNode(binners, tree, lane, 0);
            }
        }

        public void AddTo(ReadOnlySpan<byte> bins, int width, Span<double> sums)
        {
            ref var masks = ref MemoryMarshal.GetArrayDataReference(_masks);
            ref var values = ref MemoryMarshal.GetArrayDataReference(_leafValues);
            var features = _features.AsSpan();
            var offsets = _offsets.AsSpan(0, features.Length);
            for (var row = 0; row < sums.Length; row++)
            {
                var binsOfRow = bins.Slice(row * width, width);
                var leaves = Vector256<uint>.AllBitsSet;
                for (var i = 0; i < features.Length; i++)
                {
                    // Offset + bin is inside the table by construction; the unchecked load is worth a quarter of the scoring time.
                    leaves &= Unsafe.Add(ref masks, (nint)(offsets[i] + binsOfRow[features[i]]));
                }

                sums[row] += Value(ref values, leaves);
            }
        }

        private static double Value(ref float values, Vector256<uint> leaves)
        {
            var low = Leaf(ref values, 0, leaves[0]) + Leaf(ref values, 1, leaves[1]) + Leaf(ref values, 2, leaves[2]) + Leaf(ref values, 3, leaves[3]);
            var high = Leaf(ref values, 4, leaves[4]) + Leaf(ref values, 5, leaves[5]) + Leaf(ref values, 6, leaves[6]) + Leaf(ref values, 7, leaves[7]);
            return low + high;
        }

        // At least one bit is set, so the count is below 32 and the index inside the block's 256 values.
        private static float Leaf(ref float values, int lane, uint leaves) =>
            Unsafe.Add(ref values, (nint)(lane * BoostingOptions.LeafLimit + BitOperations.TrailingZeroCount(leaves)));

        // Clears, for every bin, the leaves that the node's answer rules out. Returns the leaves below the node.
        private uint AddNode(FeatureBinner[] binners, Tree tree, int lane, int node)
        {
            var left = tree.Left[node] >= 0 ? AddNode(binners, tree, lane, tree.Left[node]) : 1u << ~tree.Left[node];
            var right = tree.Right[node] >= 0 ? AddNode(binners, tree, lane, tree.Right[node]) : 1u << ~tree.Right[node];
            var feature = tree.Features[node];
            var offset = _offsets[Array.IndexOf(_features, feature)];
            for (var bin = 0; bin < binners[feature].BinCount; bin++)
            {
                var masks = _masks[offset + bin];
                var ruledOut = tree.GoesLeft(node, (byte)bin) ? right : left;
                _masks[offset + bin] = masks.WithElement(lane, masks[lane] & ~ruledOut);
            }

            return left | right;
        }
    }
}
