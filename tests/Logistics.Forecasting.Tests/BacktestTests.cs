using Logistics.Forecasting.Backtesting;

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
}
