using Logistics.Domain;
using Logistics.Testing;
using Microsoft.Data.Sqlite;

namespace Logistics.Storage.Tests;

/// <summary>What a broken environment gets: one clear error that says what and where, and the store keeps serving afterwards.</summary>
public sealed class FaultTests(Databases databases)
{
    private static Task<LogisticsStorage> OpenAsync(StorageOptions options) => LogisticsStorage.OpenAsync(options, new ManualTimeProvider(Samples.Now));

    [Fact]
    public async Task Second_host_on_the_same_file_is_told_so_and_a_looking_tool_is_not()
    {
        await using var lab = await databases.OpenAsync(Backend.Sqlite);

        var error = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(lab.Options));
        Assert.Equal(StorageFault.Busy, error.Fault);
        Assert.Contains(lab.Options.DatabaseFile(), error.Message, StringComparison.Ordinal);

        await using var tool = await OpenAsync(lab.Options with { IsExclusive = false });
        Assert.NotNull(await tool.ReadAsync(db => tool.Network.FindSnapshotAsync(db, "are_1")));
    }

    [Fact]
    public async Task Database_held_by_another_program_is_busy_and_usable_afterwards()
    {
        await using var lab = await databases.OpenAsync(Backend.Sqlite);
        await using (var other = new SqliteConnection($"Data Source={lab.Options.DatabaseFile()};Pooling=False"))
        {
            await other.OpenAsync();
            await using var hold = other.BeginTransaction(deferred: false);
            var error = await Assert.ThrowsAsync<StorageException>(() => lab.ImportAsync(Samples.Draft()));
            Assert.Equal(StorageFault.Busy, error.Fault);
        }
        Assert.Equal(1, (await lab.ImportAsync(Samples.Draft())).Batch.Accepted);
    }

    [Fact]
    public async Task Full_disk_keeps_nothing_of_the_import_and_the_store_keeps_serving()
    {
        await using var lab = await databases.OpenAsync(Backend.Sqlite);
        await lab.ImportAsync(Samples.Draft(1));
        // A page limit is the same error to SQLite as a full disk. The pragma belongs to the writer's connection.
        await lab.Storage.WriteAsync(async db => await db.NumberAsync("pragma max_page_count = " + (await db.NumberAsync("pragma page_count") + 20)));

        var error = await Assert.ThrowsAsync<StorageException>(() => lab.ImportAsync([.. Enumerable.Range(2, 2000).Select(i => Samples.Draft(i))]));

        Assert.Equal(StorageFault.Full, error.Fault);
        Assert.Contains("full", error.Message, StringComparison.Ordinal);
        Assert.Single(await lab.ListAsync());
        await lab.Storage.WriteAsync(db => db.NumberAsync("pragma max_page_count = 1000000"));
        Assert.Equal(2000, (await lab.ImportAsync([.. Enumerable.Range(2, 2000).Select(i => Samples.Draft(i))])).Batch.Accepted);
    }

    [Fact]
    public async Task File_that_is_no_database_is_named()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("logistics.db"), new string('x', 5000));
        var error = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(new StorageOptions(folder.FullName)));
        Assert.Equal(StorageFault.Corrupt, error.Fault);
        Assert.Contains("logistics.db", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_that_is_a_file_is_named()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("data"), "");
        var error = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(new StorageOptions(folder.File("data"))));
        Assert.Equal(StorageFault.Unreachable, error.Fault);
    }

    [Fact]
    public async Task Server_that_does_not_answer_is_named()
    {
        using var folder = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<StorageException>(
            () => OpenAsync(new StorageOptions("Host=127.0.0.1;Port=1;Username=x;Database=y") { DataFolder = folder.FullName }));
        Assert.Equal(StorageFault.Unreachable, error.Fault);
        Assert.Contains("127.0.0.1:1/y", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_that_does_not_exist_on_the_server_gets_the_remedy()
    {
        var server = await databases.PostgresAsync();
        using var folder = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<StorageException>(() => OpenAsync(new StorageOptions(server.ConnectionString("nowhere")) { DataFolder = folder.FullName }));
        Assert.Contains("createdb", error.Message, StringComparison.Ordinal);
    }

    [Theory, CombinatorialBackends]
    public async Task Missing_or_foreign_key_file_is_found_when_the_store_opens(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await lab.CloseAsync();
        var file = lab.Folder.File("personal-data.key");
        var key = await File.ReadAllTextAsync(file);

        File.Delete(file);
        Assert.Contains("missing", (await Assert.ThrowsAsync<StorageException>(lab.ReopenAsync)).Message, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, Convert.ToBase64String(new byte[32]));
        Assert.Equal(StorageFault.Key, (await Assert.ThrowsAsync<StorageException>(lab.ReopenAsync)).Fault);
        await File.WriteAllTextAsync(file, "short");
        Assert.Equal(StorageFault.Key, (await Assert.ThrowsAsync<StorageException>(lab.ReopenAsync)).Fault);

        await File.WriteAllTextAsync(file, key);
        await lab.ReopenAsync();
    }

    [Theory, CombinatorialBackends]
    public async Task Failed_or_cancelled_work_leaves_nothing(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAsync<InvalidOperationException>(() => lab.Storage.WriteAsync(async db =>
        {
            await lab.Storage.Settings.SetAsync(db, "a", "1");
            throw new InvalidOperationException("bug");
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.Storage.WriteAsync(
            async db =>
            {
                await lab.Storage.Settings.SetAsync(db, "a", "1");
                await cancel.CancelAsync();
            },
            cancel.Token));

        Assert.Null(await lab.Storage.ReadAsync(db => lab.Storage.Settings.FindAsync(db, "a")));
    }

    [Theory, CombinatorialBackends]
    public async Task Reading_transaction_cannot_write(Backend backend)
    {
        await using var lab = await databases.OpenAsync(backend);
        await Assert.ThrowsAsync<StorageException>(() => lab.Storage.ReadAsync(async db =>
        {
            await lab.Storage.Settings.SetAsync(db, "a", "1");
            return 0;
        }));
    }
}
