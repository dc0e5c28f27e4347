using Logistics.Domain;
using Logistics.Storage.Tests;
using Logistics.Testing;

[assembly: AssemblyFixture(typeof(Databases))]

namespace Logistics.Storage.Tests;

public enum Backend
{
    Sqlite,
    Postgres,
}

/// <summary>Both databases for a test run; PostgreSQL starts with the first test that needs it.</summary>
public sealed class Databases : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private PostgresServer? _server;

    public async Task<PostgresServer> PostgresAsync()
    {
        Assert.SkipUnless(PostgresServer.FindBinaries() is not null, PostgresServer.MissingMessage);
        await _gate.WaitAsync();
        try
        {
            return _server ??= await PostgresServer.StartAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>An empty store of that kind with the sample network in it.</summary>
    public async Task<StorageLab> OpenAsync(Backend backend, bool withNetwork = true)
    {
        var folder = new TemporaryFolder();
        var connection = backend == Backend.Sqlite ? folder.File("logistics.db") : await (await PostgresAsync()).CreateDatabaseAsync();
        var lab = new StorageLab(folder, new StorageOptions(connection) { DataFolder = folder.FullName }, new ManualTimeProvider(Samples.Now));
        await lab.ReopenAsync();
        if (withNetwork) await lab.Storage.WriteAsync(db => lab.Storage.Network.SaveSnapshotAsync(db, Samples.Network, Samples.Admin));
        return lab;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _gate.Dispose();
    }
}

/// <summary>One store under test, its clock and its folder.</summary>
public sealed class StorageLab(TemporaryFolder folder, StorageOptions options, ManualTimeProvider time) : IAsyncDisposable
{
    private LogisticsStorage? _storage;

    public LogisticsStorage Storage => _storage ?? throw new InvalidOperationException("The store is closed.");

    public TemporaryFolder Folder { get; } = folder;

    public StorageOptions Options { get; } = options;

    public ManualTimeProvider Time { get; } = time;

    /// <summary>Closes and opens the store, as a restarted host would.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        _storage = await LogisticsStorage.OpenAsync(Options, Time, new IdFactory(Time, seed: 1));
    }

    public async Task CloseAsync()
    {
        if (_storage is not null) await _storage.DisposeAsync();
        _storage = null;
    }

    public Task<ImportOutcome> ImportAsync(params OrderDraft[] drafts) => ImportAsync(PartnerScope.Everyone, drafts);

    public Task<ImportOutcome> ImportAsync(PartnerScope scope, params OrderDraft[] drafts) => Storage.WriteAsync(db => Storage.Imports.ImportAsync(
        db, scope, Samples.Network, [.. drafts.Select((d, i) => new IncomingOrder(i + 1, d, "raw"))], ImportSource.Api, null, Samples.Admin));

    public Task<List<Parcel>> ListAsync(PartnerScope? scope = null) =>
        Storage.ReadAsync(db => Storage.Orders.ListAsync(db, scope ?? PartnerScope.Everyone, new OrderFilter { Limit = 0 }));

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Folder.Dispose();
    }
}
