namespace Logistics.Storage;

/// <summary>Named texts: switches, time stamps of jobs, the schema of a saved view.</summary>
public sealed class SettingsStore(TimeProvider time)
{
    public Task<string?> FindAsync(Db db, string name) =>
        db.FindAsync("select value from setting where name = @name", r => r.Text("value"), ("name", name));

    public async Task<IReadOnlyDictionary<string, string>> ListAsync(Db db, string prefix = "")
    {
        var rows = await db.ListAsync("select name, value from setting order by name", r => (Name: r.Text("name"), Value: r.Text("value")));
        return rows.Where(r => r.Name.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(r => r.Name, r => r.Value);
    }

    public Task SetAsync(Db db, string name, string value) => db.ExecuteAsync(
        "insert into setting (name, value, updated_at) values (@name, @value, @at) on conflict (name) do update set value = excluded.value, updated_at = excluded.updated_at",
        ("name", name), ("value", value), ("at", time.GetUtcNow()));

    public Task RemoveAsync(Db db, string name) => db.ExecuteAsync("delete from setting where name = @name", ("name", name));
}
