namespace Logistics.Domain.Devices;

/// <summary>Which sequence numbers of one boot of one device are stored: a high-water mark and the gaps below it.</summary>
/// <remarks>
/// Exact where a bare mark is not: an event that arrives late fills its gap and is stored, one that arrives twice is a duplicate.
/// A device that sends in order has no gaps, and the mark is two numbers. Not thread-safe.
/// </remarks>
public sealed class SequenceMark
{
    /// <summary>Beyond this many gaps the oldest is closed: numbers in it count as seen from then on.</summary>
    public const int MaximumGaps = 256;

    // Half-open [start, end), ascending, disjoint, all below High + 1.
    private readonly List<(long Start, long End)> _gaps = [];

    public SequenceMark(long boot, long high = -1)
    {
        Boot = boot;
        High = high;
    }

    public long Boot { get; }

    /// <summary>Highest number stored; −1 for none.</summary>
    public long High { get; private set; }

    public int GapCount => _gaps.Count;

    /// <summary>Gaps that had to be closed unseen because there were too many.</summary>
    public int ClosedGaps { get; private set; }

    /// <summary>Takes a number in.</summary>
    /// <param name="sequence">0 or more.</param>
    /// <returns>False when the number was taken before.</returns>
    public bool TryTake(long sequence)
    {
        if (sequence > High)
        {
            if (sequence > High + 1)
            {
                AddGap(High + 1, sequence);
            }

            High = sequence;
            return true;
        }

        var index = FindGap(sequence);
        if (index < 0)
        {
            return false;
        }

        var (start, end) = _gaps[index];
        _gaps.RemoveAt(index);
        if (sequence + 1 < end)
        {
            _gaps.Insert(index, (sequence + 1, end));
        }

        if (start < sequence)
        {
            _gaps.Insert(index, (start, sequence));
        }

        return true;
    }

    /// <summary>True when the number was taken before.</summary>
    public bool Contains(long sequence) => sequence <= High && FindGap(sequence) < 0;

    /// <summary>The gaps as <c>start-end,start-end</c> (half-open); empty for none.</summary>
    public string FormatGaps() => string.Join(',', _gaps.Select(gap => FormattableString.Invariant($"{gap.Start}-{gap.End}")));

    /// <summary>Restores a mark from what <see cref="FormatGaps"/> wrote.</summary>
    public static SequenceMark Restore(long boot, long high, string gaps)
    {
        var mark = new SequenceMark(boot, high);
        foreach (var part in gaps.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            var start = long.Parse(part.AsSpan(0, dash), System.Globalization.CultureInfo.InvariantCulture);
            var end = long.Parse(part.AsSpan(dash + 1), System.Globalization.CultureInfo.InvariantCulture);
            mark._gaps.Add((start, end));
        }

        return mark;
    }

    private void AddGap(long start, long end)
    {
        _gaps.Add((start, end));
        if (_gaps.Count > MaximumGaps)
        {
            _gaps.RemoveAt(0);
            ClosedGaps++;
        }
    }

    private int FindGap(long sequence)
    {
        // From the newest: late events are usually only a little late.
        for (var i = _gaps.Count - 1; i >= 0; i--)
        {
            if (sequence >= _gaps[i].End)
            {
                return -1;
            }

            if (sequence >= _gaps[i].Start)
            {
                return i;
            }
        }

        return -1;
    }
}
