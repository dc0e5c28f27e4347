using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>Chooses when the activities of a given sequence begin: fewest seconds outside their windows, then the shortest day, then as early as possible.</summary>
/// <remarks>
/// Counted from the seconds that driving and work take at least, starts only have to be in order. The best lie at borders of windows or of hard bounds, counted so, and each activity's best with
/// those before it follows from that of the one before: activities × borders steps. Exact.
/// </remarks>
internal static class VroomTimes
{
    /// <summary>An activity of the sequence.</summary>
    /// <param name="Windows">It should begin in one of these; empty = whenever.</param>
    /// <param name="Least">It must not begin earlier, nor later than <paramref name="Most"/>.</param>
    /// <param name="ToNext">Seconds from its start to the earliest start of the one after it.</param>
    public readonly record struct Activity(IReadOnlyList<TimeWindow> Windows, long Least, long Most, long ToNext);

    /// <summary>More pairs of an activity and a border are not looked at.</summary>
    public const long MostPairs = 30_000_000;

    /// <summary>Seconds outside the nearest window: before it, or after it.</summary>
    public static (long Lead, long Delay) Miss(IReadOnlyList<TimeWindow> windows, long start)
    {
        var nearest = (Lead: long.MaxValue, Delay: 0L);
        foreach (var window in windows)
        {
            var miss = (Lead: Math.Max(0, window.Earliest - start), Delay: Math.Max(0, start - window.Latest));
            if (nearest.Lead == long.MaxValue || miss.Lead + miss.Delay < nearest.Lead + nearest.Delay) nearest = miss;
        }

        return windows.Count == 0 ? (0, 0) : nearest;
    }

    /// <summary>Borders at which an activity may begin, counted from the least seconds before it; ascending.</summary>
    public static long[] ListBorders(IReadOnlyList<Activity> activities)
    {
        var borders = new SortedSet<long> { 0 };
        long before = 0;
        foreach (var activity in activities)
        {
            foreach (var window in activity.Windows)
            {
                borders.Add(window.Earliest - before);
                borders.Add(window.Latest - before);
            }

            borders.Add(activity.Least - before);
            if (activity.Most < long.MaxValue) borders.Add(activity.Most - before);
            before += activity.ToNext;
        }

        // No activity begins before second 0.
        return [.. borders.Where(b => b >= 0)];
    }

    /// <summary>Start of each activity; null when the hard bounds contradict one another.</summary>
    public static long[]? Find(IReadOnlyList<Activity> activities, long[] borders)
    {
        var best = new Price[borders.Length];
        var from = new int[activities.Count][];
        long before = 0;
        for (int i = 0; i < activities.Count; i++)
        {
            from[i] = new int[borders.Length];
            int cheapest = 0;
            for (int b = 0; b < borders.Length; b++)
            {
                if (best[b].IsBelow(best[cheapest])) cheapest = b;
                from[i][b] = cheapest;
            }

            // From the last border down: what is read of the activity before is not overwritten yet.
            for (int b = borders.Length - 1; b >= 0; b--)
                best[b] = (i == 0 ? default : best[from[i][b]]).With(activities[i], borders[b], before, isFirst: i == 0, isLast: i == activities.Count - 1);
            before += activities[i].ToNext;
        }

        int at = 0;
        for (int b = 1; b < borders.Length; b++)
            if (best[b].IsBelow(best[at])) at = b;
        if (best[at].IsImpossible) return null;
        long[] starts = new long[activities.Count];
        for (int i = activities.Count - 1; i >= 0; i--)
        {
            before -= activities[i].ToNext;
            starts[i] = borders[at] + before;
            at = from[i][at];
        }

        return starts;
    }

    /// <summary>What a choice of starts costs, most important first.</summary>
    private readonly record struct Price(bool IsImpossible, long Missed, long Span, long Sum)
    {
        public bool IsBelow(in Price other) => (IsImpossible, Missed, Span, Sum).CompareTo((other.IsImpossible, other.Missed, other.Span, other.Sum)) < 0;

        public Price With(Activity activity, long border, long before, bool isFirst, bool isLast)
        {
            long start = border + before;
            var (lead, delay) = Miss(activity.Windows, start);
            return new Price(
                IsImpossible || start < activity.Least || start > activity.Most, Missed + lead + delay, Span + (isLast ? start : 0) - (isFirst ? start : 0), Sum + border);
        }
    }
}
