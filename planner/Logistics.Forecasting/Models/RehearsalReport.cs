using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>Accuracy on the held-out weeks before the model's last day.</summary>
/// <param name="Methods">The combined forecast first, then every expert.</param>
/// <param name="Coverage">Share of days at or below P90, and at or above a P10 over 0, by horizon day 1, 2, ….</param>
/// <param name="Origins">The same forecasts by held-out origin, oldest first.</param>
/// <param name="Levels">Coverage by a third of the series each: small, medium, large.</param>
public sealed record RehearsalReport(
    IReadOnlyList<MethodScore> Methods, IReadOnlyList<CoverageRow> Coverage, IReadOnlyList<OriginScore> Origins, IReadOnlyList<LevelCoverage> Levels)
{
    private static readonly string[] LevelNames = ["small", "medium", "large"];

    internal static RehearsalReport Of(
        VolumePanel panel, IReadOnlyList<HeldOutForecast> held, double[] weights, QuantileCalibration calibration)
    {
        var actual = held.SelectMany(h => h.Actual).ToArray();
        var methods = new List<MethodScore>();
        var p50 = held.SelectMany(h => h.Quantiles.P50).ToArray();
        methods.Add(new MethodScore("combined", 1, Scoring.Wape(actual, p50)));
        for (var e = 0; e < ExpertWeights.Count; e++)
        {
            var expert = e;
            methods.Add(new MethodScore(ExpertWeights.Names[e], weights[e], Scoring.Wape(actual, [.. held.SelectMany(h => ExpertWeights.Expert(h.Batch, expert))])));
        }

        var horizon = held[0].Batch.Horizon;
        var byHorizon = new CoverageCount[horizon];
        var byLevel = new CoverageCount[LevelNames.Length];
        var byOrigin = new CoverageCount[held.Count];
        for (var b = 0; b < held.Count; b++)
        {
            var (batch, raw, came) = held[b];
            for (var i = 0; i < raw.P50.Length; i++)
            {
                var scale = batch.Scales[i / horizon];
                var (lower, upper) = calibration.Apply(scale, i % horizon + 1, raw.P10[i], raw.P50[i], raw.P90[i]);
                byHorizon[i % horizon].Add(lower, upper, came[i]);
                byOrigin[b].Add(lower, upper, came[i]);
                byLevel[scale < calibration.LevelEdges[0] ? 0 : scale < calibration.LevelEdges[1] ? 1 : 2].Add(lower, upper, came[i]);
            }
        }

        return new RehearsalReport(
            methods,
            [.. byHorizon.Select((c, h) => new CoverageRow(h + 1, c.Days, c.LowerDays, c.AboveShare, c.BelowShare))],
            [.. held.Select((h, i) => ScoreOrigin(panel, h.Batch, h.Actual, h.Quantiles, byOrigin[i]))],
            [.. byLevel.Select((c, i) => new LevelCoverage(LevelNames[i], c.Days, c.LowerDays, c.AboveShare, c.BelowShare)).Where(c => c.Days > 0)]);
    }

    private static OriginScore ScoreOrigin(VolumePanel panel, ForecastBatch batch, double[] actual, RawQuantiles raw, CoverageCount coverage)
    {
        var (wape, method) = Enumerable.Range(0, batch.Simple.Length).Select(m => (Scoring.Wape(actual, batch.Simple[m]), Simple.SimpleMethods.All[m].Name)).MinBy(p => p.Item1);
        return new OriginScore(panel.DateOf(batch.Origin), Scoring.Wape(actual, raw.P50), method, wape, coverage.BelowShare);
    }

    private struct CoverageCount
    {
        private int _above;
        private int _below;

        public int Days { get; private set; }

        public int LowerDays { get; private set; }

        public readonly double AboveShare => (double)_above / Math.Max(LowerDays, 1);

        public readonly double BelowShare => (double)_below / Math.Max(Days, 1);

        public void Add(double lower, double upper, double actual)
        {
            Days++;
            if (lower > 0)
            {
                LowerDays++;
                if (actual >= lower) _above++;
            }

            if (actual <= upper) _below++;
        }
    }
}

/// <param name="Method">Name of the method.</param>
/// <param name="Weight">Its share of the combined P50.</param>
/// <param name="Wape">Σ|actual − P50| ÷ Σ actual.</param>
public sealed record MethodScore(string Method, double Weight, double Wape);

/// <param name="Horizon">Days ahead.</param>
/// <param name="Days">Number of days measured.</param>
/// <param name="P10Days">Of these, those whose P10 is over 0: nothing can come below 0.</param>
/// <param name="AboveP10">Share of those at or above P10; 0.9 is right.</param>
/// <param name="BelowP90">Share of all at or below P90; 0.9 is right.</param>
public sealed record CoverageRow(int Horizon, int Days, int P10Days, double AboveP10, double BelowP90);

/// <param name="Level">small, medium or large: a third of the series each.</param>
public sealed record LevelCoverage(string Level, int Days, int P10Days, double AboveP10, double BelowP90);

/// <param name="Wape">Of the combined P50 over the horizon after the origin.</param>
/// <param name="BestSimple">The simple method with the smallest error from this origin, known only afterwards.</param>
public sealed record OriginScore(DateOnly Origin, double Wape, string BestSimple, double BestSimpleWape, double BelowP90);
