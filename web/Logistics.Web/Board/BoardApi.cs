using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Logistics.Web.Orders;
using Logistics.Web.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Board;

public sealed record StateCount(ParcelStateView State, int Count);

public sealed record PartnerCount(string PartnerId, string Name, int Count, IReadOnlyDictionary<string, int> ByState);

public sealed record SizeLoad(SizeClass Size, int Capacity, int Occupied, int Planned);

public sealed record TerminalLoad(
    string TerminalId, string Name, TerminalKind Kind, LonLat At, string District, int Planned, int Capacity, IReadOnlyList<SizeLoad> BySize);

public sealed record IllegalVehicle(string VehicleId, string Plate, string Rule, string FromLocal, string UntilLocal, string Area);

/// <summary>What serving the partners one by one would take; the yardstick of joint delivery.</summary>
/// <param name="Parcels">Parcels of the day when it was worked out.</param>
/// <param name="Unassigned">Of these, left out by the separate plans.</param>
/// <param name="SecondsEach">Search time each partner's plan had.</param>
public sealed record SeparateBaseline(long DistanceMetres, int Vehicles, long OperatingFen, int Parcels, int Unassigned, int Partners, double SecondsEach);

public sealed record DayVolume(DateOnly Day, int Volume);

public sealed record BoardView(
    DateOnly Day, int Total, IReadOnlyList<StateCount> ByState, IReadOnlyList<PartnerCount> ByPartner, IReadOnlyList<TerminalLoad> ByTerminal, int QuarantineOpen, int? Unassigned,
    IReadOnlyList<IllegalVehicle> IllegalVehicles, PlanSummary? PublishedPlan, PlanSummary? LatestPlan, SeparateBaseline? Separate, IReadOnlyList<DayVolume> Trend);

/// <summary>The day at a glance. Partners get their own slice: their parcels, and no plan, fleet or fill of others.</summary>
public static class BoardApi
{
    private const int TrendDays = 120;

    public static void MapBoard(this IEndpointRouteBuilder app) => app.MapGet("/api/board", GetAsync)
        .RequireAuthorization(Policies.Orders).WithTags("Board").WithSummary("Parcels by state, partner and terminal, locker fill, vehicles barred today, plans and volume; day = today.");

    private static async Task<Ok<BoardView>> GetAsync(
        DateOnly? day, Caller caller, LogisticsStorage storage, NetworkCache cache, PlanBook plans, SeparateDelivery separate, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(await storage.ReadAsync(async db =>
        {
            var network = await cache.GetAsync(db);
            var on = day ?? network.Area.DayOf(time.GetUtcNow());
            var counts = await storage.Board.CountParcelsAsync(db, caller.Scope, network.Area.Id, on);
            var fill = caller.IsPartner ? [] : await storage.Board.ListFillAsync(db, network.Area.Id, on);
            var summaries = caller.IsPartner ? [] : await plans.ListAsync(db, network.Area.Id, on);
            var published = summaries.FirstOrDefault(p => p.State == PlanStateView.Published);
            var latest = published ?? summaries.FirstOrDefault();
            var alone = caller.IsPartner || latest is null ? null : await separate.FindAsync(db, on);
            if (latest is not null && alone is null) separate.Ask(latest.Id);
            return new BoardView(
                on, counts.Sum(c => c.Parcels), ByState(counts), ByPartner(counts, network, caller), ByTerminal(counts, fill, network),
                (int)await storage.Quarantine.CountOpenAsync(db, caller.Scope, network.Area.Id), latest?.Unassigned,
                caller.IsPartner ? [] : Illegal(network, on), published, summaries.FirstOrDefault(),
                alone is null ? null : new SeparateBaseline(alone.DistanceMetres, alone.Vehicles, alone.OperatingFen, alone.Parcels, alone.Unassigned, alone.Partners, alone.SecondsEach),
                await TrendAsync(db, storage, caller, on, counts.Sum(c => c.Parcels)));
        }, cancellationToken));

    private static List<StateCount> ByState(List<ParcelCount> counts) =>
        [.. counts.GroupBy(c => c.State).OrderBy(g => g.Key).Select(g => new StateCount(OrderViews.State(g.Key), g.Sum(c => c.Parcels)))];

    private static List<PartnerCount> ByPartner(List<ParcelCount> counts, NetworkSnapshot network, Caller caller) =>
        [.. network.Partners.Where(p => caller.Scope.Includes(p.Id)).Select(p => (Partner: p, Own: counts.Where(c => c.PartnerId == p.Id).ToList()))
            .Select(p => new PartnerCount(p.Partner.Id, p.Partner.Name, p.Own.Sum(c => c.Parcels), p.Own
                .GroupBy(c => Camel(OrderViews.State(c.State)), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => c.Parcels), StringComparer.Ordinal)))];

    private static List<TerminalLoad> ByTerminal(List<ParcelCount> counts, List<TerminalFill> fill, NetworkSnapshot network)
    {
        var planned = counts.Where(c => c.TerminalId is not null && c.State is ParcelState.Planned or ParcelState.Loaded or ParcelState.Out)
            .GroupBy(c => c.TerminalId!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(c => c.Parcels), StringComparer.Ordinal);
        var fillByTerminal = fill.ToLookup(f => f.TerminalId, StringComparer.Ordinal);
        return [.. network.Terminals.Select(t => new TerminalLoad(
            t.Id, t.Name, t.Kind, LonLat.From(t.Location), t.District ?? "", planned.GetValueOrDefault(t.Id), t.Compartments.Total(), BySize(t, fillByTerminal[t.Id])))];
    }

    private static List<SizeLoad> BySize(Terminal terminal, IEnumerable<TerminalFill> fill)
    {
        var known = fill.ToDictionary(f => f.Size);
        return [.. Enum.GetValues<SizeClass>().Select(size => known.TryGetValue(size, out var f)
            ? new SizeLoad(size, f.InService, f.Occupied + f.Overdue, f.Planned + f.Reserved)
            : new SizeLoad(size, terminal.Compartments[size], 0, 0)).Where(s => s.Capacity > 0 || s.Occupied > 0 || s.Planned > 0)];
    }

    private static List<IllegalVehicle> Illegal(NetworkSnapshot network, DateOnly day) =>
        [.. from vehicle in network.Vehicles
            where vehicle.IsActive
            from rule in network.AccessRules
            from hours in rule.BannedHours(vehicle, day, network.DayOn(day).Kind)
            orderby vehicle.Plate, hours.StartMinute
            select new IllegalVehicle(vehicle.Id, vehicle.Plate, rule.Name, Clock.Text(hours.StartMinute), Clock.Text(hours.EndMinute), rule.Name)];

    private static async Task<List<DayVolume>> TrendAsync(Db db, LogisticsStorage storage, Caller caller, DateOnly day, int today)
    {
        var days = await storage.History.ListDaysAsync(db, caller.Scope, day.AddDays(-TrendDays), day);
        return [.. days.Select(d => new DayVolume(d.Day, d.Parcels)), new DayVolume(day, today)];
    }

    private static string Camel(ParcelStateView state) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString());
}
