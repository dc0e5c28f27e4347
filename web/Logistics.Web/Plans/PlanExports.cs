using System.Globalization;
using System.Text;
using System.Text.Json;
using Logistics.Domain;
using Logistics.Planning.Formats.Json;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Plans;

/// <summary>A plan as files: GeoJSON and CSV for people's own tools, the optimiser's problem and answer for an independent check.</summary>
public static class PlanExports
{
    public static void MapExports(this RouteGroupBuilder plans)
    {
        plans.MapGet("/{id}/export.geojson", GeoJsonAsync).RequireAuthorization(Policies.Read).WithSummary("Routes as lines, stops and unassigned parcels as points; WGS-84, times local with their offset.");
        plans.MapGet("/{id}/export.csv", CsvAsync).RequireAuthorization(Policies.Read).WithSummary("One row for each parcel: route, stop, option, compartment; times local with their offset.");
        plans.MapGet("/{id}/problem.json", ProblemAsync)
            .RequireAuthorization(Policies.Read).WithSummary("The optimiser's problem; format in docs/formats.md.");
        plans.MapGet("/{id}/plan.json", AnswerAsync)
            .RequireAuthorization(Policies.Read).WithSummary("The optimiser's answer to problem.json.");
        plans.MapGet("/{id}/manifests", (string id, string? language, PlanReader reader, CancellationToken cancellationToken) => ManifestAsync(id, null, language, reader, cancellationToken))
            .RequireAuthorization(Policies.Read).WithSummary("Printable manifests of all routes.");
        plans.MapGet("/{id}/manifests/{routeNo:int}", (string id, int routeNo, string? language, PlanReader reader, CancellationToken cancellationToken) => ManifestAsync(id, routeNo, language, reader, cancellationToken))
            .RequireAuthorization(Policies.Read).WithSummary("Printable manifest of one route, with QR codes.");
    }

    private static async Task<IResult> GeoJsonAsync(string id, PlanReader reader, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(id, cancellationToken) is not { } read) return ApiProblems.NotFound("plan", id);
        var zone = read.Network.Area.Zone();
        using var stream = new MemoryStream();
        await using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            foreach (var route in read.Views.Routes()) WriteRoute(json, route, zone);
            foreach (var u in read.Plan.Unassigned)
            {
                if (read.Parcels.TryGetValue(u.ParcelId, out var parcel)) WritePoint(json, LonLat.From(parcel.Recipient.Location), w => WriteAll(w, ("kind", "unassigned"), ("parcelId", parcel.Id), ("waybill", parcel.Waybill), ("reason", u.Message)));
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return TypedResults.File(stream.ToArray(), "application/geo+json", FileName(read.Plan, "geojson"));
    }

