using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Tests;

public sealed class VolumeForecasterTests
{
    [Fact]
    public void Days_after_a_sale_are_ordinary_again_where_few_days_leave_the_forecast_to_simple_methods()
    {
        // The last day is the sale's last: 14 November.
        var panel = SamplePanels.Panel(6, 317);

        var forecast = VolumeForecaster.Train(panel, SamplePanels.Calendar, SamplePanels.Quick).Predict(panel, SamplePanels.Calendar);

        var ordinary = panel.Series.Sum(s => s.Values.AsSpan(280, 28).ToArray().Average());
        Assert.InRange(forecast.Sum(f => f.P50.Average()) / ordinary, 0.93, 1.07);
    }

    [Fact]
    public void Last_days_of_a_first_sale_are_forecast_below_its_peak_and_every_parcel_of_them_is_explained()
    {
        // 10 to 14 November bring 2.5 times the usual; the calendar says the sale lasts until the 24th, and the 12th is the last day known.
        var panel = SamplePanels.Panel(6, 315);
        var calendar = SamplePanels.Calendar.With(Enumerable.Range(10, 15).Select(d => CalendarDay.Ordinary(new DateOnly(2023, 11, d)) with { Promotion = "双11" }));
        var model = VolumeForecaster.Train(panel, calendar, SamplePanels.Quick);

        var forecast = model.Predict(panel, calendar);

        var ordinary = panel.Series.Sum(s => s.Values.AsSpan(280, 28).ToArray().Average());
        var week = Enumerable.Range(0, 2).Select(w => forecast.Sum(f => f.P50.AsSpan(7 * w, 7).ToArray().Average()) / ordinary).ToArray();
        Assert.InRange(week[0], 1.1, 2.0);
        Assert.InRange(week[1], 0.93, 1.1);
        var explanation = new ForecastExplainer(model, panel, calendar).FindExplanation(panel.Series[0].Id, 1)!;
        Assert.Contains(explanation.Drivers, d => d.Feature == "promotion_effect" && d.Parcels > 0);
        Assert.InRange(explanation.BaseVolume + explanation.Drivers.Sum(d => d.Parcels), forecast[0].P50[0] * 0.7, forecast[0].P50[0] * 1.3);
    }

    [Fact]
    public void Forecast_of_a_regular_panel_is_close_and_ordered()
    {
        var rows = SamplePanels.Observations(8, 300);
        var origin = SamplePanels.Start.AddDays(285);
        var result = Backtest.RunOrigin(rows, SamplePanels.Calendar, origin, SamplePanels.Quick);
        var score = BacktestScore.Of([result], PanelCleaner.Clean(rows).Panel);

        Assert.InRange(score.Methods[0].Wape, 0, 0.16);
        Assert.InRange(score.Methods[0].Coverage90!.Value, 0.75, 1);
        Assert.All(result.Forecasts, AssertOrdered);
    }

    [Fact]
    public void Same_seed_gives_the_same_forecast()
    {
        var panel = SamplePanels.Panel(4, 200);
        Assert.Equal(Flat(panel), Flat(panel));

        static double[] Flat(VolumePanel panel) =>
            [.. VolumeForecaster.Train(panel, DayCalendar.Empty, SamplePanels.Quick).Predict(panel, DayCalendar.Empty).SelectMany(f => f.P90)];
    }

    [Fact]
    public void Troubled_series_get_finite_ordered_forecasts()
    {
        var rows = SamplePanels.Observations(6, 200);
        var last = SamplePanels.Start.AddDays(199);
        rows.Add(new Observation("one-day", last, 7));
        rows.AddRange(Enumerable.Range(0, 200).Select(d => new Observation("all-zero", SamplePanels.Start.AddDays(d), 0)));
        rows.AddRange(Enumerable.Range(0, 150).Select(d => new Observation("closed-0", SamplePanels.Start.AddDays(d), 30)));
        rows.AddRange(Enumerable.Range(0, 200).Select(d => new Observation("sparse-0", SamplePanels.Start.AddDays(d), d % 9 == 0 ? 2 : 0)));
        rows.AddRange(Enumerable.Range(0, 200).Select(d => new Observation("huge-0", SamplePanels.Start.AddDays(d), 1e12 + d)));
        var panel = PanelCleaner.Clean(rows).Panel;
        var forecasts = VolumeForecaster.Train(panel, SamplePanels.Calendar, SamplePanels.Quick).Predict(panel, SamplePanels.Calendar).ToDictionary(f => f.SeriesId);

        Assert.All(forecasts.Values, AssertOrdered);
        Assert.All(forecasts["all-zero"].P90, v => Assert.Equal(0, v));
        Assert.All(forecasts["closed-0"].P90, v => Assert.Equal(0, v));
        Assert.All(forecasts["one-day"].P50, v => Assert.InRange(v, 0.5, 70));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(40)]
    public void Panel_of_any_length_can_be_forecast(int days)
    {
        var panel = SamplePanels.Panel(3, days);
        var forecasts = VolumeForecaster.Train(panel, DayCalendar.Empty, SamplePanels.Quick).Predict(panel, DayCalendar.Empty);
        Assert.Equal(3, forecasts.Count);
        Assert.All(forecasts, AssertOrdered);
    }

