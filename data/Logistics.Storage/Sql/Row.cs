using System.Data.Common;
using System.Text.Json;
using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>The current row of a query, read by column name. Valid only inside the reading callback.</summary>
public readonly struct Row(DbDataReader reader)
{
    public string Text(string column) => reader.GetString(reader.GetOrdinal(column));

    public string? TextOrNull(string column) => reader.GetOrdinal(column) is var i && reader.IsDBNull(i) ? null : reader.GetString(i);

    public long Long(string column) => reader.GetInt64(reader.GetOrdinal(column));

    public long? LongOrNull(string column) => reader.GetOrdinal(column) is var i && reader.IsDBNull(i) ? null : reader.GetInt64(i);

    public int Int(string column) => checked((int)Long(column));

    public double Double(string column) => reader.GetDouble(reader.GetOrdinal(column));

    public double? DoubleOrNull(string column) => reader.GetOrdinal(column) is var i && reader.IsDBNull(i) ? null : reader.GetDouble(i);

    public bool Flag(string column) => Long(column) != 0;

    public DateTimeOffset Instant(string column) => DateTimeOffset.FromUnixTimeMilliseconds(Long(column));

    public DateTimeOffset? InstantOrNull(string column) => LongOrNull(column) is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    public DateOnly Day(string column) => DateOnly.ParseExact(Text(column), "yyyy-MM-dd");

    public T Enum<T>(string column) where T : struct, Enum => EnumText<T>.Parse(Text(column));

    public T? EnumOrNull<T>(string column) where T : struct, Enum => TextOrNull(column) is { } text ? EnumText<T>.Parse(text) : null;

    public T Json<T>(string column) => DomainJson.Read<T>(Text(column));

    public byte[] Bytes(string column) => (byte[])reader.GetValue(reader.GetOrdinal(column));

    public byte[]? BytesOrNull(string column) => reader.GetOrdinal(column) is var i && reader.IsDBNull(i) ? null : (byte[])reader.GetValue(i);
}

/// <summary>Enums in the database read as in JSON: camelCase.</summary>
internal static class EnumText<T> where T : struct, Enum
{
    private static readonly Dictionary<string, T> Values =
        System.Enum.GetValues<T>().ToDictionary(v => JsonNamingPolicy.CamelCase.ConvertName(v.ToString()));

    private static readonly Dictionary<T, string> Names = Values.ToDictionary(p => p.Value, p => p.Key);

    public static string Of(T value) => Names[value];

    public static T Parse(string text) => Values.TryGetValue(text, out var value)
        ? value
        : throw new StorageException(StorageFault.Corrupt, $"\"{text}\" in the database is not a {typeof(T).Name}.");
}