    private static void WriteRoute(Utf8JsonWriter json, RouteView route, TimeZoneInfo zone)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("geometry");
        json.WriteString("type", "LineString");
        json.WriteStartArray("coordinates");
        foreach (var stop in route.Stops) WriteLonLat(json, stop.At);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("properties");
        WriteAll(json, ("kind", "route"), ("plate", route.Plate), ("courier", route.Courier ?? ""), ("start", Text(route.Start, zone)), ("end", Text(route.End, zone)));
        json.WriteNumber("routeNo", route.RouteNo);
        json.WriteNumber("distanceMetres", route.DistanceMetres);
        json.WriteNumber("parcels", route.Parcels);
        json.WriteEndObject();
        json.WriteEndObject();
        foreach (var stop in route.Stops.Where(s => s.Kind is StopKindView.Terminal or StopKindView.Door))
        {
            WritePoint(json, stop.At, w =>
            {
                WriteAll(w, ("kind", stop.Kind == StopKindView.Door ? "door" : "terminal"), ("plate", route.Plate), ("name", stop.PlaceName), ("arrival", Text(stop.Arrival, zone)), ("departure", Text(stop.Departure, zone)));
                w.WriteNumber("routeNo", route.RouteNo);
                w.WriteNumber("stopNo", stop.StopNo);
                w.WriteNumber("parcels", stop.ParcelIds.Count);
            });
        }
    }

    private static void WritePoint(Utf8JsonWriter json, LonLat at, Action<Utf8JsonWriter> properties)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("geometry");
        json.WriteString("type", "Point");
        json.WritePropertyName("coordinates");
        WriteLonLat(json, at);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        properties(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static async Task<IResult> CsvAsync(string id, PlanReader reader, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(id, cancellationToken) is not { } read) return ApiProblems.NotFound("plan", id);
        var routes = read.Views.Routes();
        var zone = read.Network.Area.Zone();
        // The mark makes spreadsheets read it as UTF-8.
        var csv = new StringBuilder("\uFEFFroute,plate,courier,stop,place,lon,lat,waybill,partner,option,terminal,size,compartment,arrival,departure,windowUntil,reason\r\n");
        foreach (var p in read.Views.Parcels())
        {
            var route = routes[p.RouteNo - 1];
            var stop = route.Stops[p.StopNo];
            AppendRow(csv, Number(p.RouteNo), route.Plate, route.Courier, Number(p.StopNo), stop.PlaceName, Number(stop.At.Lon), Number(stop.At.Lat), p.Waybill, read.Network.FindPartner(p.PartnerId)?.Code,
                p.Option == Orders.OptionKindView.Door ? "door" : "terminal", read.Network.FindTerminal(p.TerminalId)?.Code, p.Size.ToString(), p.GivenSize?.ToString(), Text(stop.Arrival, zone), Text(stop.Departure, zone), Text(p.WindowUntil, zone), "");
        }
        foreach (var u in read.Plan.Unassigned)
        {
            var parcel = read.Parcels.GetValueOrDefault(u.ParcelId);
            AppendRow(csv, "", "", "", "", "", "", "", parcel?.Waybill ?? u.ParcelId, read.Network.FindPartner(parcel?.PartnerId)?.Code, "", "", parcel?.Size.ToString(), "", "", "", parcel is null ? "" : Text(parcel.Promise.End, zone), u.Message);
        }
        return TypedResults.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", FileName(read.Plan, "csv"));
    }

    /// <summary>Builds the problem again from what the plan was made from; the same input gives the same problem.</summary>
    private static async Task<IResult> ProblemAsync(string id, RunningDays days, HttpContext context, CancellationToken cancellationToken)
    {
        if (await days.FindAsync(id, cancellationToken) is not { } day) return ApiProblems.NotFound("plan with a problem", id);
        // Tens of megabytes are sent as they are written; the thread waits for a slow reader instead of the memory.
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return TypedResults.Stream(
            body =>
            {
                JsonWriting.Write(body, day.Model.Problem);
                return Task.CompletedTask;
            },
            "application/json");
    }

    private static async Task<IResult> AnswerAsync(string id, LogisticsStorage storage, CancellationToken cancellationToken)
    {
        var text = await storage.ReadAsync(async db => await storage.Plans.FindAsync(db, id) is { ResultHash: { } hash } ? await storage.Plans.FindDocumentAsync(db, hash) : null, cancellationToken);
        return text is null ? ApiProblems.NotFound("plan with an answer", id) : TypedResults.Text(text, "application/json");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ManifestAsync(string id, int? routeNo, string? language, PlanReader reader, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(id, cancellationToken) is not { } read) return ApiProblems.NotFound("plan", id);
        if (routeNo is { } number && (number < 1 || number > read.Plan.Routes.Count)) return ApiProblems.NotFound("route", number.ToString(CultureInfo.InvariantCulture));
        return TypedResults.Content(Manifest.Write(read, routeNo, language), "text/html; charset=utf-8");
    }

    private static void AppendRow(StringBuilder csv, params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) csv.Append(',');
            var cell = cells[i] ?? "";
            // A cell that starts like a formula would run in a spreadsheet.
            if (cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' && !double.TryParse(cell, CultureInfo.InvariantCulture, out _)) cell = "'" + cell;
            csv.Append(cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"");
        }
        csv.Append("\r\n");
    }

    private static void WriteAll(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values) json.WriteString(name, value);
    }

    private static void WriteLonLat(Utf8JsonWriter json, LonLat at)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(at.Lon, 6));
        json.WriteNumberValue(Math.Round(at.Lat, 6));
        json.WriteEndArray();
    }

    /// <summary>The clock people see, with the offset that makes it an instant.</summary>
    private static string Text(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Number(double value) => Math.Round(value, 6).ToString(CultureInfo.InvariantCulture);

    private static string FileName(DayPlan plan, string extension) => string.Create(CultureInfo.InvariantCulture, $"plan-{plan.Day:yyyy-MM-dd}-v{plan.Version}.{extension}");
}
