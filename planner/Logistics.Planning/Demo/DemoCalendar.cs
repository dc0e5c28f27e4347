using System.Globalization;
using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>Public holidays and shopping festivals of China, and how they move parcel volumes.</summary>
/// <remarks>
/// Lunar days come from the BCL's lunisolar calendar. Make-up workdays are announced each year by decree; here the weekend days next to the two long
/// holidays stand in for them.
/// </remarks>
internal static class DemoCalendar
{
    private const string HolidaySource = "演示：按放假办法推算", FestivalSource = "演示：电商惯例";

    // A sale lasts weeks: it opens before its day, and parcels come for days after. Platforms and the postal bureau announce both ends.
    private const int SaleDaysBefore = 10, SaleDaysAfter = 9;

    private static readonly ChineseLunisolarCalendar Lunar = new();

    /// <summary>Entries for the special days of [from, until], ascending.</summary>
    public static IReadOnlyList<CalendarDay> Build(DateOnly from, DateOnly until)
    {
        var days = new SortedDictionary<DateOnly, CalendarDay>();
        for (var year = from.Year; year <= until.Year; year++) AddYear(days, year);
        return [.. days.Values.Where(d => d.Day >= from && d.Day <= until)];
    }

    /// <summary>Parcels on a day against an ordinary day: weekday × holiday × festival.</summary>
    public static double VolumeFactor(CalendarDay day)
    {
        var weekday = day.Day.DayOfWeek switch
        {
            DayOfWeek.Monday => 1.10,
            DayOfWeek.Tuesday => 1.06,
            DayOfWeek.Saturday => 0.94,
            DayOfWeek.Sunday => 0.84,
            _ => 1.0,
        };
        var holiday = day.Kind switch
        {
            DayKind.Holiday => day.Name == "春节" ? 0.25 : 0.72,
            DayKind.MakeUpWorkday => 1.08,
            _ => 1.0,
        };
        return weekday * holiday * FestivalFactor(day.Day);
    }

    // Sales start days before; delivery peaks one to three days after the date itself.
    private static double FestivalFactor(DateOnly day) =>
        1 + Surge(day, 6, 18, 1.1) + Surge(day, 11, 11, 1.9) + Surge(day, 12, 12, 0.7);

    private static double Surge(DateOnly day, int month, int date, double height)
    {
        var since = day.DayNumber - new DateOnly(day.Year, month, date).DayNumber;
        return since switch
        {
            < -SaleDaysBefore or > SaleDaysAfter => 0,
            < 0 => height * 0.25,
            0 => height * 0.6,
            1 or 2 => height,
            _ => height * Math.Exp(-(since - 2) / 2.5),
        };
    }

    private static void AddYear(SortedDictionary<DateOnly, CalendarDay> days, int year)
    {
        AddHoliday("元旦", new DateOnly(year, 1, 1), 1);
        AddHoliday("春节", FromLunar(year, 1, 1).AddDays(-1), 8);
        AddHoliday("清明节", new DateOnly(year, 4, year % 4 is 0 or 1 ? 4 : 5), 1);
        AddHoliday("劳动节", new DateOnly(year, 5, 1), 5);
        AddHoliday("端午节", FromLunar(year, 5, 5), 1);
        AddHoliday("中秋节", FromLunar(year, 8, 15), 1);
        AddHoliday("国庆节", new DateOnly(year, 10, 1), 7);
        foreach (var around in new[] { new DateOnly(year, 9, 30), new DateOnly(year, 10, 8), new DateOnly(year, 4, 30), new DateOnly(year, 5, 6) })
            if (NearestWeekend(around) is { } day && !days.ContainsKey(day)) days[day] = new CalendarDay(day, DayKind.MakeUpWorkday, "调休上班") { Source = HolidaySource };
        AddFestival("618", new DateOnly(year, 6, 18));
        AddFestival("双11", new DateOnly(year, 11, 11));
        AddFestival("双12", new DateOnly(year, 12, 12));

        void AddHoliday(string name, DateOnly first, int length)
        {
            for (var i = 0; i < length; i++) days[first.AddDays(i)] = new CalendarDay(first.AddDays(i), DayKind.Holiday, name) { Source = HolidaySource };
        }

        void AddFestival(string name, DateOnly main)
        {
            for (var since = -SaleDaysBefore; since <= SaleDaysAfter; since++)
            {
                var day = main.AddDays(since);
                days[day] = days.TryGetValue(day, out var known) ? known with { Festival = name } : new CalendarDay(day, DayKind.Ordinary, null, name) { Source = FestivalSource };
            }
        }
    }

    private static DateOnly? NearestWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? day : null;

    /// <summary>Gregorian date of a lunar month (1-based, leap months not counted) and day.</summary>
    private static DateOnly FromLunar(int year, int month, int day)
    {
        // In a leap year the calendar numbers the leap month itself, so later months move up by one.
        var leap = Lunar.GetLeapMonth(year);
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, leap > 0 && month >= leap ? month + 1 : month, day, 0, 0, 0, 0));
    }
}
