using Logistics.Forecasting.Features;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>Forecasts of held-out weeks before the origin: they set the experts' weights and the width of the quantiles.</summary>
internal static class Rehearsal
{
    public sealed record Outcome(Combination Combination, RehearsalReport Report);

    /// <param name="models">Trained on targets up to the first origin only.</param>
    /// <param name="origins">Ascending; each has the whole horizon inside the panel.</param>
    public static Outcome Run(FeatureBuilder builder, LearnedModels models, int[] origins, int[] series, int horizon, CancellationToken cancellation)
    {
        var batches = new List<ForecastBatch>();
        var actuals = new List<double[]>();
        foreach (var origin in origins)
        {
            cancellation.ThrowIfCancellationRequested();
            var batch = ForecastBatch.Make(builder, models, series, origin, horizon);
            batches.Add(batch);
            actuals.Add(batch.Actual(builder.Panel));
        }

        return Decide(builder.Panel, batches, actuals);
    }

    /// <param name="batches">By origin, oldest first.</param>
    /// <param name="actuals">What came, likewise.</param>
    internal static Outcome Decide(VolumePanel panel, IReadOnlyList<ForecastBatch> batches, IReadOnlyList<double[]> actuals)
    {
        var days = panel.Series.Sum(s => (long)Math.Max(0, batches[0].Origin + 1 - s.FirstDay));
        var weights = ExpertWeights.Fit(batches, actuals, days);
        var tilt = SeriesTilt.Fit(panel, batches, actuals, weights);
        HeldOutForecast[] held = [.. batches.Zip(actuals, (b, actual) => new HeldOutForecast(b, RawQuantiles.Of(panel, b, weights, tilt), actual))];
        var spread = OwnSpread.Fit(panel, held, days);
        held = Array.ConvertAll(held, h => h.Blended(panel, spread));
        var calibration = QuantileCalibration.Fit([.. held.SelectMany(h => h.Cases())], ExpertWeights.TrustInLearned(days), panel.AreCounts);
        return new Outcome(new Combination(weights, tilt, spread, calibration, CountRounding.Fit(panel, held, calibration)), RehearsalReport.Of(panel, held, weights, calibration));
    }
}

/// <summary>Combined P50 and the learned outer quantiles, before calibration.</summary>
internal sealed record RawQuantiles(double[] P10, double[] P50, double[] P90)
{
    public static RawQuantiles Of(VolumePanel panel, ForecastBatch batch, double[] weights, SeriesTilt tilt)
    {
        var middle = ExpertWeights.Combine(batch, weights);
        tilt.Apply(panel, batch, middle);
        var (lower, learned, upper) = (Mix(batch, MemberKind.Lower), Mix(batch, MemberKind.Median), Mix(batch, MemberKind.Upper));
        for (var i = 0; i < middle.Length; i++)
        {
            // The learned quantiles lie around the learned median, which is not where the other experts moved the middle: their distances count. A tenth of the spread keeps the order.
            var least = 0.1 * Math.Abs(upper[i] - lower[i]);
            lower[i] = Math.Max(0, middle[i] - Math.Max(learned[i] - lower[i], least));
            upper[i] = middle[i] + Math.Max(upper[i] - learned[i], least);
        }

        return new RawQuantiles(lower, middle, upper);
    }

    private static double[] Mix(ForecastBatch batch, MemberKind kind) =>
        [.. batch.Trees[(int)kind].Zip(batch.Networks[(int)kind], (tree, network) => ExpertWeights.TreesOfLearned * tree + (1 - ExpertWeights.TreesOfLearned) * network)];
}
