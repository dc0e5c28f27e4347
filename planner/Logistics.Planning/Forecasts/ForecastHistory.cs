using Logistics.Domain;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Simple;

namespace Logistics.Planning.Forecasts;

/// <summary>Stored volumes as a panel to learn from.</summary>
public static class ForecastHistory
{
    /// <summary>Cleans the volumes up to a day.</summary>
    /// <param name="lastDay">The origin: a day after it is not looked at. A day within the history that has no parcels counts as 0.</param>
    /// <returns>Null when there is no volume up to that day.</returns>
    public static CleanedPanel? Clean(IEnumerable<DailyVolume> volumes, DateOnly lastDay)
    {
        var rows = new List<Observation>();
        foreach (var v in volumes)
            if (v.Day <= lastDay) rows.Add(new Observation(ForecastNames.Series(v.TerminalId, v.PartnerId, v.Size), v.Day, v.Parcels));
        if (rows.Count == 0) return null;
        var cleaned = PanelCleaner.Clean(rows, lastDay);
        // The store keeps no row for a day without parcels: such gaps are facts, not findings.
        return cleaned with { Notes = [.. cleaned.Notes.Where(n => n.Kind != CleaningKind.Gap)] };
    }

    /// <summary>One series of the volumes that a selection lets through; null when there are none.</summary>
    public static VolumePanel? Sum(VolumePanel panel, string name, Func<string?, string, SizeClass, bool> includes)
    {
        double[]? total = null;
        var first = panel.Days;
        foreach (var series in panel.Series)
        {
            var (terminal, partner, size) = ForecastNames.Read(series.Id);
            if (!includes(terminal, partner, size)) continue;
            total ??= new double[panel.Days];
            first = Math.Min(first, series.FirstDay);
            for (var day = series.FirstDay; day < panel.Days; day++) total[day] += series[day];
        }

        return total is null ? null : new VolumePanel(panel.FirstDate, panel.Days, [new VolumeSeries(name, first, total[first..])]);
    }

    /// <summary>Parcels of a usual day: the median of all volumes together over the last eight weeks, which no sale and no holiday fills.</summary>
    public static double FindUsualDay(VolumePanel panel)
    {
        Span<double> usual = [0];
        new EightWeekMedian().Forecast(panel.SumByDay(panel.Days), usual);
        return usual[0];
    }
}
