using System.Diagnostics.CodeAnalysis;
using Logistics.Domain.Devices;
using SQLitePCL;

namespace Logistics.Storage.Devices;

/// <summary>A raw SQLite connection with its prepared statements: the hot path of the log needs no ADO.NET objects.</summary>
/// <remarks>Not thread-safe. Errors become <see cref="DeviceStoreException"/>.</remarks>
internal sealed class SqliteLog : IStatementSink, IDisposable
{
    private readonly Dictionary<string, sqlite3_stmt> _statements = new(StringComparer.Ordinal);
    private readonly sqlite3 _handle;

    static SqliteLog() => Batteries_V2.Init();

    public SqliteLog(string path, bool isReadOnly)
    {
        var flags = isReadOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        var code = raw.sqlite3_open_v2(path, out _handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            throw Error(code, $"open {path}");
        }

        raw.sqlite3_extended_result_codes(_handle, 1);
        raw.sqlite3_busy_timeout(_handle, 5000);
    }

    /// <summary>Runs a script without results.</summary>
    public void Execute(string script)
    {
        var code = raw.sqlite3_exec(_handle, script);
        if (code != raw.SQLITE_OK)
        {
            throw Error(code, script.Length > 60 ? script[..60] : script);
        }
    }

    public sqlite3_stmt Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            // PostgreSQL writes $1 where SQLite has ?1; to SQLite $1 is a name, numbered by where it first stands.
            var code = raw.sqlite3_prepare_v3(_handle, sql.Replace('$', '?'), raw.SQLITE_PREPARE_PERSISTENT, out statement);
            if (code != raw.SQLITE_OK)
            {
                throw Error(code, sql);
            }

            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    public void Run(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(sql, values);
        StepToEnd(statement);
    }

    /// <summary>Runs a bound statement that yields no rows, and readies it for the next time.</summary>
    public void StepToEnd(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw Error(code, "write");
        }
    }

    public List<T> Query<T>(string sql, Func<IRowReader, T> read, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        var statement = Bind(sql, values);
        var reader = new Reader(this, statement);
        try
        {
            while (reader.Read())
            {
                rows.Add(read(reader));
            }
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }

        return rows;
    }

    /// <summary>Copies the write-ahead log into the database as far as no reader needs it.</summary>
    /// <returns>Pages in the write-ahead log.</returns>
    public int Checkpoint()
    {
        var code = raw.sqlite3_wal_checkpoint_v2(_handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var logPages, out _);
        return code is raw.SQLITE_OK or raw.SQLITE_BUSY ? logPages : throw Error(code, "checkpoint");
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        _handle.Dispose();
    }

    private sqlite3_stmt Bind(string sql, ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql);
        for (var i = 0; i < values.Length; i++)
        {
            var code = values[i] switch
            {
                null => raw.sqlite3_bind_null(statement, i + 1),
                long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                string text => raw.sqlite3_bind_text(statement, i + 1, text),
                byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                var other => throw new ArgumentException($"Value {i + 1} has type {other.GetType().Name}; expected long, string, byte[] or null.", nameof(values)),
            };
            if (code != raw.SQLITE_OK)
            {
                throw Error(code, sql);
            }
        }

        return statement;
    }

    [SuppressMessage("Naming", "CA2201", Justification = "DeviceStoreException is the port's own type.")]
    private DeviceStoreException Error(int code, string doing)
    {
        var primary = code & 0xFF;
        // After a failed fsync the kernel may have dropped the pages; a corrupt file only gets worse.
        var isPermanent = code is raw.SQLITE_IOERR_FSYNC or raw.SQLITE_IOERR_DIR_FSYNC || primary is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;
        var message = _handle is null || _handle.IsInvalid ? raw.sqlite3_errstr(code).utf8_to_string() : raw.sqlite3_errmsg(_handle).utf8_to_string();
        return new DeviceStoreException($"SQLite error {code} ({message}) on: {doing}", isPermanent);
    }

    private sealed class Reader(SqliteLog log, sqlite3_stmt statement) : IRowReader
    {
        public bool Read()
        {
            var code = raw.sqlite3_step(statement);
            return code switch
            {
                raw.SQLITE_ROW => true,
                raw.SQLITE_DONE => false,
                _ => throw log.Error(code, "read"),
            };
        }

        public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

        public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

        public string GetText(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

        public byte[] GetBlob(int column) => raw.sqlite3_column_blob(statement, column).ToArray();
    }
}
