using System.Data.Common;
using Logistics.Domain;
using Microsoft.Data.Sqlite;

namespace Logistics.Storage;

/// <param name="file">Named in every error.</param>
internal sealed class SqliteDialect(string file) : Dialect
{
    public override string Name => "SQLite";

    public override string Blob => "blob";

    public override string ForUpdate => "";

    public override string InList(string column, string parameter) => $"{column} in (select value from json_each(@{parameter}))";

    // The one writer already holds the lock.
    internal override Task LockAsync(Db db, string name) => Task.CompletedTask;

    internal override object ToDriver(object? value) => value is string[] list ? DomainJson.Write(list) : base.ToDriver(value);

    internal override async Task<int> ExecuteManyAsync(
        DbConnection connection, DbTransaction transaction, string sql, IReadOnlyList<string> names, IEnumerable<object?[]> rows, CancellationToken cancel)
    {
        await using var command = (SqliteCommand)connection.CreateCommand();
        command.Transaction = (SqliteTransaction)transaction;
        command.CommandText = sql;
        var parameters = names.Select(n => command.Parameters.Add(new SqliteParameter { ParameterName = "@" + n })).ToArray();
        var affected = 0;
        foreach (var row in rows)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < parameters.Length; i++) parameters[i].Value = ToDriver(row[i]);
            // SQLite runs in this process; the driver's async methods only wrap these.
            affected += command.ExecuteNonQuery();
        }
        return affected;
    }

    internal override (StorageFault Kind, string Message)? Translate(DbException exception) => exception is not SqliteException e ? null : e.SqliteErrorCode switch
    {
        5 or 6 => (StorageFault.Busy, $"The database {file} is held by another process. Stop the other process or try again."),
        8 => (StorageFault.Unreachable, $"The database {file} is read-only. Give this user write permission on the file and its folder."),
        10 => (StorageFault.Unreachable, $"The disk failed reading or writing {file}: {e.Message}"),
        11 or 26 => (StorageFault.Corrupt, $"{file} is not a SQLite database or is damaged. Restore a backup, or move the file away to start empty."),
        13 => (StorageFault.Full, $"The disk holding {file} is full; nothing of the change was kept. Free some space and try again."),
        14 => (StorageFault.Unreachable, $"The database {file} cannot be opened. Does its folder exist, and may this user write there?"),
        19 => (StorageFault.Conflict, $"The change contradicts what is stored: {e.Message}"),
        _ => (StorageFault.Unreachable, $"The database {file} failed: {e.Message}"),
    };
}
