namespace Logistics.Mqtt.Wire;

public enum FrameStatus
{
    /// <summary>More bytes are needed; nothing is wrong so far.</summary>
    Incomplete,
    Complete,
    /// <summary>The first byte or the length can never become a packet.</summary>
    Malformed,
    /// <summary>The declared size is beyond the limit; nothing of it need be read.</summary>
    TooLarge,
}

/// <summary>The fixed header: type, flags and remaining length (2.1).</summary>
/// <param name="Header">First byte.</param>
/// <param name="HeaderSize">Bytes of the fixed header, 2 to 5.</param>
/// <param name="BodyLength">Remaining length in bytes.</param>
public readonly record struct PacketFrame(byte Header, int HeaderSize, int BodyLength)
{
    /// <summary>The largest fixed header.</summary>
    public const int MaximumHeaderSize = 5;

    public PacketType Type => (PacketType)(Header >> 4);

    public byte Flags => (byte)(Header & 0x0F);

    public int TotalSize => HeaderSize + BodyLength;

    /// <summary>Reads the fixed header from the first bytes received.</summary>
    /// <param name="start">The first bytes available; five are always enough.</param>
    /// <param name="maximumPacketSize">Limit for the whole packet, bytes.</param>
    /// <remarks>Judges as early as possible: a bad first byte before any length, an oversized length before any body.</remarks>
    public static FrameStatus TryRead(ReadOnlySpan<byte> start, int maximumPacketSize, out PacketFrame frame, out ReasonCode error)
    {
        frame = default;
        error = ReasonCode.Success;
        if (start.IsEmpty)
        {
            return FrameStatus.Incomplete;
        }

        error = HeaderRules.Check(start[0]);
        if (error != ReasonCode.Success)
        {
            frame = new PacketFrame(start[0], 0, 0);
            return FrameStatus.Malformed;
        }

        var length = 0;
        for (var i = 0; i < 4; i++)
        {
            if (start.Length < i + 2)
            {
                return FrameStatus.Incomplete;
            }

            var next = start[i + 1];
            length |= (next & 0x7F) << (7 * i);
            if ((next & 0x80) == 0)
            {
                // A longer encoding than needed is malformed here as everywhere (1.5.5).
                frame = new PacketFrame(start[0], i + 2, length);
                if (i > 0 && next == 0)
                {
                    error = ReasonCode.MalformedPacket;
                    return FrameStatus.Malformed;
                }

                if (frame.TotalSize > maximumPacketSize)
                {
                    error = ReasonCode.PacketTooLarge;
                    return FrameStatus.TooLarge;
                }

                return FrameStatus.Complete;
            }
        }

        error = ReasonCode.MalformedPacket;
        frame = new PacketFrame(start[0], 0, 0);
        return FrameStatus.Malformed;
    }
}
