using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Models;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Tests.Models;

public sealed class EventFactorsTests
{
    private const int Origin = 97;

    // Days 84–90 and 112–118 are the same holiday; the origin lies after the first.
    private static readonly DayCalendar Calendar = new(new[] { 84, 112 }.SelectMany(first => Enumerable.Range(first, 7)).Select(d => CalendarDay.Ordinary(SamplePanels.Start.AddDays(d)) with { Holiday = "rest", IsPublicHoliday = true }));

    [Fact]
    public void Holiday_is_taken_out_of_the_past_and_put_back_on_the_same_holiday_to_come()
    {
        var panel = Panel(holiday: 0.7);
        var factors = EventFactors.Measure(panel, Index(panel), Origin, 21);

        var plain = factors.TakenOut(panel.Series[0].Values.AsSpan(0, Origin + 1), 0);
        var forecast = Enumerable.Repeat(100.0, 21).ToArray();
        factors.PutBack(forecast, Origin + 1);

        // Two wobbles of 2 % and the effect's own error; the holiday itself is 30 %.
        Assert.All(Enumerable.Range(84, 7), d => Assert.Equal(plain[d - 28], plain[d], 0.06 * plain[d]));
        // Days 98–118: two ordinary weeks, then the holiday.
        Assert.All(forecast[..14], v => Assert.Equal(100, v));
        Assert.All(forecast[14..], v => Assert.Equal(70, v, 2.0));
    }

    [Fact]
    public void Holiday_that_moved_nothing_moves_nothing() =>
        Assert.Equal(Plain(1.0), Plain(1.0, takenOut: true), (a, b) => Math.Abs(a - b) < 0.02 * b);

    [Theory]
    [InlineData("618", 70)]
    [InlineData("1111", 83.7)]
    public void Sale_never_seen_takes_half_of_what_one_other_sale_did(string later, double expected)
    {
        var panel = Panel(0.7);
        var days = new[] { (First: 84, Family: "618"), (First: 112, Family: later) }
            .SelectMany(sale => Enumerable.Range(sale.First, 7).Select(d => CalendarDay.Ordinary(SamplePanels.Start.AddDays(d)) with { Promotion = sale.Family + "_peak" }));
        var forecast = Enumerable.Repeat(100.0, 21).ToArray();

        EventFactors.Measure(panel, new CalendarIndex(panel, new DayCalendar(days), 21), Origin, 21).PutBack(forecast, Origin + 1);

        // 0.7 as it was seen, √0.7 under another name.
        Assert.All(forecast[14..], v => Assert.Equal(expected, v, 2.0));
    }

    [Fact]
    public void Days_after_the_origin_are_not_read()
    {
        var (known, changed) = (Panel(0.7), Panel(0.7, afterOrigin: 9));
        Assert.Equal(Forecast(known), Forecast(changed));

        static double[] Forecast(VolumePanel panel)
        {
            var forecast = Enumerable.Repeat(100.0, 21).ToArray();
            EventFactors.Measure(panel, Index(panel), Origin, 21).PutBack(forecast, Origin + 1);
            return forecast;
        }
    }

    private static double[] Plain(double holiday, bool takenOut = false)
    {
        var panel = Panel(holiday);
        var history = panel.Series[0].Values.AsSpan(0, Origin + 1);
        return takenOut ? EventFactors.Measure(panel, Index(panel), Origin, 21).TakenOut(history, 0) : history.ToArray();
    }

    private static CalendarIndex Index(VolumePanel panel) => new(panel, Calendar, 21);

    private static VolumePanel Panel(double holiday, double afterOrigin = 1)
    {
        // A week of its own and a wobble of ±2 %, which is what chance gives.
        var values = Enumerable.Range(0, 120).Select(d => 100 * (d % 7 >= 5 ? 0.6 : 1.16) * (1 + 0.02 * Math.Sin(d * d)) * (d is >= 84 and < 91 ? holiday : 1) * (d > Origin ? afterOrigin : 1));
        return new VolumePanel(SamplePanels.Start, 120, [new VolumeSeries("sum", 0, [.. values])]);
    }
}
