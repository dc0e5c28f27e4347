using System.Data;
using Npgsql;

namespace Logistics.Storage;

/// <summary>PostgreSQL through Npgsql's pool.</summary>
internal sealed class PostgresDatabase(string connectionString) : Database(new PostgresDialect(Place(connectionString)))
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString);

    public override System.Data.Common.DbProviderFactory ProviderFactory => NpgsqlFactory.Instance;

    public override string ConnectionString => connectionString;

    public override bool IsShared => true;

    private protected override async Task<T> RunReadAsync<T>(Func<Db, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        await using (var command = new NpgsqlCommand("set transaction read only", connection, transaction)) await command.ExecuteNonQueryAsync(cancel);
        return await work(new Db(connection, transaction, Dialect, isWriter: false, cancel));
    }

    private protected override async Task<T> RunWriteAsync<T>(Func<Db, Task<T>> work, CancellationToken cancel)
    {
        await using var connection = await _source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancel);
        var result = await work(new Db(connection, transaction, Dialect, isWriter: true, cancel));
        cancel.ThrowIfCancellationRequested();
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    private static string Place(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        return $"PostgreSQL {parts.Host}:{parts.Port}/{parts.Database}";
    }
}
