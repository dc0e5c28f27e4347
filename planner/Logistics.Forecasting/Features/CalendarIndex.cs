using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Features;

/// <summary>The calendar by panel day, reaching past the panel's end by the horizon. Immutable; thread-safe.</summary>
internal sealed class CalendarIndex
{
    // Days before the panel's first day that classes still look at.
    private const int Far = 60;

    private const int Before = -100_000;

    private readonly CalendarDay[] _days;
    private readonly int[] _analog;
    private readonly int[] _promotionAnalog;

    public CalendarIndex(VolumePanel panel, DayCalendar calendar, int maxHorizon)
    {
        var length = panel.Days + maxHorizon;
        _days = new CalendarDay[length];
        _analog = new int[length];
        _promotionAnalog = new int[length];
        var events = new CalendarEvents(calendar);
        for (var day = 0; day < length; day++)
        {
            var date = panel.DateOf(day);
            _days[day] = calendar[date];
            _analog[day] = panel.DayOf(events.Analog(date));
            _promotionAnalog[day] = events.FindPromotionAnalog(date) is { } earlier ? panel.DayOf(earlier) : Before;
        }

        DaysSinceMain = new int?[length];
        foreach (var e in events.Events.Where(e => e.IsNamedByDay))
            for (var day = Math.Max(0, panel.DayOf(e.Start)); day < Math.Min(length, panel.DayOf(e.End)); day++) DaysSinceMain[day] = day - panel.DayOf(e.Main);
        IsEventDay = Array.ConvertAll(_days, d => d.IsEvent);
        Promotions = new EventDistances(panel, length, events.Events.Where(e => e.IsPromotion), Far);
        Holidays = new EventDistances(panel, length, events.Events.Where(e => !e.IsPromotion), Far);
        Spring = new EventDistances(panel, length, events.Events.Where(e => !e.IsPromotion && CalendarEvents.IsSpring(e)), Far);
        EventsBefore = new int[length + 1];
        for (var day = 0; day < length; day++) EventsBefore[day + 1] = EventsBefore[day] + (_days[day].Promotion.Length > 0 ? 1 : 0);
    }

    public bool[] IsEventDay { get; }

    /// <summary>On days of a promotion named by its day: days since that one, negative before it.</summary>
    public int?[] DaysSinceMain { get; }

    public EventDistances Promotions { get; }

    public EventDistances Holidays { get; }

    public EventDistances Spring { get; }

    /// <summary>Promotion days before each day.</summary>
    public int[] EventsBefore { get; }

    public CalendarDay this[int day] => _days[day];

    /// <summary>Day of the year before that played the same part; may be before the panel.</summary>
    public int Analog(int day) => _analog[day];

    /// <summary>Day of the promotion before that played the same part; far before the panel if there is none, or if it comes after the origin, as where sales follow each other week by week.</summary>
    public int PromotionAnalog(ForecastPoint point) => _promotionAnalog[point.Target] is var day && day <= point.Origin ? day : Before;
}

/// <summary>Distances in days from each panel day to the events around it; NaN beyond reach.</summary>
internal sealed class EventDistances
{
    public EventDistances(VolumePanel panel, int length, IEnumerable<CalendarEvent> events, int reach)
    {
        ToNextStart = Missing(length);
        SinceStart = Missing(length);
        SinceEnd = Missing(length);
        ToMain = Missing(length);
        Length = Missing(length);
        foreach (var e in events)
        {
            var (start, end, main) = (panel.DayOf(e.Start), panel.DayOf(e.End), panel.DayOf(e.Main));
            for (var day = Math.Max(0, start - reach); day < Math.Min(length, end + reach); day++)
            {
                if (day < start) Keep(ToNextStart, day, start - day);
                if (day >= start) Keep(SinceStart, day, day - start);
                if (day >= end) Keep(SinceEnd, day, day - end + 1);
                if (day >= start && day < end) Length[day] = end - start;
                if (float.IsNaN(ToMain[day]) || Math.Abs(main - day) < Math.Abs(ToMain[day])) ToMain[day] = main - day;
            }
        }
    }

    /// <summary>Days until the next event starts.</summary>
    public float[] ToNextStart { get; }

    /// <summary>Days since the latest event started, running on after its end.</summary>
    public float[] SinceStart { get; }

    /// <summary>Days since the latest event ended, 1 on the day after.</summary>
    public float[] SinceEnd { get; }

    /// <summary>Signed distance to the nearest event's main day, positive before it.</summary>
    public float[] ToMain { get; }

    /// <summary>Length of the event the day is in.</summary>
    public float[] Length { get; }

    private static float[] Missing(int length)
    {
        var values = new float[length];
        Array.Fill(values, float.NaN);
        return values;
    }

    private static void Keep(float[] values, int day, int distance)
    {
        if (float.IsNaN(values[day]) || distance < values[day]) values[day] = distance;
    }
}
