using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.Storage;

/// <summary>What to look for among the commands; unset fields do not filter.</summary>
public sealed record CommandFilter
{
    public string? Device { get; init; }

    public bool UnfinishedOnly { get; init; }

    /// <summary>Commands older than this id; for the next page.</summary>
    public string? BeforeId { get; init; }

    public int Limit { get; init; } = 50;
}

/// <summary>Commands to devices. A command is added with its audit entry; later states are the command's own record.</summary>
public sealed class DeviceCommandStore(AuditStore audit)
{
    public async Task CreateAsync(Db db, DeviceCommand command, Actor actor)
    {
        await db.InsertManyAsync("device_command", ["id", "device", "is_finished", "doc"], [[command.Id, command.Device, command.IsFinished, DomainJson.Write(command)]]);
        await audit.WriteAsync(db, actor, "command.create", "device", command.Device, null, Public(command));
    }

    /// <returns>False when there is no such command.</returns>
    public async Task<bool> SaveAsync(Db db, DeviceCommand command) => await db.ExecuteAsync(
        "update device_command set is_finished = @finished, doc = @doc where id = @id",
        ("id", command.Id), ("finished", command.IsFinished), ("doc", DomainJson.Write(command))) == 1;

    public Task<DeviceCommand?> FindAsync(Db db, string id) => db.FindAsync("select doc from device_command where id = @id", r => r.Json<DeviceCommand>("doc"), ("id", id));

    /// <summary>Newest first.</summary>
    public Task<List<DeviceCommand>> ListAsync(Db db, CommandFilter filter)
    {
        var values = new List<(string, object?)> { ("limit", filter.Limit) };
        var sql = "select doc from device_command where 1 = 1" + (filter.UnfinishedOnly ? " and is_finished = 0" : "");
        if (filter.Device is not null)
        {
            sql += " and device = @device";
            values.Add(("device", filter.Device));
        }
        if (filter.BeforeId is not null)
        {
            sql += " and id < @before";
            values.Add(("before", filter.BeforeId));
        }
        return db.ListAsync(sql + " order by id desc limit @limit", r => r.Json<DeviceCommand>("doc"), [.. values]);
    }

    /// <summary>Oldest first.</summary>
    public Task<List<DeviceCommand>> ListUnfinishedAsync(Db db) =>
        db.ListAsync("select doc from device_command where is_finished = 0 order by id", r => r.Json<DeviceCommand>("doc"));

    /// <summary>An audit entry for a withdrawal; the state itself is saved by the dispatcher.</summary>
    public Task AuditWithdrawalAsync(Db db, DeviceCommand command, Actor actor) =>
        audit.WriteAsync(db, actor, "command.withdraw", "device", command.Device, Public(command), null);

    public Task<long> ReadCursorAsync(Db db) => db.NumberAsync("select position from device_command_cursor where only_row = 1");

    public Task SaveCursorAsync(Db db, long position) => db.ExecuteAsync(
        "insert into device_command_cursor (only_row, position) values (1, @position) on conflict (only_row) do update set position = excluded.position",
        ("position", position));

    // The audit trail is read by many; the token is between gateway and device.
    private static DeviceCommand Public(DeviceCommand command) => command with { Token = "" };
}

/// <summary>The gateway's port, over the whole store.</summary>
public sealed class StoredCommands(LogisticsStorage storage) : ICommandStore
{
    public async Task<IReadOnlyList<DeviceCommand>> ListUnfinishedAsync(CancellationToken cancellationToken) =>
        await storage.ReadAsync(storage.Commands.ListUnfinishedAsync, cancellationToken);

    public Task<DeviceCommand?> FindAsync(string id, CancellationToken cancellationToken) =>
        storage.ReadAsync(db => storage.Commands.FindAsync(db, id), cancellationToken);

    public async Task SaveAsync(DeviceCommand command, CancellationToken cancellationToken)
    {
        var isKnown = await storage.WriteAsync(db => storage.Commands.SaveAsync(db, command), cancellationToken);
        if (!isKnown) throw new InvalidOperationException($"Command {command.Id} is not in the store.");
    }

    public Task<long> ReadCursorAsync(CancellationToken cancellationToken) => storage.ReadAsync(storage.Commands.ReadCursorAsync, cancellationToken);

    public Task SaveCursorAsync(long position, CancellationToken cancellationToken) =>
        storage.WriteAsync(db => storage.Commands.SaveCursorAsync(db, position), cancellationToken);
}
