using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Trees;

/// <summary>Eight trees scored together, see <see cref="TreeScorer"/>. Immutable; thread-safe.</summary>
internal sealed class TreeBlock
{
    public const int Size = 8;

    private const int Bins = 256;

    private readonly int[] _features;
    private readonly ushort[] _maskOfBin;
    private readonly Vector256<uint>[] _masks;
    private readonly float[] _leafValues = new float[Size * BoostingOptions.LeafLimit];

    public TreeBlock(FeatureBinner[] binners, ReadOnlySpan<Tree> trees)
    {
        var used = new SortedSet<int>();
        foreach (var tree in trees) used.UnionWith(tree.Features);
        _features = [.. used];
        var full = new Vector256<uint>[_features.Length * Bins];
        Array.Fill(full, Vector256<uint>.AllBitsSet);
        for (var lane = 0; lane < trees.Length; lane++)
        {
            var tree = trees[lane];
            for (var leaf = 0; leaf < tree.LeafCount; leaf++)
                _leafValues[lane * BoostingOptions.LeafLimit + leaf] = (float)tree.LeafValues[leaf];
            if (tree.Features.Length > 0) AddNode(full, binners, tree, lane, 0);
        }

        (_maskOfBin, _masks) = Share(full, _features.Length);
    }

    /// <summary>Adds the block's output to the sum of each row.</summary>
    /// <param name="bins">Row-major bins, <paramref name="width"/> per row.</param>
    public void AddTo(ReadOnlySpan<byte> bins, int width, Span<double> sums)
    {
        ref var masks = ref MemoryMarshal.GetArrayDataReference(_masks);
        ref var maskOfBin = ref MemoryMarshal.GetArrayDataReference(_maskOfBin);
        ref var values = ref MemoryMarshal.GetArrayDataReference(_leafValues);
        var features = _features.AsSpan();
        for (var row = 0; row < sums.Length; row++)
        {
            ref var rowBins = ref MemoryMarshal.GetReference(bins.Slice(row * width, width));
            var leaves = Vector256<uint>.AllBitsSet;
            for (var i = 0; i < features.Length; i++)
            {
                // A feature is below the width, a bin below 256 and a mask inside the table, all by construction: unchecked loads halve the time.
                nint bin = Unsafe.Add(ref rowBins, (nint)features[i]);
                leaves &= Unsafe.Add(ref masks, (nint)Unsafe.Add(ref maskOfBin, i * (nint)Bins + bin));
            }

            sums[row] += Value(ref values, leaves);
        }
    }

    private static double Value(ref float values, Vector256<uint> leaves)
    {
        var (lower, upper) = (leaves.GetLower().AsUInt64(), leaves.GetUpper().AsUInt64());
        var (a, b, c, d) = (lower.ToScalar(), lower.GetElement(1), upper.ToScalar(), upper.GetElement(1));
        var first = Leaf(ref values, 0, (uint)a) + Leaf(ref values, 1, (uint)(a >> 32)) + Leaf(ref values, 2, (uint)b) + Leaf(ref values, 3, (uint)(b >> 32));
        var second = Leaf(ref values, 4, (uint)c) + Leaf(ref values, 5, (uint)(c >> 32)) + Leaf(ref values, 6, (uint)d) + Leaf(ref values, 7, (uint)(d >> 32));
        return first + second;
    }

    // At least one bit is set, so the count is below 32 and the index inside the block's 256 values.
    private static float Leaf(ref float values, int lane, uint leaves) =>
        Unsafe.Add(ref values, (nint)(uint)(lane * BoostingOptions.LeafLimit + BitOperations.TrailingZeroCount(leaves)));

    // Clears, for every bin, the leaves that the node's answer rules out. Returns the leaves below the node.
    private uint AddNode(Vector256<uint>[] full, FeatureBinner[] binners, Tree tree, int lane, int node)
    {
        var left = tree.Left[node] >= 0 ? AddNode(full, binners, tree, lane, tree.Left[node]) : 1u << ~tree.Left[node];
        var right = tree.Right[node] >= 0 ? AddNode(full, binners, tree, lane, tree.Right[node]) : 1u << ~tree.Right[node];
        var feature = tree.Features[node];
        var offset = Array.BinarySearch(_features, feature) * Bins;
        for (var bin = 0; bin < binners[feature].BinCount; bin++)
        {
            var masks = full[offset + bin];
            var ruledOut = tree.GoesLeft(node, (byte)bin) ? right : left;
            full[offset + bin] = masks.WithElement(lane, masks[lane] & ~ruledOut);
        }

        return left | right;
    }

    // Equal masks of a feature are stored once: eight trees ask about twenty questions of a feature, not 256.
    private static (ushort[] MaskOfBin, Vector256<uint>[] Masks) Share(Vector256<uint>[] full, int features)
    {
        var maskOfBin = new ushort[full.Length];
        var masks = new List<Vector256<uint>>();
        for (var feature = 0; feature < features; feature++)
        {
            var known = new Dictionary<Vector256<uint>, ushort>();
            for (var bin = feature * Bins; bin < (feature + 1) * Bins; bin++)
            {
                if (!known.TryGetValue(full[bin], out var position))
                {
                    known[full[bin]] = position = checked((ushort)masks.Count);
                    masks.Add(full[bin]);
                }

                maskOfBin[bin] = position;
            }
        }

        return (maskOfBin, [.. masks]);
    }
}
