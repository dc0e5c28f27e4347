using System.Globalization;

namespace Logistics.Forecasting.Panels;

/// <summary>Recognises series and stretches that need naming: closed, just opened, moved, never used, lockdown.</summary>
public static class PanelInspector
{
    private const int ShortHistory = 14;
    private const int LongestHoliday = 9;
    private const int ClosureTimes = 2;
    private const int BriefClosureTimes = 5;
    private const int ShortestClosure = 28;
    private const double ShiftFactor = 3;
    private const double LockdownShare = 0.4;
    private const int LockdownDays = 7;

    internal static void Inspect(VolumePanel panel, List<CleaningNote> notes)
    {
        foreach (var series in panel.Series)
        {
            var start = panel.DateOf(series.FirstDay);
            if (Array.TrueForAll(series.Values, v => v <= 0))
                Add(CleaningKind.AllZero, series.Id, series.Values.Length, start, $"{series.Id}: never a parcel in {series.Values.Length} days; forecast as 0.");
            else if (ClosedDays(series.Values) is > 0 and var closed)
                Add(CleaningKind.Closed, series.Id, closed, panel.DateOf(panel.Days - closed), $"{series.Id}: silent for the last {closed} days, far longer than before; forecast as 0 until parcels return.");
            else if (series.Values.Length < ShortHistory)
                Add(CleaningKind.JustOpened, series.Id, series.Values.Length, start, $"{series.Id}: {series.Values.Length} day{(series.Values.Length == 1 ? "" : "s")} of history; borrows the shape of the other series.");
            else
                InspectShift(panel, series);
        }

        InspectLockdown(panel);

        void InspectShift(VolumePanel owner, VolumeSeries series)
        {
            if (series.Values.Length < 70) return;
            var recent = series.Values.AsSpan()[^14..].ToArray().Average();
            var before = series.Values.AsSpan()[^70..^14].ToArray().Average();
            if (before <= 0 || recent <= 0 || (recent < before * ShiftFactor && before < recent * ShiftFactor)) return;
            Add(CleaningKind.LevelShift, series.Id, 14, owner.DateOf(owner.Days - 14), string.Create(
                CultureInfo.InvariantCulture, $"{series.Id}: {recent:0.#} a day over the last 14 days against {before:0.#} over the 56 before (moved, or a promotion); the recent level is used."));
        }

        void InspectLockdown(VolumePanel owner)
        {
            var totals = owner.SumByDay(owner.Days);
            var run = 0;
            for (var day = 56; day <= owner.Days; day++)
            {
                // The median of the 56 days before the run began, so that a long lockdown is not measured against itself.
                var isLow = day < owner.Days && totals[day] < LockdownShare * Median.Of(totals.AsSpan(Math.Max(0, day - run - 56), 56));
                if (isLow)
                {
                    run++;
                    continue;
                }

                if (run >= LockdownDays)
                    Add(CleaningKind.Lockdown, "", run, owner.DateOf(day - run), $"All series: {run} days from {owner.DateOf(day - run):yyyy-MM-dd} below {LockdownShare:P0} of the usual total; kept, since windows forget them and ratios ignore them.");
                run = 0;
            }
        }

        void Add(CleaningKind kind, string id, int count, DateOnly first, string text) => notes.Add(new CleaningNote(kind, id, count, first, text));
    }

    /// <summary>Length of the silence at the end if it means "closed"; else 0.</summary>
    /// <remarks>
    /// At least 28 days and twice the longest silence before; or, of a series that brought parcels over 28 days or more, longer than a holiday and five times the longest silence. Of real lines that
    /// met the second rule 93 % of the following fortnight's days were empty.
    /// </remarks>
    public static int ClosedDays(ReadOnlySpan<double> values)
    {
        var last = values.LastIndexOfAnyExcept(0.0);
        var silence = values.Length - 1 - last;
        if (last < 0 || silence <= LongestHoliday) return 0;
        int longest = 1, run = 0;
        var first = values.IndexOfAnyExcept(0.0);
        for (var i = first; i <= last; i++)
        {
            run = values[i] <= 0 ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        var isClosed = (silence >= ShortestClosure && silence >= ClosureTimes * longest) || (last - first >= ShortestClosure && silence >= BriefClosureTimes * longest);
        return isClosed ? silence : 0;
    }
}
