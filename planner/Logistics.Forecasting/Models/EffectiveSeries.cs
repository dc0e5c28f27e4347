namespace Logistics.Forecasting.Models;

/// <summary>How many series that err by themselves the held-out errors of a panel are worth.</summary>
/// <remarks>
/// Where every series shares a day's shock, or one brings most parcels, fifteen series tell no more than one: Σ over days of (Σ errors)² against that of (Σ |errors|)², which is 1 for a single
/// series and π ÷ 2n for n equal ones with independent normal errors (Kish 1965, the design effect of clusters).
/// </remarks>
internal static class EffectiveSeries
{
    private const double IndependentNormal = Math.PI / 2;

    /// <param name="forecast">Of all batches one after another.</param>
    /// <param name="actual">Likewise.</param>
    /// <param name="series">Series in each batch.</param>
    /// <returns>In [1, series].</returns>
    public static double Count(double[] forecast, double[] actual, int series, int horizon)
    {
        double together = 0, apart = 0;
        for (var batch = 0; batch < actual.Length; batch += series * horizon)
            for (var h = 0; h < horizon; h++)
            {
                double sum = 0, absolute = 0;
                for (var i = batch + h; i < batch + series * horizon; i += horizon)
                {
                    sum += actual[i] - forecast[i];
                    absolute += Math.Abs(actual[i] - forecast[i]);
                }

                together += sum * sum;
                apart += absolute * absolute;
            }

        return together > 0 ? Math.Clamp(IndependentNormal * apart / together, 1, Math.Max(1, series)) : Math.Max(1, series);
    }
}
