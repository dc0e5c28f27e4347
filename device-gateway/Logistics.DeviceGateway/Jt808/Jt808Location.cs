using System.Buffers.Binary;
using System.Globalization;
using Logistics.Domain;

namespace Logistics.DeviceGateway.Jt808;

/// <summary>A location report (message 0x0200).</summary>
/// <param name="Point">WGS-84.</param>
/// <param name="HasFix">False when the receiver does not know where it is; then the point means nothing.</param>
/// <param name="AlarmBits">As in table 24 of the standard.</param>
/// <param name="StatusBits">As in table 25.</param>
/// <param name="MileageMetres">Additional item 1; null when it was not sent.</param>
internal sealed record Jt808Location(
    GeoPoint Point, bool HasFix, uint AlarmBits, uint StatusBits, int AltitudeMetres, double SpeedKmh, int HeadingDegrees, DateTimeOffset At, long? MileageMetres)
{
    private const int FixedSize = 28;
    private const uint FixBit = 1 << 1;
    private const uint SouthBit = 1 << 2;
    private const uint WestBit = 1 << 3;

    /// <summary>Times of the protocol are in China's zone, wherever the vehicle is.</summary>
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    public static bool TryRead(ReadOnlySpan<byte> body, out Jt808Location location)
    {
        location = null!;
        if (body.Length < FixedSize || !TryReadTime(body.Slice(22, 6), out var at) || !TryReadMileage(body[FixedSize..], out var mileage))
        {
            return false;
        }

        var status = BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        var lat = BinaryPrimitives.ReadUInt32BigEndian(body[8..]) / 1e6 * ((status & SouthBit) != 0 ? -1 : 1);
        var lon = BinaryPrimitives.ReadUInt32BigEndian(body[12..]) / 1e6 * ((status & WestBit) != 0 ? -1 : 1);
        location = new Jt808Location(
            new GeoPoint(lon, lat),
            (status & FixBit) != 0,
            BinaryPrimitives.ReadUInt32BigEndian(body),
            status,
            BinaryPrimitives.ReadInt16BigEndian(body[16..]),
            BinaryPrimitives.ReadUInt16BigEndian(body[18..]) / 10.0,
            BinaryPrimitives.ReadUInt16BigEndian(body[20..]),
            at,
            mileage);
        return true;
    }

    /// <summary>Reads a batch of them (message 0x0704): count, kind, then length and report each.</summary>
    public static bool TryReadBatch(ReadOnlySpan<byte> body, out List<Jt808Location> locations)
    {
        locations = [];
        if (body.Length < 3)
        {
            return false;
        }

        var count = BinaryPrimitives.ReadUInt16BigEndian(body);
        var rest = body[3..];
        for (var i = 0; i < count; i++)
        {
            if (rest.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(rest) is var length && rest.Length < 2 + length || !TryRead(rest.Slice(2, length), out var location))
            {
                return false;
            }

            locations.Add(location);
            rest = rest[(2 + length)..];
        }

        return rest.IsEmpty && count > 0;
    }

    private static bool TryReadTime(ReadOnlySpan<byte> bcd, out DateTimeOffset at)
    {
        at = default;
        if (!Jt808Header.TryReadDigits(bcd, out var digits) || !DateTime.TryParseExact("20" + digits, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return false;
        }

        at = new DateTimeOffset(local, Zone).ToUniversalTime();
        return true;
    }

    // Additional items: identifier, length, value. All must be whole; only the mileage is read.
    private static bool TryReadMileage(ReadOnlySpan<byte> items, out long? mileage)
    {
        mileage = null;
        while (!items.IsEmpty)
        {
            if (items.Length < 2 || items.Length < 2 + items[1])
            {
                return false;
            }

            if (items[0] == 1 && items[1] == 4)
            {
                mileage = BinaryPrimitives.ReadUInt32BigEndian(items[2..]) * 100L;
            }

            items = items[(2 + items[1])..];
        }

        return true;
    }
}
