using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.Storage;

/// <summary>Twins and tracks as the pages read them, and as the projection writes them (<see cref="DurableTwins"/>).</summary>
public sealed class TwinStore
{
    private static readonly string[] TrackColumns = ["device", "at", "boot", "seq", "lon", "lat", "speed", "heading", "accuracy"];

    public Task<TwinRow?> FindAsync(Db db, string device) => db.FindAsync(
        "select * from twin where device = @device",
        r => new TwinRow(r.Text("device"), r.Enum<DeviceKind>("kind"), r.Text("doc"), r.Text("summary"), r.Text("recent")), ("device", device));

    public Task<long> FindPositionAsync(Db db) => db.NumberAsync("select position from twin_position");

    public Task<List<(string Device, string Summary)>> ListSummariesAsync(Db db) =>
        db.ListAsync("select device, summary from twin order by device", r => (r.Text("device"), r.Text("summary")));

    /// <summary>Where a device was in <c>[from, until)</c>, by its own clock.</summary>
    public Task<List<TrackPoint>> ListTrackAsync(Db db, string device, DateTimeOffset from, DateTimeOffset until, int limit) => db.ListAsync(
        "select * from device_track where device = @device and at >= @from and at < @until order by at, boot, seq limit @limit", ReadPoint,
        ("device", device), ("from", from), ("until", until), ("limit", limit));

    /// <summary>Forgets where devices were before a moment.</summary>
    public Task<int> ForgetTracksAsync(Db db, DateTimeOffset before) => db.ExecuteAsync("delete from device_track where at < @before", ("before", before));

    internal async Task SaveAsync(Db db, long position, IReadOnlyList<TwinRow> twins, IReadOnlyList<TrackPoint> track)
    {
        await db.ExecuteManyAsync(
            """
            insert into twin (device, kind, doc, summary, recent) values (@device, @kind, @doc, @summary, @recent)
            on conflict (device) do update set kind = excluded.kind, doc = excluded.doc, summary = excluded.summary, recent = excluded.recent
            """,
            ["device", "kind", "doc", "summary", "recent"], twins.Select(t => new object?[] { t.Device, t.Kind, t.Doc, t.Summary, t.Recent }));
        await db.ExecuteManyAsync(
            Db.InsertText("device_track", TrackColumns) + " on conflict (device, at, boot, seq) do nothing", TrackColumns,
            track.Select(p => new object?[] { p.Device, p.AtUnixMs, p.Boot, p.Sequence, p.Point.Lon, p.Point.Lat, p.SpeedMetresPerSecond, p.HeadingDegrees, p.AccuracyMetres }));
        await db.ExecuteAsync(
            "insert into twin_position (only_row, position) values (1, @position) on conflict (only_row) do update set position = excluded.position", ("position", position));
    }

    private static TrackPoint ReadPoint(Row r) => new(
        r.Text("device"), r.Long("at"), r.Long("boot"), r.Long("seq"), new GeoPoint(r.Double("lon"), r.Double("lat")), r.DoubleOrNull("speed"), r.DoubleOrNull("heading"), r.DoubleOrNull("accuracy"));
}
