using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests;

/// <summary>On panels of every kind the forecast is at least as good as the simple method that turns out best.</summary>
public sealed class NeverWorseTests
{
    private const int Series = 12;
    private const int Days = 320;
    private static readonly DateOnly Start = new(2023, 1, 2);

    // Three origins of twelve series are 504 days: the error of their mean is some 3 % of itself, and the best of five is chosen after the fact.
    private const double Noise = 1.03;

    private static readonly ForecastOptions Options = new() { RowBudget = 8000, Members = 1, Networks = 1, NetworkEpochs = 4, Trees = 60, LearningRate = 0.1 };

    [Theory]
    [InlineData("sparse")]
    [InlineData("trending")]
    [InlineData("weekly")]
    [InlineData("level shifts")]
    [InlineData("short")]
    [InlineData("random walks")]
    [InlineData("no rhythm")]
    public void Forecast_is_never_worse_than_the_best_simple_method(string kind)
    {
        var score = Score(Observations(kind));

        var best = score.Methods.Skip(1).Min(m => m.Wape);
        Assert.True(score.Methods[0].Wape <= best * Noise, $"{kind}: {score.Methods[0].Wape:0.0000} against {best:0.0000}");
    }

    [Fact]
    public void Constant_series_are_forecast_as_they_are() => Assert.InRange(Score(Observations("constant")).Methods[0].Wape, 0, 0.002);

    [Fact]
    public void Series_without_a_parcel_are_forecast_as_zero()
    {
        var origin = Start.AddDays(Days - 15);
        var result = Backtest.RunOrigin(Observations("zero"), DayCalendar.Empty, origin, Options);

        Assert.All(result.Forecasts, f => Assert.All(f.P50.Concat(f.P90), v => Assert.Equal(0, v)));
    }

    private static BacktestScore Score(List<Observation> rows)
    {
        var whole = PanelCleaner.Clean(rows).Panel;
        var origins = Backtest.ListOrigins(whole.FirstDate, whole.LastDate, new BacktestPlan(3, 14, 14));
        return BacktestScore.Of([.. origins.Select(o => Backtest.RunOrigin(rows, DayCalendar.Empty, o, Options))], whole);
    }

    private static List<Observation> Observations(string kind)
    {
        var random = new SeededRandom(17);
        var rows = new List<Observation>();
        for (var s = 0; s < Series; s++)
        {
            var level = 8.0 * Math.Pow(1.6, s % 6);
            var first = kind == "short" ? Days - 75 - s : 0;
            for (var d = first; d < Days; d++)
            {
                if (kind == "random walks") level *= Math.Exp(0.05 * random.NextNormal());
                rows.Add(new Observation($"S{s:00}", Start.AddDays(d), Volume(kind, level, s, d, random)));
            }
        }

        return rows;
    }

    private static double Volume(string kind, double level, int series, int day, SeededRandom random)
    {
        var weekday = day % 7 >= 5 ? 0.5 : 1.2;
        var noise = Math.Exp(0.2 * random.NextNormal());
        return kind switch
        {
            "sparse" => random.Next(5) == 0 ? 1 + random.Next(4) : 0,
            "trending" => Math.Round(level * (1 + 0.004 * day) * noise),
            "level shifts" => Math.Round(level * weekday * ((day + 40 * series) / 90 % 2 == 0 ? 1 : 2.2) * noise),
            "constant" => Math.Round(level),
            "random walks" => Math.Round(10 * level),
            "no rhythm" => Math.Round(level * noise),
            "zero" => 0,
            _ => Math.Round(level * weekday * noise),
        };
    }
}
