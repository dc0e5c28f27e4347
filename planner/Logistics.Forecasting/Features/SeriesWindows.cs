using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Features;

/// <summary>Sums over any stretch of days of one series in constant time. Days are panel days; ends are exclusive.</summary>
internal sealed class SeriesWindows
{
    private readonly VolumeSeries _series;
    private readonly double[] _sum;
    private readonly double[] _plainSum;
    private readonly int[] _plainCount;
    private readonly int[] _zeroCount;
    private readonly int[] _lastNonZero;

    public SeriesWindows(VolumeSeries series, bool[] isEventDay)
    {
        _series = series;
        var n = series.Values.Length;
        _sum = new double[n + 1];
        _plainSum = new double[n + 1];
        _plainCount = new int[n + 1];
        _zeroCount = new int[n + 1];
        _lastNonZero = new int[n];
        var last = -1;
        for (var i = 0; i < n; i++)
        {
            var value = series.Values[i];
            var isPlain = !isEventDay[series.FirstDay + i];
            _sum[i + 1] = _sum[i] + value;
            _plainSum[i + 1] = _plainSum[i] + (isPlain ? value : 0);
            _plainCount[i + 1] = _plainCount[i] + (isPlain ? 1 : 0);
            _zeroCount[i + 1] = _zeroCount[i] + (value <= 0 ? 1 : 0);
            if (value > 0) last = i;
            _lastNonZero[i] = last;
        }
    }

    public VolumeSeries Series => _series;

    /// <summary>Days of history up to and including the day.</summary>
    public int Age(int day) => day - _series.FirstDay + 1;

    /// <summary>Mean of the last days up to and including the day, over those the series has; NaN without any.</summary>
    public double Mean(int day, int length)
    {
        var (from, to) = Range(day, length);
        return to > from ? (_sum[to] - _sum[from]) / (to - from) : double.NaN;
    }

    /// <summary>As <see cref="Mean"/>, but NaN unless the series has all the days.</summary>
    public double FullMean(int day, int length) => Age(day) >= length ? Mean(day, length) : double.NaN;

    /// <summary>Mean over days without holiday or promotion; NaN with fewer than seven of them.</summary>
    public double PlainMean(int day, int length)
    {
        var (from, to) = Range(day, length);
        var count = to > from ? _plainCount[to] - _plainCount[from] : 0;
        return count >= 7 ? (_plainSum[to] - _plainSum[from]) / count : double.NaN;
    }

    public double ZeroShare(int day, int length)
    {
        var (from, to) = Range(day, length);
        return to > from ? (double)(_zeroCount[to] - _zeroCount[from]) / (to - from) : double.NaN;
    }

    /// <summary>Days since the last parcel, up to and including the day; NaN if there never was one.</summary>
    public double DaysSinceParcel(int day)
    {
        var last = _lastNonZero[day - _series.FirstDay];
        return last < 0 ? double.NaN : day - _series.FirstDay - last;
    }

    /// <summary>Level of the series at the day: the 28-day mean, or a longer one while that is empty; 0 for a series without parcels.</summary>
    public double Scale(int day)
    {
        ReadOnlySpan<int> lengths = [28, 91, 364, int.MaxValue / 2];
        foreach (var length in lengths)
            if (Mean(day, length) is > 0 and var mean) return mean;
        return 0;
    }

    /// <summary>A level of the given kind, &gt; 0 whenever <see cref="Scale(int)"/> is.</summary>
    public double Scale(int day, LevelKind kind)
    {
        var month = Scale(day);
        var other = kind switch
        {
            LevelKind.Recent => (Mean(day, 7) + Mean(day, 14) + month) / 3,
            LevelKind.Plain => PlainMean(day, 56),
            _ => month,
        };
        // A level far below the month's (a silent week, an event-only past) would blow ratios up.
        return other > 0.2 * month ? other : month;
    }

    /// <summary>Value of a day, or NaN before the series began.</summary>
    public double ValueOrMissing(int day) => day >= _series.FirstDay ? _series[day] : double.NaN;

    private (int From, int To) Range(int day, int length)
    {
        var to = day - _series.FirstDay + 1;
        return (Math.Max(0, to - length), Math.Max(0, to));
    }
}

/// <summary>What a model calls a series' level. Members of an ensemble differ in it, because each is wrong at other times.</summary>
public enum LevelKind
{
    /// <summary>Mean of the last 28 days.</summary>
    Month,

    /// <summary>Mean of the 7-, 14- and 28-day means: quick to follow a change.</summary>
    Recent,

    /// <summary>Mean of the last 56 days without holidays and promotions: a peak just past does not raise it.</summary>
    Plain,
}
