using Npgsql;
using NpgsqlTypes;

namespace Logistics.Storage.Devices;

/// <summary>Gathers statements and sends them in one round trip.</summary>
internal sealed class PostgresBatch : IStatementSink
{
    private readonly List<NpgsqlBatchCommand> _commands = [];

    public void Clear() => _commands.Clear();

    public void Run(string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(ToParameter(value));
        }

        _commands.Add(command);
    }

    public void Execute(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        if (_commands.Count == 0)
        {
            return;
        }

        using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var command in _commands)
        {
            batch.BatchCommands.Add(command);
        }

        batch.ExecuteNonQuery();
    }

    /// <param name="value">long, string, byte[] or null.</param>
    public static NpgsqlParameter ToParameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
        string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
        byte[] bytes => new NpgsqlParameter<byte[]> { TypedValue = bytes, NpgsqlDbType = NpgsqlDbType.Bytea },
        _ => throw new ArgumentException($"Value has type {value.GetType().Name}; expected long, string, byte[] or null.", nameof(value)),
    };
}
