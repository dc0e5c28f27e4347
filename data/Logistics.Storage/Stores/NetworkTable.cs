using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>One table of the network: key columns beside the record's JSON. Saving audits before and after.</summary>
/// <param name="kind">Name of the object in the audit trail.</param>
/// <param name="idOf">The record's id; column <paramref name="idColumn"/>.</param>
/// <param name="columns">The other key columns, each with its value.</param>
public sealed class NetworkTable<T>(
    AuditStore audit, string table, string kind, Func<T, string> idOf, string idColumn, params (string Name, Func<T, object?> Value)[] columns) where T : class
{
    private readonly string[] _names = [idColumn, .. columns.Select(c => c.Name), "doc"];

    private string UpsertText() =>
        Db.InsertText(table, _names) + $" on conflict ({idColumn}) do update set {string.Join(", ", _names.Skip(1).Select(n => $"{n} = excluded.{n}"))}";

    public Task<T?> FindAsync(Db db, string id) => db.FindAsync($"select doc from {table} where {idColumn} = @id", r => r.Json<T>("doc"), ("id", id));

    public Task<List<T>> ListAsync(Db db) => db.ListAsync($"select doc from {table} order by {idColumn}", r => r.Json<T>("doc"));

    /// <summary>Only for tables with an area_id.</summary>
    public Task<List<T>> ListAsync(Db db, string areaId) =>
        db.ListAsync($"select doc from {table} where area_id = @area order by {idColumn}", r => r.Json<T>("doc"), ("area", areaId));

    /// <summary>Inserts or replaces; nothing is written when nothing changed.</summary>
    /// <returns>Whether something changed.</returns>
    public async Task<bool> SaveAsync(Db db, T item, Actor actor)
    {
        var id = idOf(item);
        var before = await db.FindAsync($"select doc from {table} where {idColumn} = @id{db.Dialect.ForUpdate}", r => r.Text("doc"), ("id", id));
        if (before is not null && before == DomainJson.Write(item)) return false;
        await db.ExecuteManyAsync(UpsertText(), _names, [Values(item)]);
        await audit.WriteAsync(db, actor, before is null ? $"{kind}.create" : $"{kind}.update", kind, id, before is null ? null : DomainJson.Read<T>(before), item);
        return true;
    }

    /// <summary>Inserts or replaces many with one audit entry; for generated or imported networks.</summary>
    public async Task SaveAllAsync(Db db, IReadOnlyCollection<T> items, Actor actor)
    {
        if (items.Count == 0) return;
        await db.ExecuteManyAsync(UpsertText(), _names, items.Select(Values));
        await audit.WriteAsync(db, actor, $"{kind}.saveAll", kind, "*", null, new BulkChange(items.Count));
    }

    /// <exception cref="StorageException"><see cref="StorageFault.Conflict"/> while something still refers to it; switch it off instead.</exception>
    public async Task<bool> DeleteAsync(Db db, string id, Actor actor)
    {
        if (await FindAsync(db, id) is not { } before) return false;
        await db.ExecuteAsync($"delete from {table} where {idColumn} = @id", ("id", id));
        await audit.WriteAsync(db, actor, $"{kind}.delete", kind, id, before, null);
        return true;
    }

    private object?[] Values(T item) => [idOf(item), .. columns.Select(c => c.Value(item)), DomainJson.Write(item)];
}

/// <summary>What the audit trail says of a change to many objects at once.</summary>
public sealed record BulkChange(int Count);
