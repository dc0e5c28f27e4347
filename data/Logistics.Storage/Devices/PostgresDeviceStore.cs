using System.Globalization;
using Logistics.Domain.Devices;
using Npgsql;
using NpgsqlTypes;

namespace Logistics.Storage.Devices;

/// <summary>The device log in PostgreSQL: events by binary COPY, the rest in one batch, one transaction each group.</summary>
/// <remarks>Durability is the server's <c>synchronous_commit</c>, which every connection sets to <c>on</c>.</remarks>
public sealed class PostgresDeviceStore : CredentialReads, IDeviceStore
{
    private const string Copy =
        "COPY device_event (position, kind, device, message, boot, seq, at_unix_ms, received_unix_ms, quarantine, payload) FROM STDIN (FORMAT BINARY)";

    private const string SaveAllMarks =
        "INSERT INTO device_mark (device, boot, high, gaps) SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[]) " +
        "ON CONFLICT (device, boot) DO UPDATE SET high = excluded.high, gaps = excluded.gaps";

    private readonly NpgsqlDataSource _source;
    private readonly PostgresBatch _batch = new();
    private NpgsqlConnection? _writer;

    public PostgresDeviceStore(string connectionString)
    {
        _source = NpgsqlDataSource.Create(connectionString);
    }

    public DeviceStoreState Load()
    {
        Close();
        return Guard("load", () =>
        {
            _writer = _source.OpenConnection();
            Execute(_writer, "SET synchronous_commit = on");
            // Two gateways that start together must not both make the tables.
            Execute(_writer, "SELECT pg_advisory_lock(7463001)");
            Execute(_writer, DeviceSchema.Postgres);
            Execute(_writer, "SELECT pg_advisory_unlock(7463001)");
            return new DeviceStoreState(
                Query(_writer, DeviceSql.LastPosition, row => row.GetInt64(0))[0],
                Query(_writer, DeviceSql.LastKey, row => row.GetInt64(0))[0],
                Query(_writer, DeviceSql.Sessions, DeviceRows.ReadSession),
                Query(_writer, DeviceSql.Subscriptions, DeviceRows.ReadSubscription),
                Query(_writer, DeviceSql.Inbound, DeviceRows.ReadInbound),
                Query(_writer, DeviceSql.Outbound, DeviceRows.ReadOutbound),
                Query(_writer, DeviceSql.Retained, DeviceRows.ReadMessage));
        });
    }

    public void Commit(DeviceWriteSet set)
    {
        try
        {
            Guard("commit", () =>
            {
                var writer = Writer;
                using var transaction = writer.BeginTransaction();
                CopyEvents(writer, set.Events);
                SaveMarks(writer, set.Marks);
                _batch.Clear();

                foreach (var change in set.Changes)
                {
                    ChangeStatements.Write(change, _batch);
                }

                _batch.Execute(writer, transaction);
                transaction.Commit();
                return true;
            });
        }
        catch (DeviceStoreException)
        {
            Close();
            throw;
        }
    }

    public IReadOnlyList<SequenceMark> ListMarks(string device) => Guard("marks", () => Query(Writer, DeviceSql.Marks, DeviceRows.ReadMark, device));

    public void Maintain()
    {
        // The server does its own housekeeping.
    }

    public IReadOnlyList<DeviceEvent> ReadEvents(long afterPosition, int limit) => Read(DeviceSql.Events, DeviceRows.ReadEvent, afterPosition, (long)limit);

    public IReadOnlyList<DeviceEvent> ReadEvents(IReadOnlyList<long> positions) => [.. positions.SelectMany(position => Read(DeviceSql.EventAt, DeviceRows.ReadEvent, position))];

    public IReadOnlyList<DeviceEvent> ReadQuarantine(long beforePosition, int limit, string? device) => device is null
        ? Read(DeviceSql.Quarantine, DeviceRows.ReadEvent, beforePosition, (long)limit)
        : Read(DeviceSql.QuarantineOfDevice, DeviceRows.ReadEvent, beforePosition, (long)limit, device);

    public override ValueTask SaveAsync(DeviceCredential credential, CancellationToken cancellationToken)
    {
        Guard("credential", () =>
        {
            using var connection = _source.OpenConnection();
            return SaveCredential(connection, credential);
        });
        return ValueTask.CompletedTask;
    }

