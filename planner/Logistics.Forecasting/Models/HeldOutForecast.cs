using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>One held-out origin: the experts' forecasts, their combination, and what came.</summary>
internal sealed record HeldOutForecast(ForecastBatch Batch, RawQuantiles Quantiles, double[] Actual)
{
    public HeldOutForecast Blended(VolumePanel panel, OwnSpread spread) => this with { Quantiles = spread.Blend(panel, Batch, Quantiles) };

    /// <summary>What calibration learns from: the days of series that are alive.</summary>
    public IEnumerable<CalibrationCase> Cases()
    {
        for (var i = 0; i < Actual.Length; i++)
        {
            var level = Batch.Scales[i / Batch.Horizon];
            if (level > 0) yield return new CalibrationCase(level, i % Batch.Horizon + 1, Quantiles.P10[i], Quantiles.P50[i], Quantiles.P90[i], Actual[i]);
        }
    }
}
