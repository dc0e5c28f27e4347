using System.Data.Common;

namespace Logistics.Storage;

/// <summary>One transaction's view of the database: run, read, lock. Lives inside <see cref="Database.ReadAsync{T}"/> or <see cref="Database.WriteAsync{T}"/>.</summary>
/// <remarks>Not thread-safe: one statement at a time. Parameters are written <c>@name</c> and bound by name.</remarks>
public sealed class Db
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;

    internal Db(DbConnection connection, DbTransaction transaction, Dialect dialect, bool isWriter, CancellationToken cancel)
    {
        _connection = connection;
        _transaction = transaction;
        Dialect = dialect;
        IsWriter = isWriter;
        Cancel = cancel;
    }

    public Dialect Dialect { get; }

    public bool IsWriter { get; }

    public CancellationToken Cancel { get; }

    /// <summary>Runs a statement.</summary>
    /// <returns>Rows affected.</returns>
    public async Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>Runs one statement for every row of values; the fast path for many rows.</summary>
    /// <param name="names">Parameter names in the order of each row's values.</param>
    public Task<int> ExecuteManyAsync(string sql, IReadOnlyList<string> names, IEnumerable<object?[]> rows) =>
        Dialect.ExecuteManyAsync(_connection, _transaction, sql, names, rows, Cancel);

    /// <summary>Inserts many rows by the database's fastest way: one prepared statement on SQLite, COPY on PostgreSQL.</summary>
    /// <param name="rows">Each row's values in the order of <paramref name="columns"/>.</param>
    public Task<int> InsertManyAsync(string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows) =>
        Dialect.InsertManyAsync(_connection, _transaction, table, columns, rows, Cancel);

    public async Task<List<T>> ListAsync<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var rows = new List<T>();
        while (await reader.ReadAsync(Cancel)) rows.Add(read(new Row(reader)));
        return rows;
    }

    /// <summary>The first row, or null when there is none.</summary>
    public async Task<T?> FindAsync<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] values) where T : class
    {
        await using var command = Command(sql, values);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        return await reader.ReadAsync(Cancel) ? read(new Row(reader)) : null;
    }

    /// <summary>The single number a query yields; 0 for null or no row.</summary>
    public async Task<long> NumberAsync(string sql, params (string Name, object? Value)[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(Cancel) is { } value and not DBNull ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Serialises writers that take the same name, until the transaction ends.</summary>
    public Task LockAsync(string name) => Dialect.LockAsync(this, name);

    internal static string InsertText(string table, IReadOnlyList<string> columns) =>
        $"insert into {table} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(c => "@" + c))})";

    private DbCommand Command(string sql, (string Name, object? Value)[] values)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            parameter.Value = Dialect.ToDriver(value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
