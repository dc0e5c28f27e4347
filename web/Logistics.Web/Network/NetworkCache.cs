using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;

namespace Logistics.Web.Network;

/// <summary>The service area's network, read once and again whenever any host changed it.</summary>
/// <remarks>Every network write counts a version up in the same transaction; a read compares one number. Thread-safe.</remarks>
public sealed class NetworkCache(LogisticsStorage storage)
{
    private const string AreaSetting = "network.area";

    private readonly StoredVersion _version = new(storage, "network.version");

    private sealed record Entry(string Version, NetworkSnapshot Network);

    private volatile Entry? _cached;

    public Task<NetworkSnapshot> GetAsync(CancellationToken cancellationToken) => storage.ReadAsync(GetAsync, cancellationToken);

    /// <summary>The network as this transaction sees it.</summary>
    public async Task<NetworkSnapshot> GetAsync(Db db)
    {
        var version = await _version.ReadAsync(db);
        if (_cached is { } hit && hit.Version == version) return hit.Network;
        var areaId = await storage.Settings.FindAsync(db, AreaSetting) ?? throw new InvalidOperationException("The database has no service area; the first start did not finish.");
        var network = await storage.Network.FindSnapshotAsync(db, areaId) ?? throw new InvalidOperationException($"The service area {areaId} is gone.");
        // A writer sees its own uncommitted changes, which must not be shared.
        if (!db.IsWriter) _cached = new Entry(version, network);
        return network;
    }

    /// <summary>Counts up with every change of the network.</summary>
    public Task<string> VersionAsync(Db db) => _version.ReadAsync(db);

    /// <summary>Call in the transaction of every network write.</summary>
    public Task TouchAsync(Db db) => _version.TouchAsync(db);

    /// <summary>Names the area this installation serves; once, at the first start.</summary>
    public Task SetAreaAsync(Db db, string areaId) => storage.Settings.SetAsync(db, AreaSetting, areaId);

    public async Task<bool> HasAreaAsync(Db db) => await storage.Settings.FindAsync(db, AreaSetting) is not null;
}
