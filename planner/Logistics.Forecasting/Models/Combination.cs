using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>What held-out weeks decide of how the experts become one forecast. Immutable; thread-safe.</summary>
/// <param name="Weights">Share of each expert in the P50.</param>
/// <param name="Tilt">Series that lean on one expert.</param>
/// <param name="Spread">The series' own width beside the learned quantiles.</param>
/// <param name="Calibration">How much wider or narrower the quantiles must be.</param>
/// <param name="Rounding">Medians of counts.</param>
internal sealed record Combination(double[] Weights, SeriesTilt Tilt, OwnSpread Spread, QuantileCalibration Calibration, CountRounding Rounding)
{
    /// <summary>Where nothing could be held out.</summary>
    public static Combination Unproven { get; } = new(ExpertWeights.Unproven(), SeriesTilt.None, OwnSpread.None, QuantileCalibration.Default, CountRounding.None);

    /// <summary>Quantiles before calibration.</summary>
    public RawQuantiles Combine(VolumePanel panel, ForecastBatch batch) => Spread.Blend(panel, batch, RawQuantiles.Of(panel, batch, Weights, Tilt));
}
