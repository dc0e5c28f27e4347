using Logistics.Forecasting.Backtesting;

namespace Logistics.Forecasting.Models;

/// <summary>Accuracy on the held-out weeks before the model's last day.</summary>
/// <param name="Methods">The combined forecast first, then every expert.</param>
/// <param name="Coverage">Share of days at or below P90, and at or above P10, by horizon day 1, 2, ….</param>
public sealed record RehearsalReport(IReadOnlyList<MethodScore> Methods, IReadOnlyList<CoverageRow> Coverage)
{
    internal static RehearsalReport Of(IReadOnlyList<ForecastBatch> batches, IReadOnlyList<double[]> actuals, IReadOnlyList<RawQuantiles> quantiles, double[] weights, QuantileCalibration calibration)
    {
        var actual = actuals.SelectMany(a => a).ToArray();
        var methods = new List<MethodScore>();
        var p50 = quantiles.SelectMany(q => q.P50).ToArray();
        methods.Add(new MethodScore("combined", 1, Scoring.Wape(actual, p50)));
        for (var e = 0; e < ExpertWeights.Count; e++)
        {
            var expert = e;
            methods.Add(new MethodScore(ExpertWeights.Names[e], weights[e], Scoring.Wape(actual, [.. batches.SelectMany(b => ExpertWeights.Expert(b, expert))])));
        }

        return new RehearsalReport(methods, CoverageByHorizon(batches, actuals, quantiles, calibration));
    }

    private static CoverageRow[] CoverageByHorizon(IReadOnlyList<ForecastBatch> batches, IReadOnlyList<double[]> actuals, IReadOnlyList<RawQuantiles> quantiles, QuantileCalibration calibration)
    {
        var horizon = batches[0].Horizon;
        var (below, above, count) = (new int[horizon], new int[horizon], new int[horizon]);
        for (var b = 0; b < batches.Count; b++)
        {
            var raw = quantiles[b];
            for (var i = 0; i < raw.P50.Length; i++)
            {
                var h = i % horizon;
                var (lower, upper) = calibration.Apply(batches[b].Scales[i / horizon], h + 1, raw.P10[i], raw.P50[i], raw.P90[i]);
                count[h]++;
                if (actuals[b][i] <= upper) below[h]++;
                if (actuals[b][i] >= lower) above[h]++;
            }
        }

        return [.. Enumerable.Range(0, horizon).Select(h => new CoverageRow(h + 1, count[h], (double)above[h] / Math.Max(count[h], 1), (double)below[h] / Math.Max(count[h], 1)))];
    }
}

/// <param name="Method">Name of the method.</param>
/// <param name="Weight">Its share of the combined P50.</param>
/// <param name="Wape">Σ|actual − P50| ÷ Σ actual.</param>
public sealed record MethodScore(string Method, double Weight, double Wape);

/// <param name="Horizon">Days ahead.</param>
/// <param name="Days">Number of days measured.</param>
/// <param name="AboveP10">Share at or above P10; 0.9 is right.</param>
/// <param name="BelowP90">Share at or below P90; 0.9 is right.</param>
public sealed record CoverageRow(int Horizon, int Days, double AboveP10, double BelowP90);
