using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>Makes small P50s and P90s whole numbers where parcels are counted: the quantile of a count is one. Immutable.</summary>
/// <remarks>
/// Between two whole numbers the expected loss of a quantile is a straight line, so its least lies at an end; a P90 of 1.9 covers no day of two. From the third parcel of a P50, and the sixth of a
/// P90, on the ends hardly differ. Where the line is cut was decided by the held-out weeks, because means among the experts lie above medians. Not for series whose sum is wanted: of many that
/// bring a parcel every third day, all medians are 0.
/// </remarks>
/// <param name="MiddleCut">Fraction of a parcel from which a P50 is rounded up, in (0, 1], where 1 never rounds up; 0 leaves P50s as they are.</param>
/// <param name="UpperCut">Likewise of P90s.</param>
internal sealed record CountRounding(double MiddleCut, double UpperCut)
{
    private const double LargestMiddle = 3;
    private const double LargestUpper = 6;

    // The first of equals is taken.
    private static readonly double[] Cuts = [0, 0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.85, 0.1, 1];

    public static CountRounding None { get; } = new(0, 0);

    public static CountRounding Fit(VolumePanel panel, IReadOnlyList<HeldOutForecast> held, QuantileCalibration calibration)
    {
        if (!panel.AreCounts) return None;
        var cases = held.SelectMany(h => h.Cases()).Select(c => (c.Actual, c.Median, calibration.Apply(c.Level, c.Horizon, c.Lower, c.Median, c.Upper).Upper)).ToArray();
        return new CountRounding(
            Cuts.MinBy(cut => cases.Sum(c => Math.Abs(c.Actual - Cut(c.Median, cut, LargestMiddle)))),
            Cuts.MinBy(cut => cases.Sum(c => Loss90(c.Actual - Cut(c.Upper, cut, LargestUpper)))));
    }

    public SeriesForecast Apply(SeriesForecast forecast) => this == None ? forecast : (forecast with { P90 = Array.ConvertAll(forecast.P90, Upper) }).WithMiddle(Array.ConvertAll(forecast.P50, Middle));

    public double Middle(double median) => Cut(median, MiddleCut, LargestMiddle);

    public double Upper(double upper) => Cut(upper, UpperCut, LargestUpper);

    private static double Cut(double value, double cut, double largest)
    {
        if (cut <= 0 || value >= largest) return value;
        var whole = Math.Floor(value);
        return value - whole >= cut ? whole + 1 : whole;
    }

    private static double Loss90(double miss) => Math.Max(0.9 * miss, -0.1 * miss);
}
