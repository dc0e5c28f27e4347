using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Logistics.Forecasting.Trees;

/// <summary>Scores rows without walking trees: 256 rows at a time, two byte comparisons and a blend for each node.</summary>
/// <remarks>
/// Rows are vector lanes, as in RapidScorer (Ye et al. 2018), but instead of the leaves a row may still reach, a lane holds its place (<see cref="TreeTests"/>), which stays in a register
/// for a whole tree. The model is read once for 256 rows and their columns stay in the nearest cache. Immutable and thread-safe; no allocation.
/// </remarks>
internal sealed class TreeScorer
{
    private const int Lanes = 64;
    private const int BlockRows = 4 * Lanes;

    // Trees whose outputs are added as floats before they go to the double sums.
    private const int TreesPerFlush = 16;

    private readonly FeatureBinner[] _binners;
    private readonly TreeTests _tests;
    private readonly int[] _features;

    public TreeScorer(FeatureBinner[] binners, Tree[] trees)
    {
        _binners = binners;
        _tests = new TreeTests(binners, trees);
        _features = [.. Enumerable.Range(0, binners.Length).Where(_tests.Columns.Uses)];
    }

    /// <summary>Writes the sum of all trees for each row.</summary>
    public void Score(ReadOnlySpan<float> rows, Span<double> sums)
    {
        var width = _binners.Length;
        var length = (width + _tests.Columns.Count) * BlockRows;
        var rented = ArrayPool<byte>.Shared.Rent(length + Lanes);
        try
        {
            // A vector that crosses a cache line costs two loads. Should the collector move the array, only that is lost.
            var skew = (int)(-Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref rented[0]) & (Lanes - 1));
            var bins = rented.AsSpan(skew, width * BlockRows);
            var columns = rented.AsSpan(skew + bins.Length, length - bins.Length);
            bins.Clear();
            for (var first = 0; first < sums.Length; first += BlockRows)
            {
                var count = Math.Min(BlockRows, sums.Length - first);
                foreach (var f in _features) _binners[f].Bin(rows[(first * width + f)..], width, bins.Slice(f * BlockRows, count));
                for (var c = 0; c < _tests.Columns.Count; c++) _tests.Columns.Fill(c, bins, columns.Slice(c * BlockRows, BlockRows));
                ScoreBlock(columns, sums.Slice(first, count));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void ScoreBlock(ReadOnlySpan<byte> columns, Span<double> sums)
    {
        Span<float> part = stackalloc float[BlockRows];
        sums.Clear();
        for (var first = 0; first < _tests.TreeCount; first += TreesPerFlush)
        {
            part.Clear();
            var end = Math.Min(_tests.TreeCount, first + TreesPerFlush);
            for (var t = first; t < end; t++) AddTree(_tests.TestsOf(t), ref _tests.Values[t * TreeTests.Places], columns, part);
            for (var i = 0; i < sums.Length; i++) sums[i] += part[i];
        }
    }

    private static void AddTree(ReadOnlySpan<BinTest> tests, ref float values, ReadOnlySpan<byte> columns, Span<float> part)
    {
        ref var start = ref MemoryMarshal.GetReference(columns);
        var (p0, p1, p2, p3) = (Vector512<byte>.Zero, Vector512<byte>.Zero, Vector512<byte>.Zero, Vector512<byte>.Zero);
        foreach (ref readonly var test in tests)
        {
            // A test's column is below the number of columns by construction, so the four loads stay inside the span.
            ref var column = ref Unsafe.Add(ref start, (nint)test.Column * BlockRows);
            var (limit, place, next) = (Vector512.Create(test.Limit), Vector512.Create(test.Place), Vector512.Create(test.Next));
            p0 = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.LoadUnsafe(ref column).AsSByte(), limit).AsByte() & Vector512.Equals(p0, place), next, p0);
            p1 = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.LoadUnsafe(ref column, Lanes).AsSByte(), limit).AsByte() & Vector512.Equals(p1, place), next, p1);
            p2 = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.LoadUnsafe(ref column, 2 * Lanes).AsSByte(), limit).AsByte() & Vector512.Equals(p2, place), next, p2);
            p3 = Vector512.ConditionalSelect(Vector512.GreaterThan(Vector512.LoadUnsafe(ref column, 3 * Lanes).AsSByte(), limit).AsByte() & Vector512.Equals(p3, place), next, p3);
        }

        ref var sums = ref MemoryMarshal.GetReference(part);
        AddValues(ref values, p0, ref sums);
        AddValues(ref values, p1, ref Unsafe.Add(ref sums, Lanes));
        AddValues(ref values, p2, ref Unsafe.Add(ref sums, 2 * Lanes));
        AddValues(ref values, p3, ref Unsafe.Add(ref sums, 3 * Lanes));
    }

    // Both branches add the same floats in the same order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddValues(ref float values, Vector512<byte> places, ref float sums)
    {
        if (Avx512F.IsSupported)
        {
            // Sixteen look-ups at once in a table of 32 values that fits two registers.
            var (lower, upper) = (Vector512.LoadUnsafe(ref values), Vector512.LoadUnsafe(ref values, 16));
            var (even, odd) = Vector512.Widen(places);
            Add(Vector512.WidenLower(even), 0, ref sums);
            Add(Vector512.WidenUpper(even), 16, ref sums);
            Add(Vector512.WidenLower(odd), 32, ref sums);
            Add(Vector512.WidenUpper(odd), 48, ref sums);
            return;

            void Add(Vector512<uint> index, nuint at, ref float target) =>
                (Vector512.LoadUnsafe(ref target, at) + Avx512F.PermuteVar16x32x2(lower, index.AsInt32(), upper)).StoreUnsafe(ref target, at);
        }

        for (var i = 0; i < Lanes; i++) Unsafe.Add(ref sums, i) += Unsafe.Add(ref values, (nint)places[i]);
    }
}
