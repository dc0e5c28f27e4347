namespace Logistics.Forecasting;

/// <summary>Forecast of one series: parcels per day, one value for each day after the origin; 0 ≤ P10 ≤ P50 ≤ P90, always finite.</summary>
public sealed record SeriesForecast(string SeriesId, DateOnly FirstDate, double[] P10, double[] P50, double[] P90)
{
    public int Horizon => P50.Length;

    /// <summary>Another P50. The outer quantiles are measured by themselves and stay; a P50 that moved past one takes it along.</summary>
    internal SeriesForecast WithMiddle(double[] middle) => this with
    {
        P10 = [.. P10.Zip(middle, Math.Min)],
        P50 = middle,
        P90 = [.. P90.Zip(middle, Math.Max)],
    };

    public DateOnly DateOf(int index) => FirstDate.AddDays(index);
}
