using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.Storage;

/// <summary>Which alarms to list; unset fields do not filter.</summary>
public sealed record AlarmFilter
{
    public bool IsOpenOnly { get; init; }
    public string? Device { get; init; }
    public AlarmRule? Rule { get; init; }

    /// <summary>Raised before this; for the next page.</summary>
    public DateTimeOffset? Before { get; init; }

    public int Limit { get; init; } = 200;
}

/// <summary>Alarms of devices. The rules write beginning and end, people write owner and acknowledgement; neither overwrites the other.</summary>
public sealed class AlarmStore(AuditStore audit, TimeProvider time)
{
    private static readonly string[] Columns = ["id", "device", "rule", "subject", "started_at", "raised_at", "ended_at", "detail"];

    public Task<List<DeviceAlarm>> ListOpenAsync(Db db) => db.ListAsync("select * from device_alarm where ended_at is null order by raised_at, id", Read);

    /// <summary>Newest first.</summary>
    public Task<List<DeviceAlarm>> ListAsync(Db db, AlarmFilter filter)
    {
        var sql = "select * from device_alarm where raised_at < @before";
        if (filter.IsOpenOnly) sql += " and ended_at is null";
        if (filter.Device is not null) sql += " and device = @device";
        if (filter.Rule is not null) sql += " and rule = @rule";
        return db.ListAsync(
            sql + " order by raised_at desc, id desc limit @limit", Read,
            [("before", filter.Before ?? DateTimeOffset.MaxValue), ("limit", filter.Limit), .. Given("device", filter.Device), .. Given("rule", filter.Rule)]);
    }

    private static Task<DeviceAlarm?> FindAsync(Db db, string id) => db.FindAsync("select * from device_alarm where id = @id" + db.Dialect.ForUpdate, Read, ("id", id));

    /// <summary>A person has seen it; the first acknowledgement stays.</summary>
    /// <returns>The alarm as it is now; null when there is none.</returns>
    public async Task<DeviceAlarm?> AcknowledgeAsync(Db db, string id, Actor actor)
    {
        if (await FindAsync(db, id) is not { } alarm || alarm.AcknowledgedAt is not null) return await FindAsync(db, id);
        var acknowledged = alarm with { AcknowledgedAt = time.GetUtcNow(), AcknowledgedBy = actor.Id, Owner = alarm.Owner ?? actor.Id };
        await ChangeAsync(db, alarm, acknowledged, "alarm.acknowledge", actor);
        return acknowledged;
    }

    /// <summary>Makes an account responsible for it; null for nobody.</summary>
    /// <returns>The alarm as it is now; null when there is none.</returns>
    public async Task<DeviceAlarm?> AssignAsync(Db db, string id, string? owner, Actor actor)
    {
        if (await FindAsync(db, id) is not { } alarm) return null;
        var assigned = alarm with { Owner = owner };
        if (assigned != alarm) await ChangeAsync(db, alarm, assigned, "alarm.assign", actor);
        return assigned;
    }

    internal async Task SaveAsync(Db db, IReadOnlyList<DeviceAlarm> raised, IReadOnlyList<DeviceAlarm> ended)
    {
        await db.ExecuteManyAsync(
            Db.InsertText("device_alarm", Columns) + " on conflict (id) do nothing", Columns,
            raised.Select(a => new object?[] { a.Id, a.Device, a.Rule, a.Subject, a.StartedAt, a.RaisedAt, a.EndedAt, a.Detail }));
        await db.ExecuteManyAsync("update device_alarm set ended_at = @ended where id = @id", ["ended", "id"], ended.Select(a => new object?[] { a.EndedAt, a.Id }));
    }

    private async Task ChangeAsync(Db db, DeviceAlarm before, DeviceAlarm after, string action, Actor actor)
    {
        await db.ExecuteAsync(
            "update device_alarm set owner = @owner, acknowledged_at = @at, acknowledged_by = @by where id = @id",
            ("owner", after.Owner), ("at", after.AcknowledgedAt), ("by", after.AcknowledgedBy), ("id", after.Id));
        await audit.WriteAsync(db, actor, action, "alarm", after.Id, before, after);
    }

    private static IEnumerable<(string, object?)> Given(string name, object? value) => value is null ? [] : [(name, value)];

    private static DeviceAlarm Read(Row r) => new(
        r.Text("id"), r.Text("device"), r.Enum<AlarmRule>("rule"), r.Text("subject"), r.Instant("started_at"), r.Instant("raised_at"), r.Text("detail"))
    {
        EndedAt = r.InstantOrNull("ended_at"),
        Owner = r.TextOrNull("owner"),
        AcknowledgedAt = r.InstantOrNull("acknowledged_at"),
        AcknowledgedBy = r.TextOrNull("acknowledged_by"),
    };
}
