using Logistics.Domain;
using Logistics.Forecasting.Dwell;

namespace Logistics.Planning.Forecasts;

/// <summary>How sure a promise of free compartments must be.</summary>
public enum ReservePolicy
{
    /// <summary>As many as are free on average: full on arrival about every other time it is tight.</summary>
    Mean,

    /// <summary>As many as are free nine times in ten.</summary>
    P90,
}

/// <summary>One terminal's boxes of a size now, and what is still to come that no plan holds yet.</summary>
/// <param name="Usable">Boxes in service.</param>
/// <param name="AgesHours">How long each parcel there has lain, hours.</param>
/// <param name="ExpectedDeposits">Further parcels expected before the hour, P50.</param>
/// <param name="HighDeposits">The same, P90.</param>
public sealed record SizeState(int Usable, IReadOnlyList<double> AgesHours, double ExpectedDeposits = 0, double HighDeposits = 0);

/// <summary>Foresees free compartments by size and hour from how long parcels lie and what the forecast still brings. Pure.</summary>
public sealed class CompartmentOutlook(DwellModel dwell)
{
    private const double Certainty = 0.9;

    /// <summary>Compartments of a size that may be promised.</summary>
    /// <param name="terminalId">Whose dwell curve holds.</param>
    /// <param name="depositWeekday">Local weekday of the parcels now there, for the curve.</param>
    /// <param name="hoursAhead">Hours from now to the moment of the promise, ≥ 0.</param>
    public int Promise(string terminalId, DayOfWeek depositWeekday, SizeState state, double hoursAhead, ReservePolicy policy)
    {
        var curve = dwell[terminalId, depositWeekday];
        var remaining = new double[state.AgesHours.Count];
        for (var i = 0; i < remaining.Length; i++) remaining[i] = curve.StillThere(state.AgesHours[i], hoursAhead);
        var coming = FreeCompartments.ExpectedRemaining(curve, state.ExpectedDeposits, hoursAhead);
        var occupied = remaining.Sum() + coming;
        if (policy == ReservePolicy.Mean) return Math.Clamp((int)Math.Round(state.Usable - occupied), 0, state.Usable);

        // Chance (who collects, how many come by a known rate) and the rate's own error are independent: their distances to P90 add up squared.
        var byChance = Math.Max(0, state.Usable - FreeCompartments.Promise(state.Usable, remaining, coming, Certainty) - occupied);
        var byRate = Math.Max(0, FreeCompartments.ExpectedRemaining(curve, state.HighDeposits, hoursAhead) - coming);
        return Math.Clamp((int)Math.Floor(state.Usable - occupied - Math.Sqrt(byChance * byChance + byRate * byRate) + 1e-9), 0, state.Usable);
    }

    /// <summary>What to leave out of each terminal's capacity so that the plan promises no more than the policy allows.</summary>
    /// <param name="compartments">Boxes of lockers; other terminals have none and keep their capacity.</param>
    /// <param name="now">The moment of planning.</param>
    /// <param name="promiseAt">The moment the boxes must be free.</param>
    /// <param name="deposits">Further deposits by terminal and size expected before that moment; may be empty.</param>
    public IReadOnlyDictionary<string, SizeCounts> Taken(
        IEnumerable<Compartment> compartments, ServiceArea area, DateTimeOffset now, DateTimeOffset promiseAt,
        IReadOnlyDictionary<(string TerminalId, SizeClass Size), (double Expected, double High)> deposits, ReservePolicy policy)
    {
        var weekday = area.DayOf(now).AddDays(-1).DayOfWeek;
        var hours = Math.Max(0, (promiseAt - now).TotalHours);
        var taken = new Dictionary<string, SizeCounts>(StringComparer.Ordinal);
        foreach (var group in compartments.GroupBy(c => (c.TerminalId, c.Size)))
        {
            var all = group.ToList();
            var usable = all.Where(c => c.Service == CompartmentService.InService).ToList();
            var ages = usable.Where(c => c.Use is CompartmentUse.Occupied or CompartmentUse.Overdue).Select(c => Math.Max(0, (now - (c.Since ?? now)).TotalHours)).ToArray();
            var (expected, high) = deposits.GetValueOrDefault(group.Key);
            var free = Promise(group.Key.TerminalId, weekday, new SizeState(usable.Count, ages, expected, high), hours, policy);
            var counts = taken.GetValueOrDefault(group.Key.TerminalId);
            taken[group.Key.TerminalId] = counts.With(group.Key.Size, all.Count - free);
        }

        return taken;
    }
}
