using Logistics.Forecasting.Calendars;

namespace Logistics.Forecasting.Tests.Calendars;

public sealed class CalendarEventsTests
{
    [Theory]
    [InlineData(1997, 3, 30)]
    [InlineData(1998, 4, 12)]
    [InlineData(2024, 3, 31)]
    [InlineData(2038, 4, 25)]
    public void Easter_falls_where_tables_say(int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), KnownFeasts.EasterSunday(year));

    [Theory]
    [InlineData(2021, 2, 12)]
    [InlineData(2022, 2, 1)]
    [InlineData(2023, 1, 22)]
    [InlineData(2026, 2, 17)]
    public void Spring_festival_falls_where_tables_say(int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), KnownFeasts.FindSpringFestival(year));

    [Fact]
    public void Days_around_a_movable_holiday_map_to_the_same_distance_the_year_before()
    {
        var events = new CalendarEvents(DayCalendar.Empty.OrKnownFeasts(2021, 2022));
        // 2022-02-05 is four days after New Year; so is 2021-02-16.
        Assert.Equal(new DateOnly(2021, 2, 16), events.Analog(new DateOnly(2022, 2, 5)));
        Assert.Equal(new DateOnly(2021, 2, 2), events.Analog(new DateOnly(2022, 1, 22)));
    }

    [Fact]
    public void Ordinary_days_map_to_the_same_weekday() =>
        Assert.Equal(new DateOnly(2021, 7, 7), new CalendarEvents(DayCalendar.Empty).Analog(new DateOnly(2022, 7, 6)));

    [Fact]
    public void Promotion_maps_to_the_one_before_by_start_main_day_and_end()
    {
        var events = new CalendarEvents(new DayCalendar([.. Span("618_open", 6, 1, 20), .. Span("1111_open", 11, 1, 14)]));
        Assert.Equal(new DateOnly(2022, 6, 1), events.FindPromotionAnalog(new DateOnly(2022, 11, 1)));
        Assert.Equal(new DateOnly(2022, 6, 18), events.FindPromotionAnalog(new DateOnly(2022, 11, 11)));
        Assert.Equal(new DateOnly(2022, 6, 22), events.FindPromotionAnalog(new DateOnly(2022, 11, 16)));
        Assert.Null(events.FindPromotionAnalog(new DateOnly(2022, 9, 1)));
        Assert.Null(events.FindPromotionAnalog(new DateOnly(2022, 6, 5)));

        static IEnumerable<CalendarDay> Span(string name, int month, int day, int length) =>
            Enumerable.Range(0, length).Select(i => CalendarDay.Ordinary(new DateOnly(2022, month, day).AddDays(i)) with { Promotion = name });
    }

    [Theory]
    [InlineData("618", 6, 18)]
    [InlineData("99", 9, 9)]
    [InlineData("1111", 11, 11)]
    [InlineData("11.11", 11, 11)]
    [InlineData("双11", 11, 11)]
    [InlineData("双十二", 12, 12)]
    [InlineData("Double 12", 12, 12)]
    [InlineData("0230", 0, 0)]
    [InlineData("wednesday", 0, 0)]
    [InlineData("sale3", 0, 0)]
    public void Name_of_a_sale_tells_its_main_day(string name, int month, int day)
    {
        // Every day of a year bears the name.
        var sale = Enumerable.Range(0, 365).Select(i => CalendarDay.Ordinary(new DateOnly(2022, 1, 1).AddDays(i)) with { Promotion = name });
        var found = Assert.Single(new CalendarEvents(new DayCalendar(sale)).Events);

        Assert.Equal(month > 0, found.IsNamedByDay);
        Assert.Equal(month > 0 ? new DateOnly(2022, month, day) : found.Start, found.Main);
    }

    [Fact]
    public void Feasts_stand_in_only_where_the_calendar_names_no_holiday()
    {
        var known = new DayCalendar([CalendarDay.Ordinary(new DateOnly(2022, 10, 1)) with { Holiday = "National Day", IsPublicHoliday = true }]);
        Assert.Same(known, known.OrKnownFeasts(2021, 2023));
        Assert.True(DayCalendar.Empty.OrKnownFeasts(2021, 2023)[new DateOnly(2022, 12, 25)].IsPublicHoliday);
    }
}
