using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Logistics.Storage;

/// <summary>SQLite in WAL mode: one writer behind a queue, any number of readers, every commit synced to disk.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string _connectionString;
    private readonly FileStream? _hostLock;
    private readonly SemaphoreSlim _writeQueue = new(1, 1);

    // Owned by whoever holds the queue.
    private SqliteConnection? _writer;

    private readonly ConcurrentBag<SqliteConnection> _idleReaders = [];
    private volatile bool _isDisposed;

    public SqliteDatabase(StorageOptions options) : base(new SqliteDialect(options.DatabaseFile()))
    {
        var file = options.DatabaseFile();
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(StorageFault.Unreachable, $"The folder of the database {file} cannot be made: {e.Message}", e);
        }
        if (options.IsExclusive) _hostLock = LockHost(file);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = true,
            // Connections are kept here, where their pragmas are known to be set.
            Pooling = false,
            DefaultTimeout = 5,
        }.ToString();
    }

    public override System.Data.Common.DbProviderFactory ProviderFactory => SqliteFactory.Instance;

    // A library's own connections wait longer for the writer: an import may hold it for seconds.
    public override string ConnectionString => new SqliteConnectionStringBuilder(_connectionString) { Pooling = true, DefaultTimeout = 60 }.ToString();

    public override bool IsShared => false;

    private protected override async Task<T> RunReadAsync<T>(Func<Db, Task<T>> work, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_idleReaders.TryTake(out var connection)) connection = OpenConnection(isReader: true);
        try
        {
            await using (var transaction = connection.BeginTransaction(deferred: true))
            {
                return await work(new Db(connection, transaction, Dialect, isWriter: false, cancel));
            }
        }
        finally
        {
            if (_isDisposed) connection.Dispose();
            else _idleReaders.Add(connection);
        }
    }

    private protected override async Task<T> RunWriteAsync<T>(Func<Db, Task<T>> work, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await _writeQueue.WaitAsync(cancel);
        try
        {
            _writer ??= OpenConnection(isReader: false);
            await using var transaction = _writer.BeginTransaction(deferred: false);
            var result = await work(new Db(_writer, transaction, Dialect, isWriter: true, cancel));
            cancel.ThrowIfCancellationRequested();
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        finally
        {
            _writeQueue.Release();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        await _writeQueue.WaitAsync();
        _isDisposed = true;
        _writer?.Dispose();
        while (_idleReaders.TryTake(out var reader)) reader.Dispose();
        if (_hostLock is not null) await _hostLock.DisposeAsync();
        _writeQueue.Release();
    }

    private SqliteConnection OpenConnection(bool isReader)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            // FULL: a commit that returned survives a power cut. The cache and mapping keep a city's day in memory.
            command.CommandText = "pragma journal_mode=wal; pragma synchronous=full; pragma cache_size=-65536; pragma temp_store=memory;"
                + (isReader ? " pragma query_only=1;" : "");
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static FileStream LockHost(string file)
    {
        var path = file + ".lock";
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new StorageException(
                StorageFault.Busy, $"Another host already runs on the database {file}. Stop it, or start this one with its own data folder.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StorageException(StorageFault.Unreachable, $"{path} cannot be written. Give this user write permission on the folder.", e);
        }
    }
}
