using System.Globalization;
using Logistics.Domain;
using Logistics.Planning.Forecasts;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Logistics.Web.Plans;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Forecasts;

/// <summary>What a service level would need of the fleet.</summary>
/// <param name="Basis">The plan the productivity was read from; null when none is known and the fleet's own size stands in.</param>
/// <param name="BasisKind">What stands behind every day's numbers.</param>
public sealed record FleetView(double ServiceLevel, string? Basis, FleetBasisKind BasisKind, IReadOnlyList<FleetProposal> Days);

/// <summary>What forecasts are for: vehicles and couriers by shift, near-full alerts, free compartments.</summary>
public static class ForecastUseApi
{
    public static void Map(RouteGroupBuilder forecasts)
    {
        forecasts.MapGet("/fleet", FleetAsync).WithSummary("Vehicles and couriers by shift for the days ahead at a service level, 0.5 to 0.99.");
        forecasts.MapGet("/alerts", AlertsAsync).WithSummary("Terminals whose P90 occupancy passes 90 % within the days ahead.");
        forecasts.MapGet("/free/{terminalId}", FreeAsync).WithSummary("Free compartments of a terminal by size and hour, at P90 and on average.");
    }

    private static async Task<Results<Ok<FleetView>, ProblemHttpResult>> FleetAsync(
        double? level, int? days, ForecastBook book, LogisticsStorage storage, NetworkCache cache, TimeProvider time, CancellationToken cancellationToken)
    {
        var serviceLevel = level ?? 0.9;
        if (serviceLevel is not (>= 0.5 and <= 0.99)) return ApiProblems.Invalid("level", serviceLevel.ToString(CultureInfo.InvariantCulture), "range", "level must be 0.5 to 0.99.");
        var (context, refused) = await ForecastApi.FindAsync(book, cancellationToken);
        if (context?.Series.FirstOrDefault(s => s.Scope == ForecastScope.Area) is not { } area) return ForecastApi.NoForecast(refused);
        var network = await cache.GetAsync(cancellationToken);
        var today = network.Area.DayOf(time.GetUtcNow());
        // The forecast's days from today on, as many as are asked for, by their place in it.
        int first = Math.Max(0, today.DayNumber - context.Run.Origin.DayNumber - 1), behind = Math.Min(context.Run.Horizon, first + Math.Clamp(days ?? 7, 1, context.Run.Horizon));
        return TypedResults.Ok(await storage.ReadAsync(async db =>
        {
            var basis = await FleetBasis.ReadAsync(db, storage, network, today, context.UsualDay);
            var ordered = await storage.Board.CountOrderedAsync(db, network.Area.Id, context.Run.Origin.AddDays(first + 1), context.Run.Origin.AddDays(behind));
            var result = new List<FleetProposal>();
            for (var i = first; i < behind; i++)
            {
                var day = context.Run.Origin.AddDays(i + 1);
                result.Add(FleetSizing.Propose(day, area.P50[i], area.P90[i], serviceLevel, ordered.GetValueOrDefault(day), basis.Productivity));
            }

            return new FleetView(serviceLevel, basis.Name, basis.Kind, result);
        }, cancellationToken));
    }

    private static async Task<Ok<IReadOnlyList<NearFullAlert>>> AlertsAsync(int? days, LockerOutlook outlook, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken) =>
        TypedResults.Ok(await storage.ReadAsync(async db => await outlook.AlertsAsync(db, await cache.GetAsync(db), Math.Clamp(days ?? 3, 1, 7)), cancellationToken));

    private static async Task<Results<Ok<FreeCompartmentsView>, ProblemHttpResult>> FreeAsync(
        string terminalId, int? hours, LockerOutlook outlook, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken) =>
        await storage.ReadAsync(async db => await outlook.FreeAsync(db, await cache.GetAsync(db), terminalId, Math.Clamp(hours ?? 48, 1, 168)), cancellationToken) is { } free
            ? TypedResults.Ok(free)
            : ApiProblems.NotFound("terminal with compartments", terminalId);
}
