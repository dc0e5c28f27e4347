using Logistics.Domain;
using Logistics.Planning.Access;
using Logistics.Routing.Model;
using TimeWindow = Logistics.Routing.Model.TimeWindow;

namespace Logistics.Planning.Days;

/// <summary>Instants of a service day as the optimiser's seconds: elapsed since its local midnight, in [0, three days).</summary>
public sealed class DayClock(ServiceArea area, DateOnly day)
{
    public const int HorizonSeconds = 3 * 86_400;

    public DateOnly Day => day;

    public DateTimeOffset Midnight { get; } = area.InstantOf(day, 0);

    public int SecondsOf(DateTimeOffset at) => (int)Math.Clamp((at - Midnight).TotalSeconds, 0, HorizonSeconds);

    public DateTimeOffset InstantOf(int seconds) => Midnight.AddSeconds(seconds);

    /// <summary>The part of a half-open window inside opening hours, as closed intervals of start seconds; empty when nothing is left.</summary>
    public IReadOnlyList<TimeWindow> Open(Domain.TimeWindow window, WeeklyHours? hours)
    {
        int from = SecondsOf(window.Start), until = SecondsOf(window.End);
        if (until <= from) return [];
        if (hours is null || ReferenceEquals(hours, WeeklyHours.Always)) return [new TimeWindow(from, until - 1)];
        return [.. OpenIntervals(hours)
            .Select(o => new TimeWindow(Math.Max(from, o.From), Math.Min(until, o.Until) - 1))
            .Where(w => w.Earliest <= w.Latest)];
    }

    /// <summary>Opening hours as half-open seconds, joined across midnight, from the evening before to the night after.</summary>
    public IReadOnlyList<ClosedInterval> OpenIntervals(WeeklyHours hours)
    {
        var open = new List<ClosedInterval>();
        for (var offset = -1; offset <= 1; offset++)
        {
            foreach (var span in hours.On(day.AddDays(offset).DayOfWeek))
            {
                int from = ((offset * 1440) + span.StartMinute) * 60, until = ((offset * 1440) + span.EndMinute) * 60;
                if (until > 0) open.Add(new ClosedInterval(Math.Max(0, from), until));
            }
        }

        return AccessRegime.Merge(open);
    }
}
