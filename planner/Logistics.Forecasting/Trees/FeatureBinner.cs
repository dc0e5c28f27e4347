using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Trees;

/// <summary>Turns one feature's values into at most 256 bins; bin 0 is "missing" (NaN, or a class never seen in training).</summary>
/// <remarks>
/// Numeric: bin b ≥ 1 holds the values in (edge[b−2], edge[b−1]]; above the last edge is the last bin. Categorical: the 255
/// most frequent classes have a bin each. Immutable and thread-safe.
/// </remarks>
public sealed class FeatureBinner
{
    /// <summary>Bins that hold values; with the missing bin they fit a byte.</summary>
    public const int MaxValueBins = 255;

    private const int BlockLength = 16;
    private const int PaddedLength = BlockLength * BlockLength;
    private const int SampleSize = 40_000;

    private readonly float[] _edges;
    private readonly float[] _padded;
    private readonly float[] _blockEnds;
    private readonly byte[] _classBins;

    private FeatureBinner(bool isCategorical, float[] edges, int[] classes)
    {
        IsCategorical = isCategorical;
        _edges = edges;
        // Padding with infinity, which no value exceeds, makes every search the same two steps.
        _padded = new float[PaddedLength];
        Array.Fill(_padded, float.PositiveInfinity);
        edges.CopyTo(_padded, 0);
        _blockEnds = [.. _padded.Chunk(BlockLength).Select(block => block[^1])];
        Classes = classes;
        _classBins = new byte[classes.Length == 0 ? 0 : classes.Max() + 1];
        for (var i = 0; i < classes.Length; i++) _classBins[classes[i]] = (byte)(i + 1);
        BinCount = isCategorical ? classes.Length + 1 : edges.Length + 2;
    }

    public bool IsCategorical { get; }

    /// <summary>Number of bins including the missing bin.</summary>
    public int BinCount { get; }

    /// <summary>Upper edges of the numeric bins but the last, ascending.</summary>
    public IReadOnlyList<float> Edges => _edges;

    /// <summary>Classes by bin: class <c>Classes[b − 1]</c> is in bin b.</summary>
    public IReadOnlyList<int> Classes { get; }

    public static FeatureBinner FromEdges(float[] edges) => new(isCategorical: false, edges, []);

    public static FeatureBinner FromClasses(int[] classes) => new(isCategorical: true, [], classes);

    /// <summary>Learns the bins of one column of a table.</summary>
    public static FeatureBinner Fit(FeatureTable table, int column)
    {
        var stride = Math.Max(1, table.Rows / SampleSize);
        var sample = new List<float>(table.Rows / stride + 1);
        for (var row = 0; row < table.Rows; row += stride)
        {
            var value = table.Row(row)[column];
            if (!float.IsNaN(value)) sample.Add(value);
        }

        return table.Columns[column].IsCategorical ? FitClasses(sample) : FitEdges(sample);
    }

    /// <summary>Bin of a value, in [0, <see cref="BinCount"/>).</summary>
    public byte Bin(float value)
    {
        if (float.IsNaN(value)) return 0;
        if (IsCategorical) return value >= 0 && value < _classBins.Length ? _classBins[(int)value] : (byte)0;

        // The count of edges below the value: full blocks by their last edges, then edges of the block where it ends, without a branch to mispredict.
        ref var edges = ref MemoryMarshal.GetArrayDataReference(_padded);
        var block = CountBelow(ref MemoryMarshal.GetArrayDataReference(_blockEnds), value);
        return (byte)(block * BlockLength + CountBelow(ref Unsafe.Add(ref edges, (nint)(block * BlockLength)), value) + 1);
    }

    private static int CountBelow(ref float edges, float value) =>
        BitOperations.PopCount(Vector512.LessThan(Vector512.LoadUnsafe(ref edges), Vector512.Create(value)).ExtractMostSignificantBits());

    /// <summary>Bins of one column of row-major values.</summary>
    /// <param name="values">From the column's first value on.</param>
    /// <param name="stride">Values in a row.</param>
    /// <param name="bins">One for each row.</param>
    public void Bin(ReadOnlySpan<float> values, int stride, Span<byte> bins)
    {
        for (int i = 0, at = 0; i < bins.Length; i++, at += stride) bins[i] = Bin(values[at]);
    }

    private static FeatureBinner FitClasses(List<float> sample)
    {
        var classes = sample.Where(v => v is >= 0 and < 1_000_000).GroupBy(v => (int)v)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key)
            .Take(MaxValueBins).Select(g => g.Key).ToArray();
        return FromClasses(classes);
    }

    private static FeatureBinner FitEdges(List<float> sample)
    {
        sample.Sort();
        var distinct = new List<(float Value, int Count)>();
        foreach (var value in sample)
        {
            if (distinct.Count > 0 && distinct[^1].Value.Equals(value))
                distinct[^1] = (value, distinct[^1].Count + 1);
            else
                distinct.Add((value, 1));
        }

        var edges = new List<float>(MaxValueBins - 1);
        if (distinct.Count <= MaxValueBins)
        {
            for (var i = 0; i + 1 < distinct.Count; i++) AddEdge(distinct[i].Value, distinct[i + 1].Value);
            return FromEdges([.. edges]);
        }

        // Equal shares of the rows; a value that fills a share alone leaves the rest to the other bins.
        var remaining = sample.Count;
        var share = 0;
        for (var i = 0; i + 1 < distinct.Count && edges.Count < MaxValueBins - 1; i++)
        {
            share += distinct[i].Count;
            if (share * (long)(MaxValueBins - edges.Count) < remaining) continue;
            AddEdge(distinct[i].Value, distinct[i + 1].Value);
            remaining -= share;
            share = 0;
        }

        return FromEdges([.. edges]);

        void AddEdge(float below, float above)
        {
            var middle = (float)(((double)below + above) / 2);
            edges.Add(middle < above ? Math.Max(middle, below) : below);
        }
    }
}
