using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Models;

/// <summary>Series of one level, half of them steady and half wild, tell each other nothing of their width: their own errors do.</summary>
public sealed class OwnSpreadTests
{
    private const int Days = 260;
    private static readonly DateOnly Start = new(2023, 1, 2);
    private static readonly ForecastOptions Options = new() { RowBudget = 4000, Members = 1, Networks = 1, NetworkEpochs = 2, Trees = 40, LearningRate = 0.15 };

    [Fact]
    public void Steady_series_get_a_narrow_and_wild_ones_a_wide_band()
    {
        var panel = PanelCleaner.Clean(Rows()).Panel;
        var model = VolumeForecaster.Train(panel, DayCalendar.Empty, Options);
        var forecasts = model.Predict(panel, DayCalendar.Empty);

        var (steady, wild) = (Width(0), Width(1));
        // Deviations of 2 and 30 parcels: P90 lies 2.6 and 38 above the middle.
        Assert.InRange(steady, 1, 8);
        Assert.InRange(wild, 25, 60);

        double Width(int parity) => forecasts.Where((_, i) => i % 2 == parity).Average(f => f.P90.Zip(f.P50, (high, middle) => high - middle).Average());
    }

    [Fact]
    public void Band_covers_nine_in_ten_of_either_kind()
    {
        var rows = Rows();
        int[] covered = [0, 0], days = [0, 0];
        for (var back = 14; back <= 42; back += 14)
        {
            var origin = Start.AddDays(Days - 1 - back);
            var actual = rows.ToDictionary(r => (r.SeriesId, r.Date), r => r.Volume);
            foreach (var f in Backtest.RunOrigin(rows, DayCalendar.Empty, origin, Options).Forecasts)
                for (var h = 0; h < f.Horizon; h++)
                {
                    var parity = (f.SeriesId[^1] - '0') % 2;
                    days[parity]++;
                    if (actual[(f.SeriesId, origin.AddDays(h + 1))] <= f.P90[h]) covered[parity]++;
                }
        }

        // 210 days each: chance alone is ± 0.04.
        Assert.InRange((double)covered[0] / days[0], 0.82, 0.98);
        Assert.InRange((double)covered[1] / days[1], 0.82, 0.98);
    }

    private static List<Observation> Rows()
    {
        var random = new SeededRandom(11);
        return [.. Enumerable.Range(0, 10).SelectMany(s => Enumerable.Range(0, Days).Select(d => new Observation($"S{s}", Start.AddDays(d), Math.Max(0, Math.Round(100 + (s % 2 == 0 ? 2 : 30) * random.NextNormal())))))];
    }
}