    [Theory]
    [InlineData(200, 2000, 0)]
    [InlineData(200, 6000, 1)]
    [InlineData(315, 2000, 0)]
    public void Stored_model_forecasts_the_same_and_keeps_its_report(int days, int rows, int networks)
    {
        // 315 days end within the first sale.
        var panel = SamplePanels.Panel(4, days);
        var model = VolumeForecaster.Train(panel, SamplePanels.Calendar, SamplePanels.Quick with { RowBudget = rows, Networks = networks, NetworkEpochs = 1 });
        using var stream = new MemoryStream();
        ModelFile.Save(model, stream);
        stream.Position = 0;
        var loaded = ModelFile.Load(stream);

        Assert.Equal(
            model.Predict(panel, SamplePanels.Calendar).SelectMany(f => f.P90),
            loaded.Predict(panel, SamplePanels.Calendar).SelectMany(f => f.P90));
        Assert.Equal(days == 315, loaded.Classes.HasFewSales);
        Assert.Equal(networks, loaded.Models.Networks.Networks.Count);
        Assert.Equal(model.Rehearsal!.Methods, loaded.Rehearsal!.Methods);
        Assert.Equal(model.Rehearsal.Origins, loaded.Rehearsal.Origins);
        Assert.Equal(model.Rehearsal.Levels, loaded.Rehearsal.Levels);
    }

    [Theory]
    [InlineData(0, "does not begin with")]
    [InlineData(4, "has version")]
    [InlineData(-1, "ends too early")]
    public void Foreign_or_damaged_model_is_refused_with_the_reason(int damagedByte, string reason)
    {
        var panel = SamplePanels.Panel(2, 100);
        using var stream = new MemoryStream();
        ModelFile.Save(VolumeForecaster.Train(panel, DayCalendar.Empty, SamplePanels.Quick), stream);
        var bytes = stream.ToArray();
        if (damagedByte >= 0) bytes[damagedByte] ^= 0x55;
        else bytes = bytes[..(bytes.Length / 2)];

        var error = Assert.Throws<InvalidDataException>(() => ModelFile.Load(new MemoryStream(bytes)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_can_be_cancelled_and_reports_progress()
    {
        using var source = new CancellationTokenSource();
        var steps = new List<ForecastProgress>();
        var progress = new Recorder(p =>
        {
            steps.Add(p);
            if (steps.Count == 2) source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => VolumeForecaster.Train(SamplePanels.Panel(3, 200), DayCalendar.Empty, SamplePanels.Quick, progress, source.Token));
        Assert.Equal(2, steps.Count);
        Assert.True(steps[1].Done < steps[1].Total);
    }

    [Fact]
    public void Broken_options_are_all_named()
    {
        var error = Assert.Throws<ArgumentException>(() => VolumeForecaster.Train(SamplePanels.Panel(1, 30), DayCalendar.Empty, new ForecastOptions { Horizon = 0, Members = 99 }));
        Assert.Contains("Horizon 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Members 99", error.Message, StringComparison.Ordinal);
    }

    private static void AssertOrdered(SeriesForecast f)
    {
        for (var h = 0; h < f.Horizon; h++)
            Assert.True(double.IsFinite(f.P90[h]) && 0 <= f.P10[h] && f.P10[h] <= f.P50[h] && f.P50[h] <= f.P90[h], $"{f.SeriesId} day {h}: {f.P10[h]} {f.P50[h]} {f.P90[h]}");
    }

    private sealed class Recorder(Action<ForecastProgress> report) : IProgress<ForecastProgress>
    {
        public void Report(ForecastProgress value) => report(value);
    }
}
