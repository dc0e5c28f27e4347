using System.Globalization;
using System.Text.Json;
using Logistics.DeviceGateway.Epcis;
using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Network;

namespace Logistics.Web.Devices;

public static class EpcisApi
{
    private const int MaximumScan = 100_000;
    private const int PageSize = 1000;

    public static void MapEpcis(this IEndpointRouteBuilder app) => app.MapGet("/api/devices/epcis", ExportAsync)
        .RequireAuthorization(Policies.Read).WithTags("Devices")
        .WithSummary("What devices saw, as an EPCIS 2.0 JSON-LD document. Looks at limit events of the log after a position; X-Next-Position continues, and is left out at the end.");

    private static async Task ExportAsync(HttpContext context, IDeviceStore log, LogisticsStorage storage, NetworkCache network, DeviceRegister register, TimeProvider time, CancellationToken cancel, long after = 0, int limit = 10_000)
    {
        var (area, places) = await storage.ReadAsync(
            async db => ((await network.GetAsync(db)).Area, (await register.GetAsync(db)).Devices.Where(d => d.TerminalId is not null).ToDictionary(d => d.Device, d => d.TerminalId!, StringComparer.Ordinal)), cancel);
        var events = Read(log, after, Math.Clamp(limit, 1, MaximumScan));
        if (events.Count > 0) context.Response.Headers["X-Next-Position"] = events[^1].Position.ToString(CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/ld+json";
        context.Response.Headers.ContentDisposition = "attachment; filename=events.epcis.jsonld";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        EpcisWriter.Write(json, events, time.GetUtcNow(), area.Zone(), device => places.TryGetValue(device, out var terminal) ? "urn:x-logistics:terminal:" + terminal : null);
        await json.FlushAsync(cancel);
    }

    private static List<DeviceEvent> Read(IDeviceStore log, long after, int limit)
    {
        var events = new List<DeviceEvent>();
        while (events.Count < limit)
        {
            var page = log.ReadEvents(events.Count == 0 ? after : events[^1].Position, Math.Min(PageSize, limit - events.Count));
            if (page.Count == 0) break;
            events.AddRange(page);
        }
        return events;
    }
}
