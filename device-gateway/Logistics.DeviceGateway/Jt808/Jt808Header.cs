using System.Buffers.Binary;

namespace Logistics.DeviceGateway.Jt808;

/// <summary>The header of a message, of the 2013 or the 2019 edition.</summary>
/// <param name="Phone">Number of the terminal, without leading zeros.</param>
/// <param name="Version">Protocol version of the 2019 edition; null for 2013.</param>
/// <param name="PartCount">Packets of the message this is one of; 0 for a message of one packet.</param>
/// <param name="PartNumber">From 1 to <paramref name="PartCount"/>.</param>
internal readonly record struct Jt808Header(ushort MessageId, string Phone, ushort Serial, byte? Version, bool IsEncrypted, ushort PartCount = 0, ushort PartNumber = 0)
{
    private const int Is2019 = 1 << 14;
    private const int IsPartBit = 1 << 13;
    private const int EncryptionBits = 7 << 10;
    private const int LengthBits = 0x3FF;

    public bool IsPart => PartCount > 0;

    /// <summary>Serial number of the message's first packet: its packets have consecutive ones.</summary>
    public ushort FirstSerial => IsPart ? (ushort)(Serial - PartNumber + 1) : Serial;

    /// <param name="frame">Header and body.</param>
    /// <param name="body">The body.</param>
    /// <returns>False when the lengths do not fit or the number is not decimal.</returns>
    public static bool TryRead(ReadOnlySpan<byte> frame, out Jt808Header header, out ReadOnlySpan<byte> body)
    {
        header = default;
        body = default;
        if (frame.Length < 12)
        {
            return false;
        }

        var properties = BinaryPrimitives.ReadUInt16BigEndian(frame[2..]);
        var isNew = (properties & Is2019) != 0;
        var isPart = (properties & IsPartBit) != 0;
        var (phoneAt, phoneLength) = isNew ? (5, 10) : (4, 6);
        var size = phoneAt + phoneLength + 2 + (isPart ? 4 : 0);
        if (frame.Length != size + (properties & LengthBits) || !TryReadDigits(frame.Slice(phoneAt, phoneLength), out var digits))
        {
            return false;
        }

        var phone = digits.TrimStart('0');
        var (partCount, partNumber) = isPart
            ? (BinaryPrimitives.ReadUInt16BigEndian(frame[(size - 4)..]), BinaryPrimitives.ReadUInt16BigEndian(frame[(size - 2)..]))
            : default;
        header = new Jt808Header(
            BinaryPrimitives.ReadUInt16BigEndian(frame),
            phone,
            BinaryPrimitives.ReadUInt16BigEndian(frame[(phoneAt + phoneLength)..]),
            isNew ? frame[4] : null,
            (properties & EncryptionBits) != 0,
            partCount,
            partNumber);
        body = frame[size..];
        return phone.Length > 0 && (!isPart || (partNumber > 0 && partNumber <= partCount));
    }

    /// <summary>Header and body of a message to the same terminal.</summary>
    public byte[] Answer(ushort messageId, ushort serial, ReadOnlySpan<byte> body)
    {
        var phoneLength = Version is null ? 6 : 10;
        var phoneAt = Version is null ? 4 : 5;
        var frame = new byte[phoneAt + phoneLength + 2 + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, messageId);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)(body.Length | (Version is null ? 0 : Is2019)));
        if (Version is { } version)
        {
            frame[4] = version;
        }

        var digits = Phone.PadLeft(phoneLength * 2, '0');
        for (var i = 0; i < phoneLength; i++)
        {
            frame[phoneAt + i] = (byte)(((digits[2 * i] - '0') << 4) | (digits[(2 * i) + 1] - '0'));
        }

        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(phoneAt + phoneLength), serial);
        body.CopyTo(frame.AsSpan(phoneAt + phoneLength + 2));
        return frame;
    }

    /// <summary>Binary-coded decimal.</summary>
    public static bool TryReadDigits(ReadOnlySpan<byte> bcd, out string digits)
    {
        digits = Convert.ToHexString(bcd);
        return !digits.AsSpan().ContainsAnyExceptInRange('0', '9');
    }
}
