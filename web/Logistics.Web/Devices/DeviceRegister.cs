using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Web.Hosting;

namespace Logistics.Web.Devices;

/// <summary>The devices the network knows, read once and again whenever any host changed them. Thread-safe.</summary>
public sealed class DeviceRegister(LogisticsStorage storage)
{
    private readonly StoredVersion _version = new(storage, "devices.version");
    private volatile RegisteredDevices? _cached;

    /// <summary>The devices as this transaction sees them.</summary>
    public async Task<RegisteredDevices> GetAsync(Db db)
    {
        var version = await _version.ReadAsync(db);
        if (_cached is { } hit && hit.Version == version) return hit;
        var read = new RegisteredDevices(version, await storage.Devices.ListAsync(db));
        // A writer sees its own uncommitted changes, which must not be shared.
        if (!db.IsWriter) _cached = read;
        return read;
    }

    /// <summary>Registers a device or changes what it belongs to, with an audit entry.</summary>
    public async Task SaveAsync(Db db, RegisteredDevice device, Actor actor)
    {
        await storage.Devices.SaveAsync(db, device, actor);
        await _version.TouchAsync(db);
    }
}

/// <summary>All registered devices at one moment, by identifier. Immutable.</summary>
public sealed class RegisteredDevices(string version, List<RegisteredDevice> devices)
{
    private readonly Dictionary<string, RegisteredDevice> _byId = devices.ToDictionary(d => d.Device, StringComparer.Ordinal);

    public string Version { get; } = version;

    /// <summary>In the order of their identifiers.</summary>
    public List<RegisteredDevice> Devices { get; } = devices;

    public RegisteredDevice? Find(string device) => _byId.GetValueOrDefault(device);
}
