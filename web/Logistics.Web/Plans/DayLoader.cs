using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Days.Repairs;
using Logistics.Planning.Formats.Json;
using Logistics.Planning.Travel;
using Logistics.Routing.Model;
using Logistics.Storage;
using Logistics.Web.Forecasts;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Logistics.Web.Settings;

namespace Logistics.Web.Plans;

/// <summary>Brings a day from the store into the planner's form.</summary>
public sealed class DayLoader(LogisticsStorage storage, NetworkCache cache, SettingsBook book, LockerOutlook lockers, TimeProvider time, HostSettings host) : IDisposable
{
    private static readonly TimeSpan OsrmTimeout = TimeSpan.FromSeconds(20);

    private readonly TravelCache _travelCache = new(folder: Path.Combine(host.DataDirectory, "travel"));
    private readonly HttpClient _client = new() { Timeout = OsrmTimeout };

    /// <summary>The planner with today's source of travel times.</summary>
    public async Task<DayPlanner> PlannerAsync(CancellationToken cancellationToken) =>
        new(Travel(await book.GetAsync(cancellationToken)), _travelCache, time);

    /// <summary>Repairs with today's source of travel times.</summary>
    public async Task<DayRepairer> RepairerAsync(CancellationToken cancellationToken) =>
        new(Travel(await book.GetAsync(cancellationToken)), _travelCache, time);

    /// <summary>Names today's source of travel times and all it depends on.</summary>
    public async Task<string> TravelIdentityAsync(CancellationToken cancellationToken) => Travel(await book.GetAsync(cancellationToken)).Identity;

    /// <summary>Everything the day's plan depends on; a day without shifts gets those of the last day that had some.</summary>
    public async Task<DayInput> LoadAsync(DateOnly day, DayPlan? basePlan, IReadOnlyList<PlanEdit> edits, CancellationToken cancellationToken)
    {
        await EnsureShiftsAsync(day, cancellationToken);
        return await storage.ReadAsync(async db =>
        {
            var network = await cache.GetAsync(db);
            return new DayInput
            {
                Network = network,
                Day = day,
                Parcels = await storage.Orders.ListPlannableAsync(db, network.Area.Id, day),
                Shifts = await storage.Shifts.ListAsync(db, network.Area.Id, day),
                TakenByTerminal = await lockers.TakenAsync(db, network, day),
                Base = basePlan,
                BaseAnswer = basePlan is null ? null : await AnswerAsync(db, basePlan),
                Edits = edits,
            };
        }, cancellationToken);
    }

    /// <summary>Gives the day shifts if it has none; a day that has some waits for no writer.</summary>
    public async Task EnsureShiftsAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (await storage.ReadAsync(db => ShiftPattern.IsMissingAsync(db, storage, cache, day), cancellationToken))
            await storage.WriteAsync(db => ShiftPattern.EnsureAsync(db, storage, cache, day), cancellationToken);
    }

    /// <summary>The optimiser's answer a stored plan was translated from; null when it was stored without one.</summary>
    public async Task<Plan?> AnswerAsync(Db db, DayPlan plan) =>
        plan.ResultHash is { } hash && await storage.Plans.FindDocumentAsync(db, hash) is { } text ? PlanJson.Read(text).Value : null;

    public void Dispose() => _client.Dispose();

    private ITravelTimes Travel(LiveSettings options) => options.Travel == TravelSource.Osrm
        ? new OsrmTimes(_client, new OsrmSettings { BaseAddress = new Uri(options.OsrmUrl!) })
        : new GreatCircleTimes(BeijingRings.Areas, SpeedModel.Beijing with { DetourFactor = options.DetourFactor });
}

/// <summary>Gives a day without shifts those of the last day that had some, so that a fleet with steady hours needs no daily typing.</summary>
public static class ShiftPattern
{
    private const int DaysBack = 28;

    public static async Task<bool> IsMissingAsync(Db db, LogisticsStorage storage, NetworkCache cache, DateOnly day) =>
        (await storage.Shifts.ListAsync(db, (await cache.GetAsync(db)).Area.Id, day)).Count == 0;

    public static async Task EnsureAsync(Db db, LogisticsStorage storage, NetworkCache cache, DateOnly day)
    {
        var network = await cache.GetAsync(db);
        // Another may have done it since it was found missing.
        if (!await IsMissingAsync(db, storage, cache, day)) return;
        for (var back = 1; back <= DaysBack; back++)
        {
            var pattern = await storage.Shifts.ListAsync(db, network.Area.Id, day.AddDays(-back));
            if (pattern.Count == 0) continue;
            var by = network.Area.InstantOf(day, 0) - network.Area.InstantOf(day.AddDays(-back), 0);
            var copies = pattern
                .Where(s => network.FindVehicle(s.VehicleId) is { IsActive: true } && network.FindCourier(s.CourierId) is { IsActive: true })
                .Select(s => s with
                {
                    Id = storage.Ids.New(IdPrefix.Shift),
                    Day = day,
                    Start = s.Start + by,
                    End = s.End + by,
                    Breaks = [.. s.Breaks.Select(b => b with { EarliestStart = b.EarliestStart + by, LatestStart = b.LatestStart + by })],
                }).ToList();
            await storage.Shifts.SaveAllAsync(db, copies, Actor.System("shift-pattern"));
            return;
        }
    }
}
