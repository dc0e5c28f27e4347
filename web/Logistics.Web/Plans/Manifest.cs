using System.Globalization;
using System.Net;
using System.Text;
using Logistics.Domain;
using QRCoder;

namespace Logistics.Web.Plans;

/// <summary>Manifests to print: one page or more for each route, with a QR code for the route and one for each stop that a scanner turns into the stop's page.</summary>
public static class Manifest
{
    private const string Style = """
        body{font:13px/1.45 "Noto Sans CJK SC","Microsoft YaHei",system-ui,sans-serif;margin:0;color:#111}
        section{padding:12mm;break-after:page}h1{font-size:20px;margin:0}header{display:flex;justify-content:space-between;align-items:start;border-bottom:2px solid #111;padding-bottom:8px}
        table{width:100%;border-collapse:collapse;margin-top:8px}td,th{text-align:left;vertical-align:top;padding:4px 6px;border-bottom:1px solid #bbb;font-variant-numeric:tabular-nums}
        tr{break-inside:avoid}th{font-size:12px;color:#444}.n{text-align:right}.codes{font-family:ui-monospace,monospace;font-size:11.5px}svg{display:block}
        .muted{color:#555}@page{size:A4;margin:8mm}@media print{section{padding:0}}
        """;

    /// <param name="language">en for English; Chinese otherwise.</param>
    public static string Write(PlanReading read, int? routeNo, string? language)
    {
        var words = ManifestWords.Of(language);
        var html = new StringBuilder($"<!doctype html><html lang=\"{words.Language}\"><head><meta charset=\"utf-8\"><title>{words.Title}</title><style>").Append(Style).Append("</style></head><body>");
        foreach (var route in read.Views.Routes().Where(r => routeNo is null || r.RouteNo == routeNo)) WriteRoute(html, route, read, words);
        return html.Append("</body></html>").ToString();
    }

    private static void WriteRoute(StringBuilder html, RouteView route, PlanReading read, ManifestWords words)
    {
        var area = read.Network.Area;
        html.Append("<section><header><div><h1>").Append(words.Title).Append(' ').Append(Text(route.Plate)).Append("</h1><div>")
            .Append(CultureInfo.InvariantCulture, $"{read.Plan.Day:yyyy-MM-dd} · v{read.Plan.Version} · {words.Route} {route.RouteNo} · ").Append(Text(route.Courier ?? words.NoCourier))
            .Append("</div><div class=\"muted\">").Append(Clock(route.Start, area)).Append('–').Append(Clock(route.End, area))
            .Append(CultureInfo.InvariantCulture, $" · {route.DistanceMetres / 1000.0:0.0} km · {route.Parcels} {words.Parcels} · {route.Trips} {words.Trips}</div></div>")
            .Append(Qr($"lg:route:{read.Plan.Id}:{route.RouteNo}", 3))
            .Append(CultureInfo.InvariantCulture, $"</header><table><thead><tr><th>#</th><th>{words.Times}</th><th>{words.Place}</th><th class=\"n\">{words.Count}</th><th>{words.Codes}</th><td></td></tr></thead><tbody>");
        foreach (var stop in route.Stops) WriteStop(html, stop, route, read, words);
        html.Append("</tbody></table></section>");
    }

    private static void WriteStop(StringBuilder html, StopView stop, RouteView route, PlanReading read, ManifestWords words)
    {
        var area = read.Network.Area;
        var name = stop.Kind switch
        {
            StopKindView.Start => $"{words.Load} · {stop.PlaceName}",
            StopKindView.Reload => $"{words.Reload} · {stop.PlaceName}",
            StopKindView.End => $"{words.End} · {stop.PlaceName}",
            StopKindView.Break => words.Break,
            _ => stop.PlaceName,
        };
        html.Append(CultureInfo.InvariantCulture, $"<tr><td>{stop.StopNo}</td><td>{Clock(stop.Arrival, area)}–{Clock(stop.Departure, area)}</td><td>").Append(Text(name));
        if (stop.WindowUntil is { } until) html.Append("<div class=\"muted\">").Append(words.Until).Append(' ').Append(Clock(until, area)).Append("</div>");
        html.Append("</td><td class=\"n\">").Append(stop.ParcelIds.Count == 0 ? "" : stop.ParcelIds.Count.ToString(CultureInfo.InvariantCulture)).Append("</td><td class=\"codes\">");
        var given = read.Plan.Routes[route.RouteNo - 1].Trips.SelectMany(t => t.Stops).SelectMany(s => s.Tasks).ToDictionary(t => t.ParcelId, t => t.CompartmentSize, StringComparer.Ordinal);
        foreach (var id in stop.ParcelIds)
        {
            if (!read.Parcels.TryGetValue(id, out var parcel)) continue;
            var phone = parcel.Recipient.Phone;
            // The door needs the address; the courier calls through the virtual number, so the tail is enough.
            html.Append("<div>").Append(Text($"{parcel.Waybill} · {Masking.Name(parcel.Recipient.Name)} · {(phone.Length >= 4 ? phone[^4..] : phone)}{(given.GetValueOrDefault(id) is { } size ? $" · {size}" : "")}"));
            if (stop.TerminalId is null) html.Append("<div class=\"muted\">").Append(Text(parcel.Recipient.Address)).Append("</div>");
            html.Append("</div>");
        }
        html.Append("</td><td>").Append(stop.ParcelIds.Count > 0 ? Qr($"lg:stop:{read.Plan.Id}:{route.RouteNo}:{stop.StopNo}", 2) : "").Append("</td></tr>");
    }

    private static string Qr(string payload, int pixelsPerModule)
    {
        using var data = QRCodeGenerator.GenerateQrCode(payload, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(pixelsPerModule);
    }

    private static string Clock(DateTimeOffset at, ServiceArea area) => TimeZoneInfo.ConvertTime(at, area.Zone()).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
