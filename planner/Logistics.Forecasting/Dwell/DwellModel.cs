namespace Logistics.Forecasting.Dwell;

/// <summary>Dwell curves by terminal and weekday of deposit. Immutable; thread-safe.</summary>
/// <remarks>
/// Kaplan–Meier (1958) by hourly hazards, so parcels still lying there count for the hours they have lain. Hazards of a terminal's weekday are
/// pulled to the terminal's own, those to the whole network's: a new terminal starts as the average one and grows its own curve.
/// </remarks>
public sealed class DwellModel
{
    // Parcel-hours at risk the wider curve counts for in an hour of the narrower.
    private const double Pull = 20;

    private readonly Dictionary<(string Terminal, DayOfWeek Weekday), DwellCurve> _byWeekday = [];
    private readonly Dictionary<string, DwellCurve> _byTerminal = new(StringComparer.Ordinal);
    private readonly DwellCurve _all;

    /// <param name="records">Records with hours that are not finite or negative are left out.</param>
    public DwellModel(IEnumerable<DwellRecord> records)
    {
        var usable = records.Where(r => double.IsFinite(r.Hours) && r.Hours >= 0).ToArray();
        // Without any record: half are gone after 12 hours, as a cautious start.
        var prior = Enumerable.Repeat(1 - Math.Pow(0.5, 1.0 / 12), DwellCurve.Hours).ToArray();
        var all = Hazards(usable, prior);
        _all = Curve(all, usable.Length);
        foreach (var terminal in usable.GroupBy(r => r.TerminalId, StringComparer.Ordinal))
        {
            var own = Hazards([.. terminal], all);
            _byTerminal[terminal.Key] = Curve(own, terminal.Count());
            foreach (var weekday in terminal.GroupBy(r => r.Weekday))
                _byWeekday[(terminal.Key, weekday.Key)] = Curve(Hazards([.. weekday], own), weekday.Count());
        }
    }

    /// <summary>The curve for a deposit; the terminal's or the network's where there is none of its own.</summary>
    public DwellCurve this[string terminalId, DayOfWeek weekday] =>
        _byWeekday.TryGetValue((terminalId, weekday), out var own) ? own : _byTerminal.GetValueOrDefault(terminalId, _all);

    private static double[] Hazards(DwellRecord[] records, double[] wider)
    {
        var atRisk = new double[DwellCurve.Hours];
        var collected = new double[DwellCurve.Hours];
        foreach (var record in records)
        {
            var hour = (int)Math.Min(record.Hours, DwellCurve.Hours);
            for (var h = 0; h < hour; h++) atRisk[h]++;
            if (hour == DwellCurve.Hours) continue;
            if (record.IsCollected)
            {
                atRisk[hour]++;
                collected[hour]++;
            }
            else
            {
                atRisk[hour] += record.Hours - hour;
            }
        }

        return [.. Enumerable.Range(0, DwellCurve.Hours).Select(h => Math.Min(1, (collected[h] + Pull * wider[h]) / (atRisk[h] + Pull)))];
    }

    private static DwellCurve Curve(double[] hazards, int parcels)
    {
        var survival = new double[DwellCurve.Hours + 1];
        survival[0] = 1;
        for (var h = 0; h < DwellCurve.Hours; h++) survival[h + 1] = survival[h] * (1 - hazards[h]);
        return new DwellCurve(survival, parcels);
    }
}
