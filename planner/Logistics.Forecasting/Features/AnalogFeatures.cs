using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Features;

/// <summary>What the series did on the analogous day of the year before, against the level it had as long before that day.</summary>
internal sealed class AnalogFeatures(SeriesWindows[] windows, CalendarIndex calendar) : IFeatureGroup
{
    public IReadOnlyList<FeatureColumn> Columns { get; } =
        [new("analog"), new("analog_3"), new("analog_week"), new("analog_364"), new("analog_365"), new("analog_growth"), new("promotion_analog")];

    public void Write(ForecastPoint point, Span<float> values)
    {
        var w = windows[point.Series];
        var analog = calendar.Analog(point.Target);
        var origin = analog - point.Horizon;
        var level = KnownLevel(w, origin);
        values[0] = (float)(w.ValueOrMissing(analog) / level);
        values[1] = (float)(double.IsNaN(level) ? double.NaN : w.Mean(analog + 1, 3) / level);
        values[2] = (float)(double.IsNaN(level) ? double.NaN : w.Mean(analog + 3, 7) / level);
        values[3] = (float)(w.ValueOrMissing(point.Target - 364) / KnownLevel(w, point.Target - 364 - point.Horizon));
        values[4] = (float)(w.ValueOrMissing(point.Target - 365) / KnownLevel(w, point.Target - 365 - point.Horizon));
        values[5] = (float)(point.Scale / level);
        values[6] = (float)PromotionRatio(w, point);
    }

    private double PromotionRatio(SeriesWindows w, ForecastPoint point)
    {
        var analog = calendar.PromotionAnalog(point);
        return w.ValueOrMissing(analog) / KnownLevel(w, analog - point.Horizon);
    }

    private static double KnownLevel(SeriesWindows w, int origin) =>
        w.Age(origin) >= 28 && w.Scale(origin) is > 0 and var level ? level : double.NaN;
}
