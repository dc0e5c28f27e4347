namespace Logistics.Forecasting.Calendars;

/// <summary>A holiday or promotion as one stretch of days.</summary>
/// <param name="Family">Holiday name, or promotion without its phase.</param>
/// <param name="Start">First day.</param>
/// <param name="End">Day after the last.</param>
/// <param name="Main">The day occurrences of different years are aligned by.</param>
/// <param name="IsNamedByDay">The name says the main day: 618, 1111, 双11.</param>
public sealed record CalendarEvent(string Family, bool IsPromotion, DateOnly Start, DateOnly End, DateOnly Main, bool IsNamedByDay = false);

/// <summary>Finds the events of a calendar and the day of an earlier year that played the same part.</summary>
/// <remarks>Immutable; thread-safe.</remarks>
public sealed class CalendarEvents
{
    // Days around a holiday are aligned by their distance to it; beyond this reach the weekday matters more.
    private const int Reach = 7;
    private const int LongReach = 25;

    // Days a promotion's opening rush and its ebb last.
    private const int Opening = 4;
    private const int Ebb = 7;

    private readonly CalendarEvent[] _events;

    public CalendarEvents(DayCalendar calendar)
    {
        var days = calendar.Days.ToArray();
        var events = new List<CalendarEvent>();
        Collect(days, events, isPromotion: false, d => d.IsPublicHoliday ? d.Holiday : "");
        Collect(days, events, isPromotion: true, d => d.PromotionFamily);
        _events = [.. events.OrderBy(e => e.Start)];
    }

    public IReadOnlyList<CalendarEvent> Events => _events;

    /// <summary>The day in the year before with the same part in the same event, or the same weekday 52 weeks before.</summary>
    public DateOnly Analog(DateOnly date)
    {
        CalendarEvent? nearest = null;
        var nearestDistance = int.MaxValue;
        foreach (var candidate in _events)
        {
            var distance = Distance(candidate, date);
            var reach = candidate.IsPromotion ? 0 : IsSpring(candidate) || candidate.Family == "Christmas" ? LongReach : Reach;
            if (distance > reach || distance >= nearestDistance) continue;
            (nearest, nearestDistance) = (candidate, distance);
        }

        if (nearest is null) return date.AddDays(-364);
        CalendarEvent? earlier = null;
        foreach (var candidate in _events)
        {
            var gap = nearest.Main.DayNumber - candidate.Main.DayNumber;
            if (candidate.Family == nearest.Family && gap is > 300 and < 430) earlier = candidate;
        }

        return earlier is null ? date.AddDays(-364) : earlier.Main.AddDays(date.DayNumber - nearest.Main.DayNumber);
    }

    /// <summary>The day that played the same part in the promotion before, whatever its name; null away from promotions.</summary>
    /// <remarks>
    /// 11.11 after 6.18: the opening rush is aligned by the first day, the rest by the main day, the ebb by the end. Promotions less than half as long
    /// are passed over, since a three-day sale says little about a two-week one.
    /// </remarks>
    public DateOnly? FindPromotionAnalog(DateOnly date)
    {
        CalendarEvent? current = null;
        foreach (var e in _events)
            if (e.IsPromotion && date >= e.Start && date < e.End.AddDays(Ebb)) current = e;
        if (current is null) return null;
        CalendarEvent? earlier = null;
        foreach (var e in _events)
            if (e.IsPromotion && e.End < current.Start && Length(e) * 2 >= Length(current)) earlier = e;
        if (earlier is null) return null;

        if (date >= current.End) return earlier.End.AddDays(date.DayNumber - current.End.DayNumber);
        var sinceStart = date.DayNumber - current.Start.DayNumber;
        if (sinceStart < Opening) return earlier.Start.AddDays(sinceStart);
        var aligned = earlier.Main.AddDays(date.DayNumber - current.Main.DayNumber);
        return aligned < earlier.Start ? earlier.Start.AddDays(sinceStart) : aligned;
    }

    private static int Length(CalendarEvent e) => e.End.DayNumber - e.Start.DayNumber;

    internal static bool IsSpring(CalendarEvent e) => e.Family.Contains("Spring", StringComparison.OrdinalIgnoreCase) || e.Family.Contains('春', StringComparison.Ordinal);

    private static int Distance(CalendarEvent e, DateOnly date) =>
        date < e.Start ? e.Start.DayNumber - date.DayNumber : Math.Max(0, date.DayNumber - e.End.DayNumber + 1);

    private static void Collect(CalendarDay[] days, List<CalendarEvent> events, bool isPromotion, Func<CalendarDay, string> familyOf)
    {
        for (var i = 0; i < days.Length;)
        {
            var family = familyOf(days[i]);
            if (family.Length == 0)
            {
                i++;
                continue;
            }

            var start = i;
            while (i < days.Length && familyOf(days[i]) == family && days[i].Date.DayNumber - days[start].Date.DayNumber == i - start) i++;
            // The anchor is the start unless the name tells a day: it is fixed by tradition or decree, while lengths change from year to year.
            var main = isPromotion ? SaleNames.FindMainDay(family, days[start].Date, days[i - 1].Date) : null;
            events.Add(new CalendarEvent(family, isPromotion, days[start].Date, days[i - 1].Date.AddDays(1), main ?? days[start].Date, main is not null));
        }
    }
}
