using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Logistics.Storage;

/// <summary>One numbered step of the schema.</summary>
/// <param name="Checksum">SHA-256 of the text with LF line ends, before any dialect.</param>
public sealed record Migration(int Number, string Name, string Sql, string Checksum);

/// <summary>Brings the schema up to date: each migration once, in order, in its own transaction, never changed afterwards.</summary>
public static class Migrator
{
    /// <summary>The migrations inside an assembly: resources named <c>NNN-name</c>.</summary>
    public static IReadOnlyList<Migration> Load(Assembly assembly)
    {
        var migrations = new List<Migration>();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            var dash = name.IndexOf('-', StringComparison.Ordinal);
            if (dash < 1 || !int.TryParse(name.AsSpan(0, dash), out var number)) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            migrations.Add(Create(number, name, reader.ReadToEnd()));
        }
        return [.. migrations.OrderBy(m => m.Number)];
    }

    public static Migration Create(int number, string name, string sql)
    {
        var text = sql.ReplaceLineEndings("\n");
        return new Migration(number, name, text, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    /// <returns>The migrations applied now.</returns>
    /// <exception cref="StorageException"><see cref="StorageFault.Schema"/> when the database is newer than the program or an applied migration changed.</exception>
    public static async Task<IReadOnlyList<Migration>> ApplyAsync(
        Database database, IReadOnlyList<Migration> migrations, TimeProvider time, CancellationToken cancel = default)
    {
        if (migrations.GroupBy(m => m.Number).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new StorageException(StorageFault.Schema, $"Two migrations have the number {twice.Key}: {string.Join(", ", twice.Select(m => m.Name))}.");
        }
        await database.WriteAsync(
            async db =>
            {
                await db.LockAsync("schema");
                await db.ExecuteAsync("create table if not exists schema_migration (number bigint primary key, name text not null, checksum text not null, applied_at bigint not null)");
            },
            cancel);

        var applied = new List<Migration>();
        foreach (var migration in migrations)
        {
            if (await ApplyOneAsync(database, migration, time, cancel)) applied.Add(migration);
        }

        var newest = await database.ReadAsync(db => db.NumberAsync("select max(number) from schema_migration"), cancel);
        if (migrations.Count > 0 && newest > migrations[^1].Number)
        {
            throw new StorageException(
                StorageFault.Schema, $"The database has schema {newest}, this program knows {migrations[^1].Number}. Start the newer program, or restore an older backup.");
        }
        return applied;
    }

    private static Task<bool> ApplyOneAsync(Database database, Migration migration, TimeProvider time, CancellationToken cancel) => database.WriteAsync(
        async db =>
        {
            // Several hosts may start at once on one PostgreSQL: the second finds the work done.
            await db.LockAsync("schema");
            var known = await db.FindAsync("select checksum from schema_migration where number = @number", r => r.Text("checksum"), ("number", migration.Number));
            if (known == migration.Checksum) return false;
            if (known is not null)
            {
                throw new StorageException(
                    StorageFault.Schema, $"Migration {migration.Name} was changed after it was applied to this database. Migrations are append-only: undo the change and add a new one.");
            }
            await db.ExecuteAsync(db.Dialect.Adapt(migration.Sql));
            await db.ExecuteAsync(
                "insert into schema_migration (number, name, checksum, applied_at) values (@number, @name, @checksum, @at)",
                ("number", migration.Number), ("name", migration.Name), ("checksum", migration.Checksum), ("at", time.GetUtcNow()));
            return true;
        },
        cancel);
}