    public override ValueTask SaveClaimAsync(DeviceClaim claim, CancellationToken cancellationToken)
    {
        Guard("claim", () =>
        {
            using var connection = _source.OpenConnection();
            using var command = Command(connection, DeviceSql.SaveClaim, claim.Device, (long)claim.Kind, claim.CodeHash, claim.ExpiresAtUnixMs, claim.CreatedBy);
            return command.ExecuteNonQuery();
        });
        return ValueTask.CompletedTask;
    }

    public override ValueTask<bool> TryUseClaimAsync(DeviceClaim claim, DeviceCredential credential, CancellationToken cancellationToken) => ValueTask.FromResult(Guard("claim", () =>
    {
        using var connection = _source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        using var removal = Command(connection, DeviceSql.RemoveClaim, claim.Device, claim.CodeHash);
        if (removal.ExecuteNonQuery() != 1)
        {
            return false;
        }

        SaveCredential(connection, credential);
        transaction.Commit();
        return true;
    }));

    public void Dispose()
    {
        Close();
        _source.Dispose();
    }

    private NpgsqlConnection Writer => _writer ?? throw new DeviceStoreException("The device log is not open.", isPermanent: false);

    private static int SaveCredential(NpgsqlConnection connection, DeviceCredential credential)
    {
        using var command = Command(connection, DeviceSql.SaveCredential, ValuesOf(credential));
        return command.ExecuteNonQuery();
    }

    private protected override List<T> Read<T>(string sql, Func<IRowReader, T> read, params object?[] values) => Guard("read", () =>
    {
        using var connection = _source.OpenConnection();
        return Query(connection, sql, read, values);
    });

    private static void CopyEvents(NpgsqlConnection writer, List<DeviceEventRow> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        using var import = writer.BeginBinaryImport(Copy);
        foreach (ref readonly var row in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(events))
        {
            import.StartRow();
            import.Write(row.Position, NpgsqlDbType.Bigint);
            import.Write((int)row.Kind, NpgsqlDbType.Integer);
            import.Write(row.Device, NpgsqlDbType.Text);
            import.Write(row.Message, NpgsqlDbType.Text);
            import.Write(row.Boot, NpgsqlDbType.Bigint);
            import.Write(row.Sequence, NpgsqlDbType.Bigint);
            import.Write(row.AtUnixMs, NpgsqlDbType.Bigint);
            import.Write(row.ReceivedUnixMs, NpgsqlDbType.Bigint);
            if (row.QuarantineReason is null)
            {
                import.WriteNull();
            }
            else
            {
                import.Write(row.QuarantineReason, NpgsqlDbType.Text);
            }

            import.Write(row.Payload, NpgsqlDbType.Bytea);
        }

        import.Complete();
    }

    // One statement for a thousand marks: a round trip and a plan each would cost more than the events.
    private static void SaveMarks(NpgsqlConnection writer, List<DeviceMark> marks)
    {
        if (marks.Count == 0)
        {
            return;
        }

        // ON CONFLICT may touch a row once; the same mark listed twice is the same mark.
        var distinct = marks.DistinctBy(entry => (entry.Device, entry.Mark.Boot)).ToArray();
        using var command = new NpgsqlCommand(SaveAllMarks, writer);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. distinct.Select(entry => entry.Device)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. distinct.Select(entry => entry.Mark.Boot)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. distinct.Select(entry => entry.Mark.High)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. distinct.Select(entry => entry.Mark.FormatGaps())] });
        command.ExecuteNonQuery();
    }

    private static List<T> Query<T>(NpgsqlConnection connection, string sql, Func<IRowReader, T> read, params ReadOnlySpan<object?> values)
    {
        using var command = Command(connection, sql, values);
        using var data = command.ExecuteReader();
        var reader = new Reader(data);
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(PostgresBatch.ToParameter(value));
        }

        return command;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    // PostgreSQL itself panics and recovers when its fsync fails, so a new connection may be trusted.
    private static T Guard<T>(string doing, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            throw new DeviceStoreException($"PostgreSQL failed on {doing}: {e.Message}", isPermanent: false, e);
        }
    }

    private void Close()
    {
        _writer?.Dispose();
        _writer = null;
    }

    private sealed class Reader(NpgsqlDataReader data) : IRowReader
    {
        public bool Read() => data.Read();

        public bool IsNull(int column) => data.IsDBNull(column);

        public long GetInt64(int column) => Convert.ToInt64(data.GetValue(column), CultureInfo.InvariantCulture);

        public string GetText(int column) => data.GetString(column);

        public byte[] GetBlob(int column) => data.GetFieldValue<byte[]>(column);
    }
}
