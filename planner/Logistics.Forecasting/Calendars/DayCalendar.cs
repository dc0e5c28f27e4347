namespace Logistics.Forecasting.Calendars;

/// <summary>Holidays, adjusted workdays and promotions by day; days it does not hold are ordinary. Immutable; thread-safe.</summary>
public sealed class DayCalendar
{
    // Days before and after a holiday or promotion that still feel it.
    private const int EventReach = 10;

    private readonly Dictionary<DateOnly, CalendarDay> _days;

    public DayCalendar(IEnumerable<CalendarDay> days)
    {
        _days = [];
        foreach (var day in days) _days[day.Date] = day;
    }

    /// <summary>A calendar that knows only weekdays.</summary>
    public static DayCalendar Empty { get; } = new([]);

    public IEnumerable<CalendarDay> Days => _days.Values.OrderBy(d => d.Date);

    public CalendarDay this[DateOnly date] => _days.TryGetValue(date, out var day) ? day : CalendarDay.Ordinary(date);

    /// <summary>The same calendar with some days replaced, e.g. a promotion tried out.</summary>
    public DayCalendar With(IEnumerable<CalendarDay> days) => new(_days.Values.Concat(days));

    /// <summary>The same calendar, or with the <see cref="KnownFeasts"/> added if it names no public holiday in those years.</summary>
    public DayCalendar OrKnownFeasts(int firstYear, int lastYear) =>
        _days.Values.Any(d => d.IsPublicHoliday && d.Date.Year >= firstYear && d.Date.Year <= lastYear) ? this : With(KnownFeasts.Between(firstYear, lastYear));

    /// <summary>Whether no holiday or promotion lies within ten days, so that none is felt.</summary>
    public bool IsOrdinary(DateOnly day)
    {
        for (var distance = -EventReach; distance <= EventReach; distance++)
            if (this[day.AddDays(distance)].IsEvent) return false;
        return true;
    }
}
