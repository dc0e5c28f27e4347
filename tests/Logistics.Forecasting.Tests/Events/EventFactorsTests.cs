using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Events;
using Logistics.Forecasting.Features;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Tests.Events;

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
        var forecast = Forecast(panel, [.. Sale("618_peak", 84, 91), .. Sale(later + "_peak", 112, 119)]);

        // 0.7 as it was seen, √0.7 under another name.
        Assert.All(forecast[14..], v => Assert.Equal(expected, v, 2.0));
    }

    [Fact]
    public void Phase_never_seen_takes_what_the_sale_has_done_so_far()
    {
        var forecast = Forecast(Panel(0.7), [.. Sale("sale_open", 84, 91), .. Sale("sale_peak", 98, 105)]);

        Assert.All(forecast[..7], v => Assert.Equal(70, v, 2.0));
        Assert.All(forecast[7..], v => Assert.Equal(100, v));
    }

    [Fact]
    public void Main_day_to_come_brings_half_as_much_again_as_the_days_before_it_on_the_logarithm()
    {
        // Day 100 is 12 April. A sale of that name moved days 84 to 90 and comes again on days 98 to 101.
        var forecast = Forecast(Panel(0.7), [.. Sale("412", 84, 91), .. Sale("412", 98, 102)]);

        Assert.All(forecast[..2], v => Assert.Equal(70, v, 2.0));
        Assert.All(forecast[2..4], v => Assert.Equal(100 * Math.Pow(0.7, 1.5), v, 2.0));
    }

    [Theory]
    [InlineData("1111")]
    [InlineData("双11")]
    public void Sale_named_by_its_day_ebbs_after_it(string name)
    {
        // The sale moves days 84 to 90, of which the last is 11 November; it is said to last until day 110, and nothing is known from day 91 on.
        var panel = Panel(0.7);
        var ebbing = new VolumePanel(new DateOnly(2023, 11, 11).AddDays(-90), 91, [new VolumeSeries("sum", 0, panel.Series[0].Values[..91])]);
        var forecast = Enumerable.Repeat(100.0, 21).ToArray();

        EventFactors.Measure(ebbing, new CalendarIndex(ebbing, new DayCalendar(Sale(name, 84, 111, ebbing.FirstDate)), 21), 90, 21).PutBack(forecast, 91);

        Assert.All(forecast[..2], v => Assert.InRange(v, 60, 80));
        Assert.All(Enumerable.Range(2, 17), d => Assert.InRange(forecast[d], forecast[d - 1], 100));
        // Half of the effect is left on the fourth day after the main one, a sixteenth on the tenth: 0.7^(1/16) = 0.978.
        Assert.Equal(97.8, forecast[9], 1.0);
    }

    [Fact]
    public void Days_of_a_sale_that_brought_nothing_so_far_are_forecast_as_ordinary_ones()
    {
        var forecast = Forecast(Panel(1), [.. Sale("1111_open", 91, 98), .. Sale("1111_peak", 98, 105)]);

        Assert.All(forecast, v => Assert.Equal(100, v, 1.0));
    }

    [Fact]
    public void Days_after_the_origin_are_not_read()
    {
        var (known, changed) = (Panel(0.7), Panel(0.7, afterOrigin: 9));
        Assert.Equal(Forecast(known, [.. Calendar.Days]), Forecast(changed, [.. Calendar.Days]));
    }

    // What a hundred a day becomes on the 21 days after the origin.
    private static double[] Forecast(VolumePanel panel, CalendarDay[] days)
    {
        var forecast = Enumerable.Repeat(100.0, 21).ToArray();
        EventFactors.Measure(panel, new CalendarIndex(panel, new DayCalendar(days), 21), Origin, 21).PutBack(forecast, Origin + 1);
        return forecast;
    }

    private static IEnumerable<CalendarDay> Sale(string name, int first, int end, DateOnly? start = null) =>
        Enumerable.Range(first, end - first).Select(d => CalendarDay.Ordinary((start ?? SamplePanels.Start).AddDays(d)) with { Promotion = name });

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
