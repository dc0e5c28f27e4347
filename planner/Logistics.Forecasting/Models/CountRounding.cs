using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>Makes small P50s whole numbers where parcels are counted: the median of a count is one. Immutable.</summary>
/// <remarks>
/// Between two whole numbers the expected absolute error is a straight line, so its least lies at an end. From the third parcel on the ends hardly differ. Where the line is cut was decided by the
/// held-out weeks, because means among the experts lie above medians. Not for series whose sum is wanted: of many that bring a parcel every third day, all medians are 0.
/// </remarks>
/// <param name="Cut">Fraction of a parcel from which a P50 is rounded up, in (0, 1], where 1 never rounds up; 0 leaves P50s as they are.</param>
internal sealed record CountRounding(double Cut)
{
    private const double Largest = 3;

    private static readonly double[] Cuts = [0.5, 0.4, 0.6, 0.3, 0.7, 0.85, 1];

    public static CountRounding None { get; } = new(0);

    public static CountRounding Fit(VolumePanel panel, IReadOnlyList<HeldOutForecast> held)
    {
        if (!panel.AreCounts) return None;
        return Cuts.Prepend(0).Select(cut => new CountRounding(cut)).MinBy(rounding => held.Sum(rounding.Error))!;
    }

    public double Apply(double median)
    {
        if (Cut <= 0 || median >= Largest) return median;
        var whole = Math.Floor(median);
        return median - whole >= Cut ? whole + 1 : whole;
    }

    private double Error(HeldOutForecast held)
    {
        double sum = 0;
        for (var i = 0; i < held.Actual.Length; i++) sum += Math.Abs(held.Actual[i] - Apply(held.Quantiles.P50[i]));
        return sum;
    }
}
