using System.Globalization;

namespace Logistics.Forecasting.Calendars;

/// <summary>Feasts whose days follow from arithmetic alone. They stand in where no calendar names a holiday, because volumes bend around them.</summary>
public static class KnownFeasts
{
    /// <summary>Feast days from the first to the last year, both included.</summary>
    public static IEnumerable<CalendarDay> Between(int firstYear, int lastYear)
    {
        for (var year = firstYear; year <= lastYear; year++)
        {
            foreach (var day in Days("Easter", EasterSunday(year).AddDays(-2), 4)) yield return day;
            foreach (var day in Days("Christmas", new DateOnly(year, 12, 24), 9)) yield return day;
            if (FindSpringFestival(year) is { } spring)
                foreach (var day in Days("Spring Festival", spring.AddDays(-1), 7)) yield return day;
        }
    }

    /// <summary>Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).</summary>
    public static DateOnly EasterSunday(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        var l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        var m = (a + 11 * h + 22 * l) / 451;
        var n = h + l - 7 * m + 114;
        return new DateOnly(year, n / 31, n % 31 + 1);
    }

    /// <summary>First day of the first lunar month, or null outside 1901–2100.</summary>
    public static DateOnly? FindSpringFestival(int year) =>
        year is < 1902 or > 2100 ? null : DateOnly.FromDateTime(new ChineseLunisolarCalendar().ToDateTime(year, 1, 1, 0, 0, 0, 0));

    private static IEnumerable<CalendarDay> Days(string name, DateOnly start, int length) =>
        Enumerable.Range(0, length).Select(i => CalendarDay.Ordinary(start.AddDays(i)) with { Holiday = name, IsPublicHoliday = true });
}
