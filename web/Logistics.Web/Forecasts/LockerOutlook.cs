using Logistics.Domain;
using Logistics.Forecasting.Dwell;
using Logistics.Planning.Forecasts;
using Logistics.Storage;

namespace Logistics.Web.Forecasts;

/// <summary>What lockers will be able to take: promises for the planner, near-full alerts, free compartments by size and hour.</summary>
public sealed class LockerOutlook(LogisticsStorage storage, TimeProvider time)
{
    private const double NearFull = 0.9;
    private const int DwellDays = 60;

    // Couriers reach most lockers by noon; what is promised must hold then.
    private const int PromiseMinute = 12 * 60;

    // Months of stays change little in an hour, and every board asks.
    private static readonly TimeSpan DwellAge = TimeSpan.FromHours(1);

    private volatile KeptDwell? _dwell;

    private sealed record KeptDwell(DwellModel Model, DateTimeOffset At);

    /// <summary>What a plan of the day must leave out of each terminal's capacity, so that its boxes are free nine times in ten when the courier comes.</summary>
    /// <remarks>Boxes reserved for the day's own parcels can be given: the new plan replaces the old. Days before the planned one still bring parcels; the forecast says how many.</remarks>
    public async Task<IReadOnlyDictionary<string, SizeCounts>> TakenAsync(Db db, NetworkSnapshot network, DateOnly day)
    {
        var now = time.GetUtcNow();
        var compartments = await storage.Lockers.ListCompartmentsAsync(db, network.Area.Id);
        var outlook = new CompartmentOutlook(await DwellAsync(db, network, now));
        var deposits = await ListDepositsAsync(db, network, network.Area.DayOf(now), day);
        return outlook.Taken(compartments, network.Area, now, network.Area.InstantOf(day, PromiseMinute), deposits, ReservePolicy.P90);
    }

    /// <summary>Terminals whose P90 occupancy passes nine tenths within the days ahead, soonest first.</summary>
    public async Task<IReadOnlyList<NearFullAlert>> AlertsAsync(Db db, NetworkSnapshot network, int days)
    {
        var now = time.GetUtcNow();
        var today = network.Area.DayOf(now);
        var hour = HourOf(network.Area, today, now);
        var hours = (int)Math.Ceiling(days * 24 - hour);
        var dwell = await DwellAsync(db, network, now);
        var forecast = (await storage.Forecasts.ListTerminalDaysAsync(db, network.Area.Id, today, today.AddDays(days))).ToLookup(f => f.TerminalId ?? "", StringComparer.Ordinal);
        var alerts = new List<NearFullAlert>();
        foreach (var boxes in (await storage.Lockers.ListCompartmentsAsync(db, network.Area.Id)).GroupBy(c => c.TerminalId, StringComparer.Ordinal))
        {
            var usable = boxes.Where(c => c.Service == CompartmentService.InService).ToList();
            if (usable.Count == 0 || network.FindTerminal(boxes.Key) is not { IsActive: true } terminal) continue;
            var deposits = Enumerable.Range(0, days).Select(d => forecast[boxes.Key].FirstOrDefault(f => f.Day == today.AddDays(d))).Select(f => f is null ? (0.0, 0.0) : (f.P50, f.P90)).ToArray();
            var course = OccupancyOutlook.Project(dwell[boxes.Key, today.DayOfWeek], Ages(usable, now), deposits, hour, hours);
            if (course.FirstOrDefault(h => h.P90 > NearFull * usable.Count) is not { } first) continue;
            alerts.Add(new NearFullAlert(
                boxes.Key, terminal.Name, terminal.District ?? "", usable.Count, usable.Count(c => c.Use == CompartmentUse.Free), first.HoursAhead, now.AddHours(first.HoursAhead),
                course.Max(h => h.P90) / usable.Count, course.Max(h => h.Mean) / usable.Count));
        }
        return [.. alerts.OrderBy(a => a.HoursAhead).ThenByDescending(a => a.Share)];
    }

