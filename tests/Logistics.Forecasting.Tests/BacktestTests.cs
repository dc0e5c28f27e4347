using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Simple;

namespace Logistics.Forecasting.Tests;

public sealed class BacktestTests
{
    [Fact]
    public void Origins_step_back_from_a_horizon_before_the_end()
    {
        var origins = Backtest.ListOrigins(new DateOnly(2021, 1, 1), new DateOnly(2022, 12, 31), new BacktestPlan());
        Assert.Equal(8, origins.Count);
        Assert.Equal(new DateOnly(2022, 6, 4), origins[0]);
        Assert.Equal(new DateOnly(2022, 12, 17), origins[7]);
    }

    [Fact]
    public void Too_short_a_panel_is_refused_with_the_days_it_needs()
    {
        var error = Assert.Throws<ArgumentException>(() => Backtest.ListOrigins(new DateOnly(2022, 1, 1), new DateOnly(2022, 3, 1), new BacktestPlan()));
        Assert.Contains("need 211 days; the panel has 60", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_are_what_their_definitions_say()
    {
        double[] actual = [10, 20, 0], forecast = [12, 15, 0];
        Assert.Equal(7.0 / 30, Scoring.Wape(actual, forecast), 12);
        // 2 · (0.1 · 2 + 0.9 · 5) / 30
        Assert.Equal(2 * (0.2 + 4.5) / 30, Scoring.PinballShare(actual, forecast, 0.9), 12);
        Assert.Equal(2.0 / 3, Scoring.Coverage(actual, forecast), 12);
    }

    [Fact]
    public void Day_that_nobody_measured_is_not_scored()
    {
        // 28 days of 10; then 10, no number, 20. Only 10 and 20 are scored, against 10 and 10.
        var first = new DateOnly(2026, 1, 1);
        double[] volumes = [.. Enumerable.Repeat(10.0, 28), 10, double.NaN, 20];
        var whole = PanelCleaner.Clean(volumes.Select((v, i) => new Observation("T1", first.AddDays(i), v))).Panel;
        double[] ten = [10, 10, 10];
        var result = new BacktestOrigin(first.AddDays(27), [new SeriesForecast("T1", first.AddDays(28), ten, ten, ten)], [.. SimpleMethods.All.Select(_ => new[] { ten })], new RehearsalWeights([]));

        var score = BacktestScore.Of([result], whole);

        Assert.Equal(10.0 / 30, score.Methods[0].Wape, 12);
        Assert.Equal(0.5, score.Methods[0].Coverage90);
        Assert.Equal(["1", "3"], score.CoverageByHorizon.Select(c => c.Key));
    }
}
