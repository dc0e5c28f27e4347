using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests;

/// <summary>Nothing after the origin may change a forecast.</summary>
public sealed class LeakageTests
{
    // Sales a week apart: the one before a day may come after the origin.
    private static readonly DayCalendar Weekly = new(Enumerable.Range(0, 80).Select(week => CalendarDay.Ordinary(SamplePanels.Start.AddDays(2 + (7 * week))) with { Promotion = "wednesday" }));

    // Where fewer than two were lived through, their effect is measured up to the panel's end, which is the origin.
    private static readonly DayCalendar TwoSales = SamplePanels.Calendar.With(Enumerable.Range(16, 4).Select(day => CalendarDay.Ordinary(new DateOnly(2023, 6, day)) with { Promotion = "618_peak" }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Features_do_not_change_when_later_values_do(bool hasWeeklySale)
    {
        var calendar = hasWeeklySale ? Weekly : TwoSales;
        var panel = SamplePanels.Panel(6, 500);
        const int origin = 450;
        var random = new SeededRandom(9);
        var scrambled = new VolumePanel(panel.FirstDate, panel.Days, [.. panel.Series.Select(s => s with
        {
            Values = [.. s.Values.Select((v, i) => i <= origin ? v : 1e6 * random.NextDouble())],
        })]);

        var (before, after) = (Builder(panel, calendar), Builder(scrambled, calendar));
        var (rowBefore, rowAfter) = (new float[before.Columns.Count], new float[before.Columns.Count]);
        for (var s = 0; s < panel.Series.Count; s++)
        {
            foreach (var level in Enum.GetValues<LevelKind>()) Assert.Equal(before.Scale(s, origin, level), after.Scale(s, origin, level));
            for (var h = 1; h <= 14; h++)
            {
                var point = new ForecastPoint(s, origin, origin + h, before.Scale(s, origin));
                before.Write(point, rowBefore);
                after.Write(point, rowAfter);
                Assert.Equal(rowBefore, rowAfter);
            }
        }
    }

    [Fact]
    public void Backtest_forecasts_do_not_change_when_later_rows_are_changed_added_or_removed()
    {
        var rows = SamplePanels.Observations(4, 260);
        var origin = SamplePanels.Start.AddDays(230);
        var known = rows.Where(r => r.Date <= origin).ToList();
        List<Observation> poisoned =
        [
            new("T0-P0", origin.AddDays(1), double.NaN), new("zz-new", origin.AddDays(2), 1e9),
            .. known,
            .. rows.Where(r => r.Date > origin).Select(r => r with { Volume = -1e9 }),
        ];

        var expected = Run(rows);
        Assert.Equal(expected, Run(known));
        Assert.Equal(expected, Run(poisoned));

        double[] Run(List<Observation> observations) =>
            [.. Backtest.RunOrigin(observations, SamplePanels.Calendar, origin, SamplePanels.Quick).Forecasts.SelectMany(f => f.P50.Concat(f.P90).Concat(f.P10))];
    }

    [Fact]
    public void A_sale_whose_days_to_come_are_cleared_one_by_one_is_forecast()
    {
        var rows = SamplePanels.Observations(4, 260);
        var origin = SamplePanels.Start.AddDays(230);
        foreach (var cleared in Enumerable.Range(1, 12))
        {
            var sale = Enumerable.Range(-8, 22).Where(day => day != cleared).Select(day => CalendarDay.Ordinary(origin.AddDays(day)) with { Promotion = "sale" });
            var result = Backtest.RunOrigin(rows, new DayCalendar([.. SamplePanels.Calendar.Days, .. sale]), origin, SamplePanels.Quick with { Trees = 5, Networks = 0 });
            Assert.All(result.Forecasts.SelectMany(f => f.P50), value => Assert.True(double.IsFinite(value)));
        }
    }

    [Fact]
    public void Forecasts_within_a_first_sale_do_not_change_when_later_rows_do()
    {
        var rows = SamplePanels.Observations(4, 340);
        var origin = new DateOnly(2023, 11, 12);

        Assert.Equal(Run(rows), Run([.. rows.Select(r => r.Date > origin ? r with { Volume = 1000 - r.Volume } : r)]));

        double[] Run(List<Observation> observations) =>
            [.. Backtest.RunOrigin(observations, SamplePanels.Calendar, origin, SamplePanels.Quick).Forecasts.SelectMany(f => f.P50.Concat(f.P90).Concat(f.P10))];
    }

    [Fact]
    public void Weights_and_calibration_do_not_change_when_later_rows_do()
    {
        var rows = SamplePanels.Observations(4, 260);
        var origin = SamplePanels.Start.AddDays(230);
        var (known, changed) = (Train(rows), Train([.. rows.Select(r => r.Date > origin ? r with { Volume = 7 * r.Volume + 1000 } : r)]));

        Assert.Equal(known.Combination.Weights, changed.Combination.Weights);
        Assert.Equal(known.Combination.Tilt.Choices, changed.Combination.Tilt.Choices);
        Assert.Equal(known.Combination.Calibration.UpperFactors, changed.Combination.Calibration.UpperFactors);
        Assert.Equal(known.Combination.Calibration.LowerFactors, changed.Combination.Calibration.LowerFactors);
        Assert.Equal(known.Combination.Spread.Share, changed.Combination.Spread.Share);
        Assert.Equal(known.Combination.Spread.Relative, changed.Combination.Spread.Relative);
        Assert.Equal(known.Rehearsal!.Methods, changed.Rehearsal!.Methods);

        VolumeForecastModel Train(List<Observation> observations) =>
            VolumeForecaster.Train(PanelCleaner.Clean(observations, origin).Panel, SamplePanels.Calendar, SamplePanels.Quick);
    }

    [Fact]
    public void A_sale_half_a_year_after_the_origin_does_not_change_a_forecast()
    {
        var panel = SamplePanels.Panel(4, 200);
        var sale = CalendarDay.Ordinary(panel.LastDate.AddDays(180)) with { Promotion = "anniversary_peak" };

        Assert.Equal(Forecast(SamplePanels.Calendar), Forecast(new DayCalendar([.. SamplePanels.Calendar.Days, sale])));

        double[] Forecast(DayCalendar calendar) =>
            [.. VolumeForecaster.Train(panel, calendar, SamplePanels.Quick with { RowBudget = 6000, Networks = 1, NetworkEpochs = 1 }).Predict(panel, calendar).SelectMany(f => f.P10.Concat(f.P50).Concat(f.P90))];
    }

    private static FeatureBuilder Builder(VolumePanel panel, DayCalendar calendar) => new(panel, calendar, FeatureClasses.Of(panel, calendar), 14);
}
