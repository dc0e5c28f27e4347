using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Logistics.Forecasting.Trees;

/// <summary>Scores rows without walking trees: 128 rows at a time, one byte compare and a masked AND per node.</summary>
/// <remarks>
/// QuickScorer (Lucchese et al. 2015) with rows as vector lanes, as in RapidScorer (Ye et al. 2018). A row's bits are the leaves it may still reach, the leftmost
/// leaf highest; they lie in four planes of eight leaves, so that most nodes touch one byte of a row. A node whose test fails rules out the leaves on its left;
/// whatever the order of nodes, the first leaf left is the row's. Immutable and thread-safe; no allocation.
/// </remarks>
internal sealed class TreeScorer
{
    private const int Lanes = 64;
    private const int ChunkRows = 2 * Lanes;
    private const int LargestStack = 32 * 1024;

    // Trees whose outputs are added as floats before they go to the double sums.
    private const int TreesPerFlush = 16;

    private readonly FeatureBinner[] _binners;
    private readonly TreeTests[] _trees;

    public TreeScorer(FeatureBinner[] binners, Tree[] trees)
    {
        _binners = binners;
        _trees = Array.ConvertAll(trees, t => new TreeTests(t, binners));
    }

    /// <summary>Writes the sum of all trees for each row.</summary>
    public void Score(ReadOnlySpan<float> rows, Span<double> sums)
    {
        var width = _binners.Length;
        var length = width * ChunkRows;
        byte[]? rented = null;
        var bins = length <= LargestStack ? stackalloc byte[length] : (rented = ArrayPool<byte>.Shared.Rent(length)).AsSpan(0, length);
        try
        {
            for (var first = 0; first < sums.Length; first += ChunkRows)
            {
                var count = Math.Min(ChunkRows, sums.Length - first);
                if (count < ChunkRows) bins.Clear();
                // Feature by feature, so that a node loads the bins of 64 rows at once.
                for (var f = 0; f < width; f++) _binners[f].Bin(rows[(first * width + f)..], width, bins.Slice(f * ChunkRows, count));
                ScoreChunk(bins, sums.Slice(first, count));
            }
        }
        finally
        {
            if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void ScoreChunk(ReadOnlySpan<byte> bins, Span<double> sums)
    {
        Span<float> part = stackalloc float[ChunkRows];
        Span<Vector512<byte>> planes = stackalloc Vector512<byte>[2 * TreeTests.Planes];
        sums.Clear();
        for (var first = 0; first < _trees.Length; first += TreesPerFlush)
        {
            part.Clear();
            var end = Math.Min(_trees.Length, first + TreesPerFlush);
            for (var t = first; t < end; t++)
            {
                var tree = _trees[t];
                planes.Fill(Vector512<byte>.AllBitsSet);
                RuleOut(tree, bins, planes);
                AddLeaves(tree.Values, FirstLeaf(planes, 0), part[..Lanes]);
                AddLeaves(tree.Values, FirstLeaf(planes, 1), part[Lanes..]);
            }

            for (var i = 0; i < sums.Length; i++) sums[i] += part[i];
        }
    }

    private static void RuleOut(TreeTests tree, ReadOnlySpan<byte> bins, Span<Vector512<byte>> planes)
    {
        ref var columns = ref MemoryMarshal.GetReference(bins);
        ref var leaves = ref MemoryMarshal.GetReference(planes);
        foreach (ref readonly var test in tree.Tests.AsSpan())
        {
            // A feature is below the width and a plane below four by construction, so both loads stay inside their spans.
            ref var column = ref Unsafe.Add(ref columns, test.Feature * ChunkRows);
            var (b0, b1) = (Vector512.LoadUnsafe(ref column), Vector512.LoadUnsafe(ref column, Lanes));
            var (low, span) = (Vector512.Create(test.Low), Vector512.Create(test.Span));
            var in0 = Vector512.LessThanOrEqual(b0 - low, span);
            var in1 = Vector512.LessThanOrEqual(b1 - low, span);
            for (var i = test.FirstMore; i < test.EndMore; i++)
            {
                var (nextLow, nextSpan) = tree.More(i);
                in0 |= Vector512.LessThanOrEqual(b0 - nextLow, nextSpan);
                in1 |= Vector512.LessThanOrEqual(b1 - nextLow, nextSpan);
            }

            for (int plane = test.FirstPlane; plane <= test.LastPlane; plane++)
            {
                var keep = Vector512.Create((byte)(test.Keep >> (8 * plane)));
                ref var at = ref Unsafe.Add(ref leaves, 2 * plane);
                at &= in0 | keep;
                ref var next = ref Unsafe.Add(ref at, 1);
                next &= in1 | keep;
            }
        }
    }

    // Number of the leftmost leaf left in each row.
    private static Vector512<byte> FirstLeaf(ReadOnlySpan<Vector512<byte>> planes, int group)
    {
        var bits = planes[2 * 3 + group];
        var leaf = Vector512.Create((byte)24);
        for (var plane = 2; plane >= 0; plane--)
        {
            var earlier = planes[2 * plane + group];
            var isEmpty = Vector512.Equals(earlier, Vector512<byte>.Zero);
            bits = Vector512.ConditionalSelect(isEmpty, bits, earlier);
            leaf = Vector512.ConditionalSelect(isEmpty, leaf, Vector512.Create((byte)(8 * plane)));
        }

        // Zeros above the highest bit, by halving: where the upper part is empty, the rest moves up.
        (bits, leaf) = Halve(bits, leaf, 0x0F, 4);
        (bits, leaf) = Halve(bits, leaf, 0x3F, 2);
        return Halve(bits, leaf, 0x7F, 1).Leaf;
    }

    private static (Vector512<byte> Bits, Vector512<byte> Leaf) Halve(Vector512<byte> bits, Vector512<byte> leaf, byte largest, byte step)
    {
        var isLow = Vector512.LessThanOrEqual(bits, Vector512.Create(largest));
        return (Vector512.ConditionalSelect(isLow, bits << step, bits), leaf + (isLow & Vector512.Create(step)));
    }

    private static void AddLeaves(float[] values, Vector512<byte> leaf, Span<float> sums)
    {
        if (Avx512F.IsSupported)
        {
            // Sixteen look-ups at once in a table of 32 values that fits two registers.
            var (lower, upper) = (Vector512.LoadUnsafe(ref values[0]), Vector512.LoadUnsafe(ref values[16]));
            ref var to = ref MemoryMarshal.GetReference(sums);
            var (even, odd) = Vector512.Widen(leaf);
            Add(Vector512.WidenLower(even), 0, ref to);
            Add(Vector512.WidenUpper(even), 16, ref to);
            Add(Vector512.WidenLower(odd), 32, ref to);
            Add(Vector512.WidenUpper(odd), 48, ref to);
            return;

            void Add(Vector512<uint> index, nuint at, ref float target) =>
                (Vector512.LoadUnsafe(ref target, at) + Avx512F.PermuteVar16x32x2(lower, index.AsInt32(), upper)).StoreUnsafe(ref target, at);
        }

        Span<byte> leaves = stackalloc byte[Lanes];
        leaf.CopyTo(leaves);
        for (var i = 0; i < Lanes; i++) sums[i] += values[leaves[i]];
    }
}
