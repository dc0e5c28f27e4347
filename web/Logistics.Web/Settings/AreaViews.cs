using Logistics.Domain;
using Logistics.Planning.Travel;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Network;

namespace Logistics.Web.Settings;

public sealed record RingView(string Name, IReadOnlyList<LonLat> Line);

public sealed record DistrictView(string Name, LonLat At);

/// <summary>The service area as the map draws it.</summary>
public sealed record AreaView(
    string Id, string Name, string Zone, IReadOnlyList<double> Bounds, IReadOnlyList<LonLat> Polygon, IReadOnlyList<RingView> Rings, IReadOnlyList<DistrictView> Districts,
    string? TileStyleUrl, string? Attribution);

/// <summary>Describes the service area to the page.</summary>
public sealed class AreaViews(LogisticsStorage storage, NetworkCache cache, SettingsBook book, TimeProvider time)
{
    internal const string DemoSetting = "demo.city";

    /// <param name="isPartner">Partners see the area, not where the others' terminals cluster.</param>
    public Task<(AreaView Area, DateOnly Today, bool IsDemo)> DescribeAsync(bool isPartner, CancellationToken cancellationToken) => storage.ReadAsync(async db =>
    {
        var network = await cache.GetAsync(db);
        var options = await book.GetAsync(db);
        var area = network.Area;
        var ring = area.Outline.Rings[0];
        var isDemo = await storage.Settings.FindAsync(db, DemoSetting) is not null;
        var view = new AreaView(
            area.Id, area.Name, area.ZoneId, [ring.Min(p => p.Lon), ring.Min(p => p.Lat), ring.Max(p => p.Lon), ring.Max(p => p.Lat)], LonLat.From(ring),
            Rings(area), isPartner ? [] : Districts(network), options.TileStyleUrl, options.TileStyleUrl is null ? null : "© OpenStreetMap contributors");
        return (view, area.DayOf(time.GetUtcNow()), isDemo);
    }, cancellationToken);

    // Beijing's ring roads are the landmarks of the map without tiles; elsewhere the outline alone is drawn.
    private static List<RingView> Rings(ServiceArea area) => area.PlateLocality != "京" ? [] :
    [
        Ring("二环", BeijingRings.Second), Ring("三环", BeijingRings.Third), Ring("四环", BeijingRings.Fourth), Ring("五环", BeijingRings.Fifth), Ring("六环", BeijingRings.Sixth),
    ];

    private static RingView Ring(string name, IReadOnlyList<GeoPoint> line) => new(name, [.. LonLat.From(line), LonLat.From(line[0])]);

    // A district's name stands at the middle of its terminals and hubs.
    private static List<DistrictView> Districts(NetworkSnapshot network) =>
        [.. network.Terminals.Select(t => (t.District, t.Location)).Concat(network.Hubs.Select(h => (h.District, h.Location)))
            .Where(p => !string.IsNullOrEmpty(p.District)).GroupBy(p => p.District!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new DistrictView(g.Key, new LonLat(g.Average(p => p.Location.Lon), g.Average(p => p.Location.Lat))))];
}
