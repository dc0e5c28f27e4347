namespace Logistics.Forecasting.Calendars;

/// <summary>Holidays, adjusted workdays and promotions by day; days it does not hold are ordinary. Immutable; thread-safe.</summary>
public sealed class DayCalendar
{
    // Days before and after a holiday or promotion that still feel it.
    private const int EventReach = 10;

    private const int FeltDays = 14;

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

    /// <summary>The same calendar with holidays only.</summary>
    public DayCalendar WithoutPromotions() => new(_days.Values.Select(d => d with { Promotion = "" }));

    /// <summary>The same calendar, or with the <see cref="KnownFeasts"/> added if it names no public holiday in those years.</summary>
    public DayCalendar OrKnownFeasts(int firstYear, int lastYear) =>
        _days.Values.Any(d => d.IsPublicHoliday && d.Date.Year >= firstYear && d.Date.Year <= lastYear) ? this : With(KnownFeasts.Between(firstYear, lastYear));

    /// <summary>Whether a holiday or promotion lies within ten days, and whether it is a promotion in a history that holds none before.</summary>
    /// <param name="firstDay">First day of the history.</param>
    /// <param name="origin">Its last day. A promotion of the last fortnight counts as none: its parcels are still to come.</param>
    public EventNearness NearnessOf(DateOnly day, DateOnly firstDay, DateOnly origin)
    {
        var near = Enumerable.Range(-EventReach, 2 * EventReach + 1).Select(distance => this[day.AddDays(distance)]).Where(d => d.IsEvent).ToArray();
        if (near.Length == 0) return EventNearness.None;
        var isFirst = near.Any(d => d.Promotion.Length > 0) && !_days.Values.Any(d => d.Promotion.Length > 0 && d.Date >= firstDay && d.Date <= origin.AddDays(-FeltDays));
        return isFirst ? EventNearness.FirstPromotion : EventNearness.Known;
    }
}

/// <summary>What a day has to do with holidays and promotions.</summary>
public enum EventNearness
{
    /// <summary>None is felt.</summary>
    None,

    /// <summary>One is near, and the history may say what such days bring.</summary>
    Known,

    /// <summary>A promotion is near, and the history has not lived through any: how much it brings is anyone's guess.</summary>
    FirstPromotion,
}