    /// <summary>Free compartments of one terminal by size and hour, at P90 and on average; null when it has no compartments.</summary>
    public async Task<FreeCompartmentsView?> FreeAsync(Db db, NetworkSnapshot network, string terminalId, int hours)
    {
        var now = time.GetUtcNow();
        var boxes = await storage.Network.ListCompartmentsAsync(db, terminalId);
        if (boxes.Count == 0) return null;
        var today = network.Area.DayOf(now);
        var hour = HourOf(network.Area, today, now);
        var dwell = await DwellAsync(db, network, now);
        var days = (int)Math.Ceiling((hour + hours) / 24);
        var forecast = (await ListBySizeAsync(db, network, today, today.AddDays(days))).Where(f => f.TerminalId == terminalId).ToList();
        var sizes = new List<FreeView>();
        foreach (var group in boxes.GroupBy(b => b.Size).OrderBy(g => g.Key))
        {
            var usable = group.Where(c => c.Service == CompartmentService.InService).ToList();
            var deposits = Enumerable.Range(0, days).Select(d => forecast.FirstOrDefault(f => f.Size == group.Key && f.Day == today.AddDays(d))).Select(f => (f.P50, f.P90)).ToArray();
            var course = OccupancyOutlook.Project(dwell[terminalId, today.DayOfWeek], Ages(usable, now), deposits, hour, hours);
            sizes.Add(new FreeView(group.Key, usable.Count, [.. course.Select(h => (int)Math.Floor(Math.Max(0, usable.Count - h.P90)))], [.. course.Select(h => Math.Round(Math.Max(0, usable.Count - h.Mean), 1))]));
        }
        return new FreeCompartmentsView(terminalId, [.. Enumerable.Range(1, hours).Select(h => now.AddHours(h))], sizes);
    }

    private async Task<Dictionary<(string, SizeClass), (double, double)>> ListDepositsAsync(Db db, NetworkSnapshot network, DateOnly from, DateOnly until) =>
        until <= from ? [] : (await ListBySizeAsync(db, network, from, until)).GroupBy(d => (d.TerminalId, d.Size)).ToDictionary(g => g.Key, g => (g.Sum(d => d.P50), g.Sum(d => d.P90)));

    // A terminal's P90 is measured, its sizes' are not: each takes the part of the spread that it takes of the parcels. Chance within a size is the occupancy's own.
    private async Task<List<(string TerminalId, SizeClass Size, DateOnly Day, double P50, double P90)>> ListBySizeAsync(Db db, NetworkSnapshot network, DateOnly from, DateOnly until)
    {
        var spreads = (await storage.Forecasts.ListTerminalDaysAsync(db, network.Area.Id, from, until)).Where(t => t.TerminalId is not null)
            .ToDictionary(t => (t.TerminalId!, t.Day), t => t.P50 > 0 ? (t.P90 - t.P50) / t.P50 : 0);
        return [.. (await storage.Forecasts.ListDaysAsync(db, PartnerScope.Everyone, network.Area.Id, from, until)).Where(f => f.TerminalId is not null)
            .GroupBy(f => (TerminalId: f.TerminalId!, f.Size, f.Day)).Select(g =>
            {
                var parcels = g.Sum(f => f.P50);
                return (g.Key.TerminalId, g.Key.Size, g.Key.Day, parcels, parcels * (1 + spreads.GetValueOrDefault((g.Key.TerminalId, g.Key.Day))));
            })];
    }

    // Stays that have ended are facts; those still running count for the hours they have lain.
    private async Task<DwellModel> DwellAsync(Db db, NetworkSnapshot network, DateTimeOffset now)
    {
        if (_dwell is { } kept && now - kept.At < DwellAge && now >= kept.At) return kept.Model;
        var stays = await storage.Lockers.ListStaysAsync(db, network.Area.Id, network.Area.DayOf(now).AddDays(-DwellDays));
        var zone = network.Area.Zone();
        var model = new DwellModel(stays.Select(s => new DwellRecord(
            s.TerminalId, TimeZoneInfo.ConvertTime(s.Deposited, zone).DayOfWeek, ((s.Collected ?? now) - s.Deposited).TotalHours, s.Collected is not null)));
        _dwell = new KeptDwell(model, now);
        return model;
    }

    private static double[] Ages(IEnumerable<Compartment> usable, DateTimeOffset now) =>
        [.. usable.Where(c => c.Use is CompartmentUse.Occupied or CompartmentUse.Overdue).Select(c => Math.Max(0, (now - (c.Since ?? now)).TotalHours))];

    private static double HourOf(ServiceArea area, DateOnly today, DateTimeOffset now) => Math.Clamp((now - area.InstantOf(today, 0)).TotalHours, 0, 23.999);
}
