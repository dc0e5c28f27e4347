using System.Data.Common;

namespace Logistics.Storage;

/// <summary>A database of either kind: transactions in, translated errors out. Thread-safe.</summary>
public abstract class Database : IAsyncDisposable
{
    private protected Database(Dialect dialect) => Dialect = dialect;

    public Dialect Dialect { get; }

    /// <summary>The driver, for libraries that bring their own SQL and tables, such as the schedule's job store.</summary>
    public abstract DbProviderFactory ProviderFactory { get; }

    /// <summary>How such a library connects. Holds credentials: never log it.</summary>
    public abstract string ConnectionString { get; }

    /// <summary>Whether several hosts may run on it at once.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Opens the database without touching its schema; see <see cref="LogisticsStorage.OpenAsync"/> for the usual way in.</summary>
    public static Database Open(StorageOptions options) =>
        options.IsPostgres() ? new PostgresDatabase(options.Connection) : new SqliteDatabase(options);

    /// <summary>Runs <paramref name="work"/> on one consistent snapshot; writes are refused.</summary>
    public Task<T> ReadAsync<T>(Func<Db, Task<T>> work, CancellationToken cancel = default) => TranslatedAsync(() => RunReadAsync(work, cancel));

    /// <summary>Runs <paramref name="work"/> in one transaction: all of it is durable when the task completes, or none of it happened.</summary>
    /// <exception cref="StorageException">Any trouble of the store.</exception>
    public Task<T> WriteAsync<T>(Func<Db, Task<T>> work, CancellationToken cancel = default) => TranslatedAsync(() => RunWriteAsync(work, cancel));

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<Db, Task> work, CancellationToken cancel = default) => WriteAsync(
        async db =>
        {
            await work(db);
            return true;
        },
        cancel);

    public abstract ValueTask DisposeAsync();

    private protected abstract Task<T> RunReadAsync<T>(Func<Db, Task<T>> work, CancellationToken cancel);

    private protected abstract Task<T> RunWriteAsync<T>(Func<Db, Task<T>> work, CancellationToken cancel);

    private async Task<T> TranslatedAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (DbException e) when (Dialect.Translate(e) is { } fault)
        {
            throw new StorageException(fault.Kind, fault.Message, e);
        }
    }
}
