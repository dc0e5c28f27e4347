using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Devices;

public static class DevicesApi
{
    private const int MaximumPage = 500;
    private const int MaximumTrack = 20_000;

    public static void MapDevices(this IEndpointRouteBuilder app)
    {
        var devices = app.MapGroup("/api/devices").WithTags("Devices");
        devices.MapGet("", (LogisticsStorage storage, DeviceViews views, CancellationToken cancel) => storage.ReadAsync(views.ListAsync, cancel))
            .RequireAuthorization(Policies.Read).CompressAlways().WithSummary("Every device registered or heard of, with its state.");
        devices.MapGet("/{device}/twin", FindTwinAsync).RequireAuthorization(Policies.Read).WithSummary("The last reported truth about a device.");
        devices.MapGet("/{device}/events", ListEventsAsync).RequireAuthorization(Policies.Read).WithSummary("The device's last 50 events, newest first.");
        devices.MapGet("/{device}/track", ListTrackAsync).RequireAuthorization(Policies.Read).WithSummary("Where the device was in [from, until), by its own clock.");
        devices.MapGet("/quarantine", ListQuarantineAsync).RequireAuthorization(Policies.Read).WithSummary("Events that were not believed, newest first; after = position of the last one seen.");
        devices.MapGet("/gateway", (GatewayViews gateway) => TypedResults.Ok(gateway.Read())).RequireAuthorization(Policies.Read).WithSummary("Health and counters of the gateway in this host.");
        devices.MapGet("/settings", (LogisticsStorage storage, DeviceSettingsBook book, CancellationToken cancel) => storage.ReadAsync(book.GetAsync, cancel))
            .RequireAuthorization(Policies.Read).WithSummary("Alarm thresholds and company prefixes.");
        devices.MapPut("/settings", UpdateSettingsAsync).RequireAuthorization(Policies.Administer).WithSummary("Changes thresholds and prefixes; they hold at once.");
        app.MapRegistration();
        app.MapAlarms();
        app.MapEpcis();
    }

    private static async Task<Results<Ok<TwinView>, ProblemHttpResult>> FindTwinAsync(string device, LogisticsStorage storage, DeviceViews views, CancellationToken cancel) =>
        await storage.ReadAsync(db => views.FindAsync(db, device), cancel) is { } twin ? TypedResults.Ok(twin) : ApiProblems.NotFound("device", device);

    private static async Task<Ok<IReadOnlyList<EventView>>> ListEventsAsync(string device, LogisticsStorage storage, IDeviceStore log, CancellationToken cancel)
    {
        var recent = (await storage.ReadAsync(db => storage.Twins.FindAsync(db, device), cancel))?.ListRecent() ?? [];
        return TypedResults.Ok<IReadOnlyList<EventView>>([.. log.ReadEvents(recent).OrderByDescending(e => e.Position).Select(DeviceViews.Event)]);
    }

    private static async Task<Ok<IReadOnlyList<PositionView>>> ListTrackAsync(string device, DateTimeOffset from, DateTimeOffset until, LogisticsStorage storage, CancellationToken cancel)
    {
        var points = await storage.ReadAsync(db => storage.Twins.ListTrackAsync(db, device, from, until, MaximumTrack), cancel);
        return TypedResults.Ok<IReadOnlyList<PositionView>>([.. points.Select(p => new PositionView(LonLat.From(p.Point), DateTimeOffset.FromUnixTimeMilliseconds(p.AtUnixMs), p.SpeedMetresPerSecond, p.HeadingDegrees, p.AccuracyMetres))]);
    }

    private static Ok<Page<EventView>> ListQuarantineAsync(IDeviceStore log, string? device, long? after, int limit = 100)
    {
        var size = Math.Clamp(limit, 1, MaximumPage);
        var found = log.ReadQuarantine(after ?? long.MaxValue, size + 1, device);
        var items = found.Take(size).Select(DeviceViews.Event).ToList();
        return TypedResults.Ok(new Page<EventView>(items, found.Count > size ? items[^1].Position.ToString(System.Globalization.CultureInfo.InvariantCulture) : null, items.Count));
    }

    private static async Task<Results<Ok<DeviceSettings>, ProblemHttpResult>> UpdateSettingsAsync(
        DeviceSettings settings, Caller caller, HttpContext context, LogisticsStorage storage, DeviceSettingsBook book, DirectoryLoader directory, CancellationToken cancel)
    {
        if (settings.Check() is { Count: > 0 } problems) return ApiProblems.Invalid(problems);
        await storage.WriteAsync(db => book.SetAsync(db, settings, caller.ToActor(null, context)), cancel);
        await directory.RefreshAsync(cancel);
        return TypedResults.Ok(settings);
    }
}
