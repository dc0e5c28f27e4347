using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Trees;

/// <summary>As many trees as fit a 256-bit vector of leaf masks, scored together, see <see cref="TreeScorer"/>. Immutable; thread-safe.</summary>
/// <typeparam name="T">Mask of one tree: <see cref="ushort"/> for up to 16 leaves (16 trees a block), <see cref="uint"/> for up to 32 (8 trees).</typeparam>
internal sealed class TreeBlock<T>
    where T : unmanaged, IBinaryInteger<T>
{

    private const int Bins = 256;

    private static readonly int Leaves = Unsafe.SizeOf<T>() * 8;

    private readonly int[] _features;
    private readonly ushort[] _maskOfBin;
    private readonly Vector256<T>[] _masks;
    private readonly float[] _leafValues = new float[Vector256<T>.Count * Leaves];

    public TreeBlock(FeatureBinner[] binners, ReadOnlySpan<Tree> trees)
    {
        var used = new SortedSet<int>();
        foreach (var tree in trees) used.UnionWith(tree.Features);
        _features = [.. used];
        var full = new Vector256<T>[_features.Length * Bins];
        Array.Fill(full, Vector256<T>.AllBitsSet);
        for (var lane = 0; lane < trees.Length; lane++)
        {
            var tree = trees[lane];
            for (var leaf = 0; leaf < tree.LeafCount; leaf++)
                _leafValues[lane * Leaves + leaf] = (float)tree.LeafValues[leaf];
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
            var leaves = Vector256<T>.AllBitsSet;
            for (var i = 0; i < features.Length; i++)
            {
                // A feature is below the width, a bin below 256 and a mask inside the table, all by construction: unchecked loads halve the time.
                nint bin = Unsafe.Add(ref rowBins, (nint)features[i]);
                leaves &= Unsafe.Add(ref masks, (nint)Unsafe.Add(ref maskOfBin, i * (nint)Bins + bin));
            }

            sums[row] += Value(ref values, leaves);
        }
    }

    private static double Value(ref float values, Vector256<T> leaves)
    {
        var words = leaves.AsUInt64();
        return Quarter(ref values, 0, words.ToScalar()) + Quarter(ref values, 1, words.GetElement(1))
            + Quarter(ref values, 2, words.GetElement(2)) + Quarter(ref values, 3, words.GetElement(3));
    }

    // The trees of one 64-bit word: two masks of 32 bits or four of 16. The type test is settled when the code is compiled for T.
    private static float Quarter(ref float values, int quarter, ulong word)
    {
        if (typeof(T) == typeof(uint))
            return Leaf(ref values, quarter * 2, (uint)word) + Leaf(ref values, quarter * 2 + 1, (uint)(word >> 32));
        return Leaf(ref values, quarter * 4, (uint)word) + Leaf(ref values, quarter * 4 + 1, (uint)(word >> 16))
            + (Leaf(ref values, quarter * 4 + 2, (uint)(word >> 32)) + Leaf(ref values, quarter * 4 + 3, (uint)(word >> 48)));
    }

    // At least one of the lane's own bits is set, so the count stays below Leaves and the index inside the block's values.
    private static float Leaf(ref float values, int lane, uint leaves) =>
        Unsafe.Add(ref values, (nint)(uint)(lane * Leaves + BitOperations.TrailingZeroCount(leaves)));

    // Clears, for every bin, the leaves that the node's answer rules out. Returns the leaves below the node.
    private T AddNode(Vector256<T>[] full, FeatureBinner[] binners, Tree tree, int lane, int node)
    {
        var left = tree.Left[node] >= 0 ? AddNode(full, binners, tree, lane, tree.Left[node]) : T.One << ~tree.Left[node];
        var right = tree.Right[node] >= 0 ? AddNode(full, binners, tree, lane, tree.Right[node]) : T.One << ~tree.Right[node];
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

    // Equal masks of a feature are stored once: a block's trees ask a few dozen questions of a feature, not 256.
    private static (ushort[] MaskOfBin, Vector256<T>[] Masks) Share(Vector256<T>[] full, int features)
    {
        var maskOfBin = new ushort[full.Length];
        var masks = new List<Vector256<T>>();
        for (var feature = 0; feature < features; feature++)
        {
            var known = new Dictionary<Vector256<T>, ushort>();
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
