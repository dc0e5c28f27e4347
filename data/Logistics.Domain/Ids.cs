using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Logistics.Domain;

/// <summary>Makes identifiers: a three-letter prefix, an underscore and a UUIDv7 in 32 lower-case hex digits (<c>par_0198…</c>).</summary>
/// <remarks>
/// Identifiers are plain strings so that JSON, SQL and URLs need no converter; the prefix is what tells a parcel from a terminal in a log.
/// Ids of one factory sort by creation: within a millisecond a 12-bit counter grows, and on overflow the clock part is borrowed from the future.
/// Thread-safe. With a seed the sequence is reproducible, which the demo city and the tests need.
/// </remarks>
public sealed class IdFactory
{
    private readonly TimeProvider _time;
    private readonly Random? _seeded;
    private readonly Lock _gate = new();
    private long _lastMs;
    private int _counter;

    public IdFactory(TimeProvider time) => _time = time;

    public IdFactory(TimeProvider time, int seed)
    {
        _time = time;
        _seeded = new Random(seed);
    }

    /// <summary>A new identifier with one of the prefixes in <see cref="IdPrefix"/>.</summary>
    public string New(string prefix)
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_gate)
        {
            var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            if (now > _lastMs)
            {
                _lastMs = now;
                _counter = 0;
            }
            else if (++_counter > 0xFFF)
            {
                _lastMs++;
                _counter = 0;
            }
            if (_seeded is null) RandomNumberGenerator.Fill(bytes[8..]);
            else _seeded.NextBytes(bytes[8..]);
            BinaryPrimitives.WriteInt64BigEndian(bytes, _lastMs << 16 | 0x7000L | (long)_counter);
        }
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return string.Concat(prefix, "_", Convert.ToHexStringLower(bytes));
    }
}

/// <summary>The prefixes in use; one per kind of thing.</summary>
public static class IdPrefix
{
    public const string Area = "are";
    public const string Partner = "ptn";
    public const string Hub = "hub";
    public const string Terminal = "ter";
    public const string Compartment = "cmp";
    public const string Vehicle = "veh";
    public const string Courier = "cou";
    public const string Shift = "shf";
    public const string AccessRule = "rul";
    public const string Parcel = "par";
    public const string Import = "imp";
    public const string Quarantine = "qua";
    public const string Plan = "pln";
    public const string Forecast = "fct";
    public const string Route = "rou";
    public const string Edit = "edt";
    public const string User = "usr";
    public const string Token = "tok";
    public const string Audit = "aud";
    public const string Device = "dev";
    public const string Alarm = "alm";
    public const string Event = "evt";
    public const string Command = "cmd";
    public const string Case = "cas";
    public const string Settlement = "set";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether <paramref name="id"/> is well formed with that prefix.</summary>
    public static bool IsId(string? id, string prefix) =>
        id is not null && id.Length == prefix.Length + 33 && id.StartsWith(prefix, StringComparison.Ordinal) && id[prefix.Length] == '_'
        && !id.AsSpan(prefix.Length + 1).ContainsAnyExcept(HexDigits);
}
