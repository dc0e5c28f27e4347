using Logistics.Forecasting.Models;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Models;

public sealed class EffectiveSeriesTests
{
    private const int Series = 20;
    private const int Horizon = 14;
    private const int Origins = 30;

    [Fact]
    public void Series_that_err_by_themselves_count_each()
    {
        var random = new SeededRandom(4);
        var count = Count((_, _) => random.NextNormal());

        // Of n normal errors (Σ|e|)² is on average n + 2/π · n · (n − 1) and (Σe)² is n: π/2 of their ratio is n + 0.57.
        Assert.InRange(count, 17, Series);
    }

    [Fact]
    public void Series_that_share_each_days_shock_count_as_little_more_than_one()
    {
        var random = new SeededRandom(4);
        var shocks = new double[Origins * Horizon];
        for (var i = 0; i < shocks.Length; i++) shocks[i] = random.NextNormal();

        Assert.InRange(Count((day, _) => shocks[day]), 1, 1.6);
    }

    [Fact]
    public void One_that_brings_nearly_all_parcels_counts_alone()
    {
        var random = new SeededRandom(4);

        Assert.InRange(Count((_, series) => random.NextNormal() * (series == 0 ? 100 : 1)), 1, 2);
    }

    [Fact]
    public void Exact_forecasts_tell_nothing_against_any() => Assert.Equal(Series, Count((_, _) => 0));

    private static double Count(Func<int, int, double> error)
    {
        var actual = new double[Origins * Series * Horizon];
        for (var i = 0; i < actual.Length; i++) actual[i] = error(i / (Series * Horizon) * Horizon + i % Horizon, i / Horizon % Series);
        return EffectiveSeries.Count(new double[actual.Length], actual, Series, Horizon);
    }
}
