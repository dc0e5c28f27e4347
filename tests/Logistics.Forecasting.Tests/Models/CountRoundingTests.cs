using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Models;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Models;

/// <summary>Where a parcel comes every few days the median day has none, and a panel that repeats itself is forecast by repeating it.</summary>
public sealed class CountRoundingTests
{
    private const int Days = 200;
    private static readonly DateOnly Start = new(2023, 1, 2);
    private static readonly ForecastOptions Options = new() { RowBudget = 3000, Members = 1, Networks = 0, Trees = 30, LearningRate = 0.15 };

    [Theory]
    [InlineData(0.59, 0)]
    [InlineData(0.6, 1)]
    [InlineData(2.7, 3)]
    [InlineData(3.2, 3.2)]
    public void Small_medians_are_cut_at_the_fraction_and_large_ones_kept(double median, double expected) => Assert.Equal(expected, new CountRounding(0.6, 0).Middle(median));

    [Fact]
    public void P90_that_rounds_below_the_P50_follows_it()
    {
        var rounded = new CountRounding(0.4, 1).Apply(new SeriesForecast("S", Start, [0], [1.5], [1.9]));

        Assert.Equal((2, 2), (rounded.P50[0], rounded.P90[0]));
    }

    [Fact]
    public void Sparse_counts_are_forecast_in_whole_parcels()
    {
        var random = new SeededRandom(5);
        var forecasts = Forecast((_, _) => random.Next(4) == 0 ? 1 : 0);

        Assert.All(forecasts, f => Assert.All(f.P50, v => Assert.Equal(0, v)));
        Assert.All(forecasts, f => Assert.All(f.P90.Zip(f.P50), p => Assert.True(p.First >= p.Second)));
    }

    [Fact]
    public void Volumes_that_are_no_counts_keep_their_fractions()
    {
        var random = new SeededRandom(5);
        var forecasts = Forecast((_, _) => 0.5 + random.NextDouble());

        Assert.All(forecasts, f => Assert.All(f.P50, v => Assert.InRange(v, 0.7, 1.3)));
        Assert.Contains(forecasts.SelectMany(f => f.P50), v => !double.IsInteger(v));
    }

    [Fact]
    public void Panel_that_repeats_its_week_is_forecast_exactly()
    {
        var forecasts = Forecast((series, day) => Math.Round((20 + 13 * series) * (day % 7 >= 5 ? 0.6 : 1.1)));

        for (var s = 0; s < forecasts.Count; s++)
            for (var h = 0; h < forecasts[s].Horizon; h++)
                Assert.Equal(Math.Round((20 + 13 * s) * ((Days - 14 + h) % 7 >= 5 ? 0.6 : 1.1)), forecasts[s].P50[h], 9);
    }

    private static IReadOnlyList<SeriesForecast> Forecast(Func<int, int, double> volume)
    {
        List<Observation> rows = [.. Enumerable.Range(0, 6).SelectMany(s => Enumerable.Range(0, Days).Select(d => new Observation($"S{s}", Start.AddDays(d), volume(s, d))))];
        return Backtest.RunOrigin(rows, DayCalendar.Empty, Start.AddDays(Days - 15), Options).Forecasts;
    }
}
