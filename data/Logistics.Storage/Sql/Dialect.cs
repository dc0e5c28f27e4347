using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;

namespace Logistics.Storage;

/// <summary>The few places where SQLite and PostgreSQL differ; everything else is one text.</summary>
public abstract class Dialect
{
    // Naming an enum value reflects; a bulk import names fifty thousand.
    private static readonly ConcurrentDictionary<Enum, string> EnumNames = new();

    public abstract string Name { get; }

    /// <summary>Column type of bytes; written <c>{blob}</c> in migrations.</summary>
    public abstract string Blob { get; }

    /// <summary>Suffix of a select that reads rows it is about to change; SQLite needs none, it has one writer.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>Condition "column is in the list bound as <paramref name="parameter"/>"; bind a <c>string[]</c>.</summary>
    public abstract string InList(string column, string parameter);

    /// <summary>Adapts a migration's text.</summary>
    public string Adapt(string sql) => sql.Replace("{blob}", Blob, StringComparison.Ordinal);

    /// <summary>Says of a driver's exception what happened and where, or null when it is not about the store.</summary>
    internal abstract (StorageFault Kind, string Message)? Translate(DbException exception);

    /// <summary>Takes a lock on a name until the transaction ends.</summary>
    internal abstract Task LockAsync(Db db, string name);

    /// <summary>Runs one statement for many rows of values.</summary>
    internal abstract Task<int> ExecuteManyAsync(
        DbConnection connection, DbTransaction transaction, string sql, IReadOnlyList<string> names, IEnumerable<object?[]> rows, CancellationToken cancel);

    /// <summary>Inserts many rows into the columns of a table.</summary>
    internal virtual Task<int> InsertManyAsync(
        DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, CancellationToken cancel) =>
        ExecuteManyAsync(connection, transaction, Db.InsertText(table, columns), columns, rows, cancel);

    /// <summary>The value as the driver wants it.</summary>
    internal virtual object ToDriver(object? value) => value switch
    {
        null => DBNull.Value,
        bool flag => flag ? 1L : 0L,
        int number => (long)number,
        DateTimeOffset at => at.ToUnixTimeMilliseconds(),
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Enum constant => EnumNames.GetOrAdd(constant, static c => JsonNamingPolicy.CamelCase.ConvertName(c.ToString())),
        _ => value,
    };
}
