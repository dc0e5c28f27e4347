using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Simple;

namespace Logistics.Forecasting.Backtesting;

/// <param name="Mase">Mean absolute error ÷ that of the seasonal naive (7) within the history, averaged over series and origins.</param>
/// <param name="Bias">Σ(P50 − actual) ÷ Σ actual.</param>
/// <param name="PinballShare90">2 · pinball(0.9) ÷ Σ actual; null for methods without a P90.</param>
public sealed record BacktestMethodScore(string Method, double Wape, double Mase, double Bias, double? PinballShare90, double? Coverage90);

public sealed record BacktestOriginScore(DateOnly Origin, double Wape, double PinballShare90, double Coverage90, double BestSimpleWape, string BestSimple);

/// <summary>Accuracy of a backtest, ours against the simple methods.</summary>
public sealed record BacktestScore(
    IReadOnlyList<BacktestMethodScore> Methods,
    IReadOnlyList<BacktestOriginScore> Origins,
    IReadOnlyList<KeyValuePair<string, double>> CoverageByHorizon,
    IReadOnlyList<KeyValuePair<string, double>> CoverageByLevel)
{
    /// <param name="whole">The panel with the days forecast, cleaned by the same rules; days that another stands in for are not scored.</param>
    public static BacktestScore Of(IReadOnlyList<BacktestOrigin> results, VolumePanel whole)
    {
        var days = results.SelectMany(r => Days(r, whole)).ToArray();
        var actual = Array.ConvertAll(days, d => d.Actual);
        var methods = new List<BacktestMethodScore>
        {
            Score("logistics", d => d.P50) with
            {
                PinballShare90 = Scoring.PinballShare(actual, Array.ConvertAll(days, d => d.P90), 0.9),
                Coverage90 = Scoring.Coverage(actual, Array.ConvertAll(days, d => d.P90)),
            },
        };
        for (var m = 0; m < SimpleMethods.All.Count; m++)
        {
            var method = m;
            methods.Add(Score(SimpleMethods.All[m].Name, d => d.Simple[method]));
        }

        return new BacktestScore(
            methods,
            [.. days.GroupBy(d => d.Origin).Select(ScoreOrigin)],
            [.. days.GroupBy(d => d.Horizon).OrderBy(g => g.Key).Select(g => KeyValuePair.Create(g.Key.ToString(System.Globalization.CultureInfo.InvariantCulture), Covered(g)))],
            CoverageByLevelOf(days));

        BacktestMethodScore Score(string name, Converter<Day, double> forecast)
        {
            var values = Array.ConvertAll(days, forecast);
            var scaled = days.Select((d, i) => (d.NaiveError, Error: Math.Abs(d.Actual - values[i]))).Where(d => d.NaiveError > 0).ToArray();
            var mase = scaled.Length == 0 ? double.NaN : scaled.Average(d => d.Error / d.NaiveError);
            return new BacktestMethodScore(name, Scoring.Wape(actual, values), mase, values.Zip(actual).Sum(p => p.First - p.Second) / actual.Sum(), null, null);
        }
    }

    private static BacktestOriginScore ScoreOrigin(IGrouping<DateOnly, Day> group)
    {
        var days = group.ToArray();
        var actual = Array.ConvertAll(days, d => d.Actual);
        var upper = Array.ConvertAll(days, d => d.P90);
        var (bestWape, best) = Enumerable.Range(0, SimpleMethods.All.Count)
            .Select(m => (Wape: Scoring.Wape(actual, Array.ConvertAll(days, d => d.Simple[m])), SimpleMethods.All[m].Name)).MinBy(p => p.Wape);
        return new BacktestOriginScore(
            group.Key, Scoring.Wape(actual, Array.ConvertAll(days, d => d.P50)), Scoring.PinballShare(actual, upper, 0.9), Scoring.Coverage(actual, upper), bestWape, best);
    }

    private static double Covered(IEnumerable<Day> days) => days.Average(d => d.Actual <= d.P90 ? 1.0 : 0.0);

    private static KeyValuePair<string, double>[] CoverageByLevelOf(Day[] days)
    {
        var bySeries = days.GroupBy(d => d.SeriesId).OrderBy(g => g.Sum(d => d.Actual)).ToArray();
        string[] names = ["small", "medium", "large"];
        return
        [
            .. names.Select((name, i) => KeyValuePair.Create(
                name, bySeries[(bySeries.Length * i / 3)..(bySeries.Length * (i + 1) / 3)].SelectMany(g => g).DefaultIfEmpty().Average(d => d is null ? double.NaN : d.Actual <= d.P90 ? 1.0 : 0.0))),
        ];
    }

    private static IEnumerable<Day> Days(BacktestOrigin result, VolumePanel whole)
    {
        for (var s = 0; s < result.Forecasts.Count; s++)
        {
            var forecast = result.Forecasts[s];
            if (whole.FindSeries(forecast.SeriesId) is not { } index) continue;
            var series = whole.Series[index];
            var origin = whole.DayOf(result.Origin);
            var naive = NaiveError(series.Values.AsSpan(0, origin - series.FirstDay + 1));
            for (var h = 0; h < forecast.Horizon; h++)
            {
                if (series.StandIns.Contains(origin + 1 + h)) continue;
                yield return new Day(result.Origin, forecast.SeriesId, h + 1, series[origin + 1 + h], forecast.P50[h], forecast.P90[h], [.. result.Simple.Select(m => m[s][h])], naive);
            }
        }
    }

    private static double NaiveError(ReadOnlySpan<double> history)
    {
        double sum = 0;
        for (var i = 7; i < history.Length; i++) sum += Math.Abs(history[i] - history[i - 7]);
        return history.Length > 7 ? sum / (history.Length - 7) : 0;
    }

    private sealed record Day(DateOnly Origin, string SeriesId, int Horizon, double Actual, double P50, double P90, double[] Simple, double NaiveError);
}
