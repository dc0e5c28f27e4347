using System.Globalization;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Settings;

/// <summary>The service area as an administrator edits it.</summary>
/// <param name="Zone">IANA time zone, such as Asia/Shanghai.</param>
/// <param name="PlateLocality">How local plates begin, such as 京; empty = no plate counts as local.</param>
/// <param name="Polygon">Outline, lon and lat; the closing point may be repeated or left out.</param>
/// <param name="UnservedFen">What leaving out a parcel of ordinary priority is priced at.</param>
public sealed record AreaDraft(
    string? Name, string? Zone, string? PlateLocality, IReadOnlyList<LonLat>? Polygon, int DoorSetupSeconds, int DoorHandlingSeconds, int TerminalHandlingSeconds, int ReloadSeconds,
    long UnservedFen, int StorageHours);

/// <summary>Where this installation serves. Changing it moves nothing that exists: orders and terminals outside a new outline are refused from then on.</summary>
public static class AreaApi
{
    private const int MostCorners = 2_000;

    public static void MapArea(this IEndpointRouteBuilder app)
    {
        var area = app.MapGroup("/api/area").WithTags("Settings");
        area.MapGet("", async (NetworkCache cache, CancellationToken cancellationToken) => TypedResults.Ok(View((await cache.GetAsync(cancellationToken)).Area)))
            .RequireAuthorization(Policies.Read).WithSummary("The service area with the numbers planning starts from.");
        area.MapPut("", UpdateAsync).RequireAuthorization(Policies.Administer).WithSummary("Changes name, outline, time zone and planning numbers of the service area.");
    }

    private static async Task<Results<Ok<AreaDraft>, ProblemHttpResult>> UpdateAsync(
        AreaDraft draft, Caller caller, HttpContext context, LogisticsStorage storage, NetworkCache cache, LiveFeed feed, CancellationToken cancellationToken)
    {
        var result = await storage.WriteAsync<Results<Ok<AreaDraft>, ProblemHttpResult>>(async db =>
        {
            var problems = new List<FieldProblem>();
            if (Read(draft, (await cache.GetAsync(db)).Area, problems) is not { } area) return ApiProblems.Invalid(problems);
            await storage.Network.Areas.SaveAsync(db, area, caller.ToActor(null, context));
            await cache.TouchAsync(db);
            return TypedResults.Ok(View(area));
        }, cancellationToken);
        feed.Publish("board", new NetworkChanged("area", ""));
        return result;
    }

    private static AreaDraft View(ServiceArea a) => new(
        a.Name, a.ZoneId, a.PlateLocality, LonLat.From(a.Outline.Rings[0]), a.Defaults.DoorSetupSeconds, a.Defaults.DoorHandlingSeconds, a.Defaults.TerminalHandlingSeconds, a.Defaults.ReloadSeconds,
        a.Defaults.UnservedFen, a.Defaults.StorageHours);

    private static ServiceArea? Read(AreaDraft d, ServiceArea stored, List<FieldProblem> problems)
    {
        var check = new FieldChecks(problems);
        check.Text("name", d.Name, 100);
        if (d.Zone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(d.Zone, out _)) check.Add("zone", d.Zone, "zone.unknown", $"zone \"{d.Zone}\" is not a time zone; write it as in Asia/Shanghai.");
        if (d.PlateLocality?.Length > 8) check.Add("plateLocality", d.PlateLocality, "range", "plateLocality has more than 8 characters.");
        var ring = (d.Polygon ?? []).Select(p => p.ToPoint()).ToList();
        if (ring.Count > MostCorners) check.Add("polygon", ring.Count.ToString(CultureInfo.InvariantCulture), "range", $"polygon has {ring.Count} corners, at most {MostCorners} are taken.");
        else foreach (var problem in GeoPolygon.FromRing(ring).Check()) check.Add("polygon", null, "shape", problem);
        check.Range("doorSetupSeconds", d.DoorSetupSeconds, 0, 3_600);
        check.Range("doorHandlingSeconds", d.DoorHandlingSeconds, 0, 3_600);
        check.Range("terminalHandlingSeconds", d.TerminalHandlingSeconds, 0, 3_600);
        check.Range("reloadSeconds", d.ReloadSeconds, 0, 4 * 3_600);
        check.Range("unservedFen", d.UnservedFen, 1, 100_000_000);
        check.Range("storageHours", d.StorageHours, 1, 24 * 60);
        if (problems.Count > 0) return null;
        return stored with
        {
            Name = d.Name!.Trim(),
            ZoneId = d.Zone!,
            PlateLocality = d.PlateLocality?.Trim() ?? "",
            Outline = GeoPolygon.FromRing(ring),
            Defaults = stored.Defaults with
            {
                DoorSetupSeconds = d.DoorSetupSeconds,
                DoorHandlingSeconds = d.DoorHandlingSeconds,
                TerminalHandlingSeconds = d.TerminalHandlingSeconds,
                ReloadSeconds = d.ReloadSeconds,
                UnservedFen = d.UnservedFen,
                StorageHours = d.StorageHours,
            },
        };
    }
}
