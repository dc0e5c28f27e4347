using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.Storage;

/// <summary>The devices the network knows.</summary>
public sealed class DeviceRegistryStore(AuditStore audit)
{
    private static readonly string[] Columns = ["device", "kind", "name", "terminal_id", "vehicle_id", "courier_id", "registered_at"];

    private static readonly string Upsert =
        Db.InsertText("device", Columns) + " on conflict (device) do update set " + string.Join(", ", Columns.Skip(1).Select(c => $"{c} = excluded.{c}"));

    public Task<RegisteredDevice?> FindAsync(Db db, string device) => db.FindAsync("select * from device where device = @device", Read, ("device", device));

    public Task<List<RegisteredDevice>> ListAsync(Db db) => db.ListAsync("select * from device order by device", Read);

    /// <summary>Labels of the compartments of every locker device.</summary>
    public async Task<ILookup<string, string>> ListLabelsAsync(Db db)
    {
        var labels = await db.ListAsync(
            "select d.device as device, c.label as label from device d join compartment c on c.terminal_id = d.terminal_id where d.kind = @kind",
            r => (Device: r.Text("device"), Label: r.Text("label")), ("kind", DeviceKind.Locker));
        return labels.ToLookup(l => l.Device, l => l.Label);
    }

    /// <summary>Registers a device or changes what it belongs to.</summary>
    public async Task SaveAsync(Db db, RegisteredDevice device, Actor actor)
    {
        var before = await FindAsync(db, device.Device);
        if (before == device) return;
        await db.ExecuteManyAsync(Upsert, Columns, [Values(device)]);
        await audit.WriteAsync(db, actor, before is null ? "device.register" : "device.update", "device", device.Device, before, device);
    }

    /// <summary>Registers many new devices with one audit entry.</summary>
    public async Task SaveAllAsync(Db db, IReadOnlyCollection<RegisteredDevice> devices, Actor actor)
    {
        if (devices.Count == 0) return;
        await db.ExecuteManyAsync(Upsert, Columns, devices.Select(Values));
        await audit.WriteAsync(db, actor, "device.registerAll", "device", "*", null, new BulkChange(devices.Count));
    }

    private static object?[] Values(RegisteredDevice d) => [d.Device, d.Kind, d.Name, d.TerminalId, d.VehicleId, d.CourierId, d.RegisteredAt];

    private static RegisteredDevice Read(Row r) => new(r.Text("device"), r.Enum<DeviceKind>("kind"), r.Text("name"))
    {
        TerminalId = r.TextOrNull("terminal_id"),
        VehicleId = r.TextOrNull("vehicle_id"),
        CourierId = r.TextOrNull("courier_id"),
        RegisteredAt = r.Instant("registered_at"),
    };
}
