namespace Logistics.Forecasting;

/// <summary>Forecast of one series: parcels per day, one value for each day after the origin; 0 ≤ P10 ≤ P50 ≤ P90, always finite.</summary>
public sealed record SeriesForecast(string SeriesId, DateOnly FirstDate, double[] P10, double[] P50, double[] P90)
{
    public int Horizon => P50.Length;

    public DateOnly DateOf(int index) => FirstDate.AddDays(index);
}
