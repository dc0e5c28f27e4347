using System.Globalization;

namespace Logistics.Forecasting.Panels;

/// <summary>Makes a dense panel out of raw rows, by stated rules, and says what it did.</summary>
/// <remarks>Uses only rows up to the given last day, so a panel cleaned for an origin cannot know what came after it.</remarks>
public static class PanelCleaner
{
    // A peak of 100 times the busiest ordinary days, alone in its week, has been a typing error in every panel seen;
    // real promotion peaks reached 40 times and come with neighbours.
    private const double AbsurdFactor = 100;
    private const int AbsurdHistory = 28;

    // A thousand times all the parcels of the world; beyond, sums of squares would end in infinity.
    private const double LargestCount = 1e12;

    /// <param name="observations">Rows in any order.</param>
    /// <param name="lastDate">Last day of the panel; later rows are ignored. Null takes the latest row's day.</param>
    /// <returns>Series ordered by id; those without a row up to the last day are absent.</returns>
    /// <exception cref="ArgumentException">No usable row up to the last day.</exception>
    public static CleanedPanel Clean(IEnumerable<Observation> observations, DateOnly? lastDate = null, GapRule gapRule = GapRule.Zero)
    {
        var bySeries = new SortedDictionary<string, List<(DateOnly Date, double Volume)>>(StringComparer.Ordinal);
        var (first, last) = (DateOnly.MaxValue, DateOnly.MinValue);
        foreach (var (id, date, volume) in observations)
        {
            if (date > lastDate) continue;
            if (!bySeries.TryGetValue(id, out var rows)) bySeries[id] = rows = [];
            rows.Add((date, volume));
            if (date < first) first = date;
            if (date > last) last = date;
        }

        if (bySeries.Count == 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"No row up to {lastDate:yyyy-MM-dd}; at least one is needed."), nameof(observations));
        last = lastDate ?? last;
        var days = last.DayNumber - first.DayNumber + 1;
        var notes = new List<CleaningNote>();
        var series = new List<VolumeSeries>(bySeries.Count);
        foreach (var (id, rows) in bySeries) series.Add(CleanSeries(id, rows, first, days, gapRule, notes));
        LoneJump.HoldBack(series, last, notes);
        var panel = new VolumePanel(first, days, series);
        PanelInspector.Inspect(panel, notes);
        return new CleanedPanel(panel, notes);
    }

    private static VolumeSeries CleanSeries(string id, List<(DateOnly Date, double Volume)> rows, DateOnly first, int days, GapRule gapRule, List<CleaningNote> notes)
    {
        var start = rows.Min(r => r.Date);
        var firstDay = start.DayNumber - first.DayNumber;
        var values = new double[days - firstDay];
        Array.Fill(values, double.NaN);
        var seen = new bool[values.Length];
        var duplicates = new DayTally();
        var negatives = new DayTally();
        var unusable = new DayTally();
        var endless = new DayTally();
        foreach (var (date, volume) in rows)
        {
            var index = date.DayNumber - start.DayNumber;
            if (seen[index]) duplicates.Add(date);
            seen[index] = true;
            if (!double.IsFinite(volume)) unusable.Add(date);
            if (volume < 0) negatives.Add(date);
            if (volume > LargestCount && double.IsFinite(volume)) endless.Add(date);
            values[index] = double.IsFinite(volume) && volume <= LargestCount ? Math.Max(volume, 0) : double.NaN;
        }

        var absurd = RemoveAbsurd(values, start);
        var gaps = new DayTally();
        var standIns = new HashSet<int>();
        for (var i = 0; i < values.Length; i++)
        {
            if (!seen[i]) gaps.Add(start.AddDays(i));
            if (!double.IsNaN(values[i])) continue;
            var carries = seen[i] || gapRule == GapRule.CarrySameWeekday;
            if (carries) standIns.Add(firstDay + i);
            values[i] = carries && i >= 7 ? values[i - 7] : 0;
        }

        duplicates.Report(notes, CleaningKind.Duplicate, id, "days had several rows; the last row of each is used");
        gaps.Report(notes, CleaningKind.Gap, id, gapRule == GapRule.Zero ? "days had no row; counted as 0" : "days had no row; the same weekday a week before stands in");
        negatives.Report(notes, CleaningKind.Negative, id, "negative volumes; counted as 0");
        unusable.Report(notes, CleaningKind.NotANumber, id, "volumes were not numbers; the same weekday a week before stands in");
        endless.Report(notes, CleaningKind.Absurd, id, "volumes were over 1,000,000,000,000 and no counts; the same weekday a week before stands in");
        absurd.Report(notes, CleaningKind.Absurd, id, "volumes were over 100 times the busiest days and alone; the same weekday a week before stands in");
        return new VolumeSeries(id, firstDay, values) { StandIns = standIns };
    }

    private static DayTally RemoveAbsurd(double[] values, DateOnly start)
    {
        var tally = new DayTally();
        var positive = values.Where(v => v > 0).Order().ToArray();
        if (positive.Length < AbsurdHistory) return tally;
        // The third largest: two typing errors in one series must not raise the bar they are measured by.
        var busy = Math.Min(positive[^3], positive[(int)(positive.Length * 0.98)]);
        var limit = AbsurdFactor * Math.Max(busy, 1);
        for (var i = 0; i < values.Length; i++)
        {
            if (!(values[i] > limit) || HasHighNeighbour(values, i, limit / 10)) continue;
            tally.Add(start.AddDays(i));
            values[i] = double.NaN;
        }

        return tally;
    }

    private static bool HasHighNeighbour(double[] values, int i, double level)
    {
        for (var j = Math.Max(0, i - 3); j <= Math.Min(values.Length - 1, i + 3); j++)
            if (j != i && values[j] > level) return true;
        return false;
    }

    /// <summary>Counts the days a rule touched.</summary>
    private sealed class DayTally
    {
        private int _count;
        private DateOnly _first = DateOnly.MaxValue;

        public void Add(DateOnly date)
        {
            _count++;
            if (date < _first) _first = date;
        }

        public void Report(List<CleaningNote> notes, CleaningKind kind, string id, string text)
        {
            if (_count > 0)
                notes.Add(new CleaningNote(kind, id, _count, _first, string.Create(CultureInfo.InvariantCulture, $"{id}: {_count} {text} (first {_first:yyyy-MM-dd}).")));
        }
    }
}
