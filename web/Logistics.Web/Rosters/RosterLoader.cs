using Logistics.Domain;
using Logistics.Planning.Exact.Rosters;
using Logistics.Planning.Exact.Rosters.Weeks;
using Logistics.Storage;
using Logistics.Web.Network;

namespace Logistics.Web.Rosters;

/// <summary>Brings a week from the store into the roster's form.</summary>
public sealed class RosterLoader(LogisticsStorage storage, NetworkCache cache)
{
    private const int HistoryWeeks = 8;

    public async Task<RosterWeekInput> LoadAsync(Db db, DateOnly firstDay)
    {
        var network = await cache.GetAsync(db);
        var area = network.Area.Id;
        var before = new List<Shift>();
        for (var back = RosterWeek.Days; back >= 1; back--) before.AddRange(await storage.Shifts.ListAsync(db, area, firstDay.AddDays(-back)));
        return new RosterWeekInput(
            network, await storage.Rosters.GetSetupAsync(db, area), await storage.Rosters.GetAsync(db, area, firstDay), await VolumesAsync(db, area, firstDay),
            await storage.History.CountByHubAsync(db, area, firstDay.AddDays(-7 * HistoryWeeks), firstDay.AddDays(RosterWeek.Days)), before);
    }

    /// <summary>Parcels of each day: those that came, the newest forecast's P90 of the whole area where it reaches, and the same weekdays of the last weeks.</summary>
    private async Task<IReadOnlyList<RosterDayVolume>> VolumesAsync(Db db, string areaId, DateOnly firstDay)
    {
        var p90 = new Dictionary<DateOnly, double>();
        if (await storage.Forecasts.FindNewestAsync(db, areaId) is { } run)
        {
            foreach (var series in await storage.Forecasts.ListSeriesAsync(db, run.Id, ForecastScope.Area))
                for (var i = 0; i < series.P90.Count; i++) p90[run.Origin.AddDays(i + 1)] = series.P90[i];
        }

        var history = (await storage.History.ListAsync(db, PartnerScope.Everyone, firstDay.AddDays(-7 * HistoryWeeks), firstDay.AddDays(RosterWeek.Days)))
            .GroupBy(v => v.Day).ToDictionary(g => g.Key, g => (double)g.Sum(v => v.Parcels));
        return [.. Enumerable.Range(0, RosterWeek.Days).Select(day =>
        {
            var date = firstDay.AddDays(day);
            var same = Enumerable.Range(1, HistoryWeeks).Select(week => date.AddDays(-7 * week)).Where(history.ContainsKey).Select(d => history[d]).ToList();
            return new RosterDayVolume(day, p90.TryGetValue(date, out var value) ? value : null, same, history.TryGetValue(date, out var came) ? came : null);
        })];
    }
}
