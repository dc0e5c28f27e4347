using Logistics.Forecasting.Simple;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Simple;

public sealed class SimpleMethodTests
{
    private static readonly double[] TwoWeeks = [1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 14, 15, 16, 17];

    [Fact]
    public void Seasonal_naive_repeats_the_last_week() =>
        Assert.Equal([11, 12, 13, 14, 15, 16, 17, 11], Run(new SeasonalNaive(), TwoWeeks, 8));

    [Fact]
    public void Same_weekday_mean_averages_the_weeks_there_are() =>
        Assert.Equal([6, 7, 8], Run(new SameWeekdayMean(), TwoWeeks, 3));

    [Fact]
    public void Weekday_profile_is_the_level_reached_times_the_shares_of_a_year()
    {
        // 30 weeks with Monday to Sunday at 1, 1, 1, 1, 1, 2, 0 times the level, which was 70 and is 140 for the last eight.
        double[] shares = [1, 1, 1, 1, 1, 2, 0];
        double[] history = [.. Enumerable.Range(0, 210).Select(d => shares[d % 7] * (d < 154 ? 70 : 140))];

        Assert.Equal([140.0, 140, 140, 140, 140, 280, 0, 140], Run(new WeekdayProfile(), history, 8).Select(v => Math.Round(v, 6)));
    }

    [Theory]
    [InlineData(14, 9)]
    [InlineData(100, 13)]
    public void Eight_week_median_looks_at_56_days_or_those_there_are(int days, double expected)
    {
        // Of the two weeks 7 and 11 lie in the middle; of the 100 days the last 56 are 12 and 14 in turns.
        double[] history = days == 14 ? TwoWeeks : [.. Enumerable.Range(0, days).Select(d => d < 44 ? 1000.0 : d % 2 == 0 ? 12 : 14)];

        Assert.Equal([expected, expected], Run(new EightWeekMedian(), history, 2));
    }

    [Fact]
    public void Last_value_stays_as_it_is() => Assert.Equal([17, 17, 17], Run(new LastValue(), TwoWeeks, 3));

    [Fact]
    public void Weekday_profile_gives_no_week_to_a_series_that_has_none()
    {
        var random = new SeededRandom(5);
        var history = Enumerable.Range(0, 280).Select(_ => 100 + 12 * random.NextNormal()).ToArray();

        var forecast = Run(new WeekdayProfile(), history, 7);

        // 40 weeks of chance around 100: the largest mean of a weekday lies some 5 above the least, and none of that is a week.
        var means = Enumerable.Range(0, 7).Select(w => history.Where((_, d) => d % 7 == w).Average()).ToArray();
        Assert.InRange(forecast.Max() - forecast.Min(), 0, 0.6 * (means.Max() - means.Min()));
        Assert.InRange(forecast.Average(), 97, 103);
    }

    [Fact]
    public void Weekday_profile_follows_a_jump_within_days_and_then_holds_still()
    {
        // 200 days of chance around 100, then six around 250. Smoothing that holds still under such chance moves 5 % of the way a day and would be near 140.
        var random = new SeededRandom(6);
        var history = Enumerable.Range(0, 206).Select(d => (d < 200 ? 100 : 250) * (1 + 0.1 * random.NextNormal())).ToArray();

        Assert.InRange(Run(new WeekdayProfile(), history, 7).Average(), 215, 275);
    }

    [Fact]
    public void Weekday_profile_of_a_random_walk_is_close_to_its_last_day()
    {
        var random = new SeededRandom(7);
        var (value, history) = (1000.0, new double[400]);
        for (var d = 0; d < history.Length; d++) history[d] = value += 10 * random.NextNormal();

        Assert.All(Run(new WeekdayProfile(), history, 14), v => Assert.InRange(v, history[^1] - 15, history[^1] + 15));
    }

    [Fact]
    public void Ets_continues_a_weekly_pattern_exactly()
    {
        var history = Enumerable.Range(0, 140).Select(d => 50.0 + d % 7 * 3).ToArray();
        var forecast = Run(new ExponentialSmoothing(), history, 14);
        for (var h = 0; h < 14; h++) Assert.Equal(50 + h % 7 * 3, forecast[h], 6);
    }

    [Fact]
    public void Ets_beats_the_naive_on_a_noisy_level()
    {
        var random = new SeededRandom(3);
        var history = Enumerable.Range(0, 200).Select(d => 100 + d % 7 * 5 + 20 * random.NextNormal()).ToArray();
        double Error(ISimpleMethod method) => Run(method, history, 14).Select((v, h) => Math.Abs(v - (100 + (200 + h) % 7 * 5))).Sum();
        Assert.True(Error(new ExponentialSmoothing()) < 0.7 * Error(new SeasonalNaive()));
    }

    [Fact]
    public void Croston_is_size_over_interval()
    {
        // A parcel count of 6 every third day from day 2 on: both smoothed values stay, 6 / 3 = 2 a day.
        var history = Enumerable.Range(0, 30).Select(d => d % 3 == 2 ? 6.0 : 0).ToArray();
        Assert.All(Run(new IntermittentSmoothing(isTsb: false), history, 5), v => Assert.Equal(2, v, 9));
    }

    [Fact]
    public void Tsb_fades_when_demand_stops_and_croston_does_not()
    {
        double[] history = [.. Enumerable.Range(0, 30).Select(d => d % 3 == 2 ? 6.0 : 0), .. new double[60]];
        Assert.Equal(2, Run(new IntermittentSmoothing(isTsb: false), history, 1)[0], 9);
        Assert.InRange(Run(new IntermittentSmoothing(isTsb: true), history, 1)[0], 0, 0.2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(400)]
    public void Every_method_is_finite_for_any_length_of_history(int zeros)
    {
        double[] history = [.. new double[zeros], 3];
        foreach (var method in SimpleMethods.All)
            Assert.All(Run(method, history, 30), v => Assert.True(double.IsFinite(v) && v >= 0, method.Name));
    }

    private static double[] Run(ISimpleMethod method, double[] history, int horizon)
    {
        var forecast = new double[horizon];
        method.Forecast(history, forecast);
        return forecast;
    }
}
