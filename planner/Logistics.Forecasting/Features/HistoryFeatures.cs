using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Features;

/// <summary>What the series itself did before the origin, as multiples of its level.</summary>
internal sealed class HistoryFeatures(SeriesWindows[] windows, bool[] isEventDay) : IFeatureGroup
{
    /// <summary>Name of the column with what quick exponential smoothing expects.</summary>
    public const string QuickSmoothing = "smooth_fast";

    private static readonly int[] MeanLengths = [3, 7, 14, 56, 91, 182, 364];

    private readonly SmoothedSeries[] _slow = Array.ConvertAll(windows, w => new SmoothedSeries(w.Series, 0.08, 0.08));
    private readonly SmoothedSeries[] _fast = Array.ConvertAll(windows, w => new SmoothedSeries(w.Series, 0.3, 0.15));

    public IReadOnlyList<FeatureColumn> Columns { get; } =
    [
        .. Enumerable.Range(0, 7).Select(i => new FeatureColumn($"lag_{i}")),
        .. Enumerable.Range(1, 4).Select(i => new FeatureColumn($"same_weekday_{i}")),
        new("same_weekday_mean_4"), new("same_weekday_mean_8"), new("same_weekday_plain_8"), new("weekday_index_26"),
        .. MeanLengths.Select(n => new FeatureColumn($"mean_{n}")),
        new("plain_mean_56"), new("week_growth"),
        new("q10_28"), new("q50_28"), new("q90_28"), new("max_28"), new("std_28"), new("zero_share_28", Meaning: ColumnMeaning.Plain),
        new("log_level", Meaning: ColumnMeaning.Plain), new("age", Meaning: ColumnMeaning.Plain), new("days_since_parcel", Meaning: ColumnMeaning.Distance), new("smooth_slow"), new(QuickSmoothing),
    ];

    public void Write(ForecastPoint point, Span<float> values)
    {
        var w = windows[point.Series];
        var (origin, scale) = (point.Origin, point.Scale);
        var at = 0;
        for (var i = 0; i < 7; i++) values[at++] = (float)(w.ValueOrMissing(origin - i) / scale);

        var weekday = point.Target - (point.Horizon + 6) / 7 * 7;
        for (var i = 0; i < 4; i++) values[at++] = (float)(w.ValueOrMissing(weekday - 7 * i) / scale);
        values[at++] = (float)(WeekdayMean(w, weekday, 4, plainOnly: false) / scale);
        values[at++] = (float)(WeekdayMean(w, weekday, 8, plainOnly: false) / scale);
        values[at++] = (float)(WeekdayMean(w, weekday, 8, plainOnly: true) / scale);
        values[at++] = (float)(w.Age(origin) >= 56 ? WeekdayMean(w, weekday, 26, plainOnly: true) / w.Mean(origin, 182) : double.NaN);

        foreach (var length in MeanLengths) values[at++] = (float)(w.FullMean(origin, length) / scale);
        values[at++] = (float)(w.PlainMean(origin, 56) / scale);
        var before = w.FullMean(origin - 7, 7);
        values[at++] = (float)(before > 0 ? Math.Min(w.Mean(origin, 7) / before, 10) : double.NaN);
        WriteSpread(w, origin, scale, values.Slice(at, 5));
        at += 5;
        values[at++] = (float)w.ZeroShare(origin, 28);
        values[at++] = (float)Math.Log(scale);
        values[at++] = Math.Min(w.Age(origin), 400);
        values[at++] = (float)w.DaysSinceParcel(origin);
        values[at++] = (float)(_slow[point.Series].Forecast(origin, point.Target) / scale);
        values[at] = (float)(_fast[point.Series].Forecast(origin, point.Target) / scale);
    }

    private double WeekdayMean(SeriesWindows w, int day, int weeks, bool plainOnly)
    {
        double sum = 0;
        var count = 0;
        for (var i = 0; i < weeks && day >= w.Series.FirstDay; i++, day -= 7)
        {
            if (plainOnly && isEventDay[day]) continue;
            sum += w.Series[day];
            count++;
        }

        return count > 0 ? sum / count : double.NaN;
    }

    // Quantiles, maximum and deviation of the last 28 days.
    private static void WriteSpread(SeriesWindows w, int origin, double scale, Span<float> values)
    {
        var length = Math.Min(28, w.Age(origin));
        if (length < 7)
        {
            values.Fill(float.NaN);
            return;
        }

        Span<double> days = stackalloc double[28];
        days = days[..length];
        double sum = 0, squares = 0;
        for (var i = 0; i < length; i++)
        {
            days[i] = w.Series[origin - i] / scale;
            sum += days[i];
            squares += days[i] * days[i];
        }

        days.Sort();
        values[0] = (float)days[(int)((length - 1) * 0.1)];
        values[1] = (float)((days[(length - 1) / 2] + days[length / 2]) / 2);
        values[2] = (float)days[(int)Math.Ceiling((length - 1) * 0.9)];
        values[3] = (float)days[length - 1];
        values[4] = (float)Math.Sqrt(Math.Max(0, squares / length - sum / length * (sum / length)));
    }
}
