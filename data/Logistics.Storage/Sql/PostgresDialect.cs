using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Logistics.Storage;

/// <param name="place">Host and database without password, named in every error.</param>
internal sealed class PostgresDialect(string place) : Dialect
{
    private const int BatchRows = 1000;

    public override string Name => "PostgreSQL";

    public override string Blob => "bytea";

    public override string ForUpdate => " for update";

    public override string InList(string column, string parameter) => $"{column} = any(@{parameter})";

    internal override async Task LockAsync(Db db, string name) =>
        await db.ListAsync("select 1 from (select pg_advisory_xact_lock(hashtextextended(@name, 0))) l", _ => 0, ("name", name));

    internal override async Task<int> ExecuteManyAsync(
        DbConnection connection, DbTransaction transaction, string sql, IReadOnlyList<string> names, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        var affected = 0;
        foreach (var chunk in rows.Chunk(BatchRows))
        {
            await using var batch = new NpgsqlBatch((NpgsqlConnection)connection, (NpgsqlTransaction)transaction);
            foreach (var row in chunk)
            {
                var command = new NpgsqlBatchCommand(sql);
                for (var i = 0; i < names.Count; i++) command.Parameters.Add(new NpgsqlParameter(names[i], ToDriver(row[i])));
                batch.BatchCommands.Add(command);
            }
            affected += await batch.ExecuteNonQueryAsync(cancel);
        }
        return affected;
    }

    internal override async Task<int> InsertManyAsync(
        DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        await using var copy = await ((NpgsqlConnection)connection).BeginBinaryImportAsync($"copy {table} ({string.Join(", ", columns)}) from stdin (format binary)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            foreach (var value in row) await WriteAsync(copy, ToDriver(value), cancel);
        }
        return (int)await copy.CompleteAsync(cancel);
    }

    // COPY converts nothing, so the value's type must be the column's; the schema knows these four only.
    private static Task WriteAsync(NpgsqlBinaryImporter copy, object value, CancellationToken cancel) => value switch
    {
        DBNull => copy.WriteNullAsync(cancel),
        string text => copy.WriteAsync(text, NpgsqlDbType.Text, cancel),
        long number => copy.WriteAsync(number, NpgsqlDbType.Bigint, cancel),
        double real => copy.WriteAsync(real, NpgsqlDbType.Double, cancel),
        byte[] bytes => copy.WriteAsync(bytes, NpgsqlDbType.Bytea, cancel),
        _ => throw new NotSupportedException($"{value.GetType().Name} has no column type; the schema uses text, bigint, double precision and bytea."),
    };

    internal override (StorageFault Kind, string Message)? Translate(DbException exception) => exception switch
    {
        PostgresException { SqlState: "53100" } e => (StorageFault.Full, $"The disk of {place} is full; nothing of the change was kept."),
        PostgresException { SqlState: "55P03" or "40P01" or "40001" or "57014" } e => (StorageFault.Busy, $"{place} is busy: {e.MessageText} Try again."),
        PostgresException e when e.SqlState.StartsWith("23", StringComparison.Ordinal) =>
            (StorageFault.Conflict, $"The change contradicts what is stored: {e.MessageText} ({e.ConstraintName})"),
        PostgresException { SqlState: "3D000" } e => (StorageFault.Unreachable, $"{place}: {e.MessageText}. Create it with createdb and start again."),
        PostgresException e when e.SqlState.StartsWith("28", StringComparison.Ordinal) =>
            (StorageFault.Unreachable, $"{place} refuses the sign-in: {e.MessageText}"),
        PostgresException e => (StorageFault.Unreachable, $"{place} failed: {e.SqlState} {e.MessageText}"),
        NpgsqlException e => (StorageFault.Unreachable, $"{place} cannot be reached: {e.Message}. Is the server running and the address right?"),
        _ => null,
    };
}
