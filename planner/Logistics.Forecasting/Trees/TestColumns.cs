using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Trees;

/// <summary>Turns bins into columns of signed bytes in which each test of a tree is one comparison with a limit.</summary>
/// <remarks>
/// "Up to bin t, missing values too" reads the bins as they are; "up to bin t, without missing values" reads them with the missing bin moved above all others; any other set of
/// bins has a column of its own, shared by the nodes that ask for the same set. Filled when the model is made, immutable and thread-safe afterwards.
/// </remarks>
internal sealed class TestColumns
{
    // Signed comparison is the one every vector unit has; flipping the highest bit keeps the order of unsigned bytes.
    private const byte Flip = 0x80;

    private readonly List<TestColumn> _columns = [];
    private readonly Dictionary<(int Feature, bool IsMissingLast), ushort> _ordered = [];
    private readonly Dictionary<(int Feature, UInt128 Low, UInt128 High), ushort> _sets = [];

    public int Count => _columns.Count;

    /// <summary>Column and limit of a node's test: above the limit is the right side.</summary>
    public (ushort Column, sbyte Limit) Add(Tree tree, int node, int bins)
    {
        var feature = tree.Features[node];
        var intervals = Intervals(tree, node, bins);
        if (intervals is [var (low, span)] && low <= 1)
        {
            var key = (feature, low == 1);
            if (!_ordered.TryGetValue(key, out var ordered)) _ordered[key] = ordered = Append(new TestColumn(feature, low == 1, Intervals: null));
            return (ordered, (sbyte)(span ^ Flip));
        }

        var words = tree.LeftBins.AsSpan(node * Tree.SetWords, Tree.SetWords);
        var setKey = (feature, new UInt128(words[1], words[0]), new UInt128(words[3], words[2]));
        if (!_sets.TryGetValue(setKey, out var set)) _sets[setKey] = set = Append(new TestColumn(feature, IsMissingLast: false, [.. intervals]));
        return (set, -1);
    }

    /// <summary>Fills a column for a block of rows.</summary>
    /// <param name="bins">Bins of all features, feature by feature, each as long as the values.</param>
    /// <param name="values">One for each row; a multiple of 64 rows.</param>
    public void Fill(int column, ReadOnlySpan<byte> bins, Span<byte> values)
    {
        var kind = _columns[column];
        bins = bins.Slice(kind.Feature * values.Length, values.Length);
        var shift = Vector512.Create((byte)(kind.IsMissingLast ? 1 : 0));
        for (var at = 0; at < values.Length; at += Vector512<byte>.Count)
        {
            var bin = Vector512.Create(bins[at..]);
            var value = bin - shift;
            if (kind.Intervals is { } intervals)
            {
                var isIn = Vector512<byte>.Zero;
                foreach (var (low, span) in intervals) isIn |= Vector512.LessThanOrEqual(bin - Vector512.Create(low), Vector512.Create(span));
                value = ~isIn;
            }

            (value ^ Vector512.Create(Flip)).CopyTo(values[at..]);
        }
    }

    /// <summary>Whether any test asks for a feature.</summary>
    public bool Uses(int feature) => _columns.Exists(c => c.Feature == feature);

    private ushort Append(TestColumn column)
    {
        _columns.Add(column);
        return checked((ushort)(_columns.Count - 1));
    }

    // The bins that go left as intervals [Low, Low + Span].
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

    /// <param name="IsMissingLast">Bin 0 counts as above all others.</param>
    /// <param name="Intervals">Of the bins that go left, if the column is a set; else null.</param>
    private sealed record TestColumn(int Feature, bool IsMissingLast, (byte Low, byte Span)[]? Intervals);
}
