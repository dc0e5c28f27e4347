using Logistics.Testing;

namespace Logistics.Storage.Tests;

public sealed class MigratorTests(Databases databases)
{
    private static readonly Migration First = Migrator.Create(1, "001-a", "create table a (x bigint);\ninsert into a values (1);");
    private static readonly Migration Second = Migrator.Create(2, "002-b", "create table b (y {blob});");

    private async Task<(Database Database, TemporaryFolder Folder)> EmptyAsync(Backend backend)
    {
        var folder = new TemporaryFolder();
        var connection = backend == Backend.Sqlite ? folder.FullName : await (await databases.PostgresAsync()).CreateDatabaseAsync();
        return (Database.Open(new StorageOptions(connection)), folder);
    }

    private static Task<IReadOnlyList<Migration>> Apply(Database database, params Migration[] migrations) =>
        Migrator.ApplyAsync(database, migrations, new ManualTimeProvider());

    [Theory, CombinatorialBackends]
    public async Task Each_migration_runs_once_and_later_ones_follow(Backend backend)
    {
        var (database, folder) = await EmptyAsync(backend);
        await using (database)
        using (folder)
        {
            Assert.Equal([First], await Apply(database, First));
            Assert.Equal([Second], await Apply(database, First, Second));
            Assert.Empty(await Apply(database, First, Second));
            Assert.Equal(1, await database.ReadAsync(db => db.NumberAsync("select count(*) from a")));
        }
    }

    [Theory, CombinatorialBackends]
    public async Task Changed_migration_and_newer_schema_are_refused(Backend backend)
    {
        var (database, folder) = await EmptyAsync(backend);
        await using (database)
        using (folder)
        {
            await Apply(database, First, Second);
            var changed = await Assert.ThrowsAsync<StorageException>(() => Apply(database, Migrator.Create(1, "001-a", First.Sql + " "), Second));
            Assert.Equal((StorageFault.Schema, true), (changed.Fault, changed.Message.Contains("001-a", StringComparison.Ordinal)));
            Assert.Equal(StorageFault.Schema, (await Assert.ThrowsAsync<StorageException>(() => Apply(database, First))).Fault);
            Assert.Equal(StorageFault.Schema, (await Assert.ThrowsAsync<StorageException>(() => Apply(database, First, First))).Fault);
        }
    }

    [Theory, CombinatorialBackends]
    public async Task Failing_migration_leaves_nothing_of_itself(Backend backend)
    {
        var (database, folder) = await EmptyAsync(backend);
        await using (database)
        using (folder)
        {
            var broken = Migrator.Create(2, "002-broken", "create table c (z bigint); create table a (x bigint);");
            await Assert.ThrowsAsync<StorageException>(() => Apply(database, First, broken));
            await Apply(database, First, Migrator.Create(2, "002-mended", "create table c (z bigint);"));
        }
    }

    [Theory, CombinatorialBackends]
    public async Task Hosts_starting_together_migrate_once(Backend backend)
    {
        var (database, folder) = await EmptyAsync(backend);
        await using (database)
        using (folder)
        {
            var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Apply(database, First, Second))));
            Assert.Equal(2, applied.Sum(a => a.Count));
        }
    }

    [Fact]
    public void Line_ends_do_not_change_a_checksum() =>
        Assert.Equal(First.Checksum, Migrator.Create(1, "001-a", First.Sql.Replace("\n", "\r\n", StringComparison.Ordinal)).Checksum);

    [Fact]
    public void Own_migrations_are_numbered_without_repeats()
    {
        var own = Migrator.Load(typeof(LogisticsStorage).Assembly);
        Assert.True(own.Count >= 4);
        Assert.Equal(own.Count, own.Select(m => m.Number).Distinct().Count());
    }
}
