using System.Buffers;

namespace Logistics.DeviceGateway.Jt808;

/// <summary>Frames of JT/T 808: <c>7E</c>, escaped bytes, <c>7E</c>; the last byte inside is the XOR of the others.</summary>
internal static class Jt808Frame
{
    private const byte Flag = 0x7E;
    private const byte Escape = 0x7D;

    /// <summary>Escaped bytes of the longest frame: header of 2019 with packet counts, 1,023 bytes of body, check, every byte escaped.</summary>
    public const int MaximumSize = 2 * (21 + 1023 + 1);

    /// <summary>Takes the next frame off the buffer.</summary>
    /// <param name="escaped">What stood between the flags.</param>
    /// <param name="isBroken">The bytes are no frames, or one is too long: the connection must end.</param>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out ReadOnlySequence<byte> escaped, out bool isBroken)
    {
        escaped = default;
        isBroken = false;
        // The flag that ends one frame may also begin the next: it stays in the buffer, and any number of flags may stand between frames.
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.IsNext(Flag))
        {
            isBroken = !reader.End;
            return false;
        }

        reader.AdvancePast(Flag);
        if (!reader.TryReadTo(out escaped, Flag))
        {
            isBroken = reader.Remaining > MaximumSize;
            return false;
        }

        isBroken = escaped.Length > MaximumSize;
        buffer = buffer.Slice(reader.Consumed - 1);
        return !isBroken;
    }

    /// <summary>Undoes the escapes and checks the sum.</summary>
    /// <param name="escaped">Between the flags.</param>
    /// <param name="frame">Header and body, without the check.</param>
    public static bool TryUnescape(ReadOnlySpan<byte> escaped, out byte[] frame)
    {
        frame = new byte[escaped.Length];
        var length = 0;
        byte sum = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            var value = escaped[i];
            if (value == Escape)
            {
                if (++i == escaped.Length || escaped[i] is not (1 or 2))
                {
                    return false;
                }

                value = escaped[i] == 1 ? Escape : Flag;
            }

            frame[length++] = value;
            sum ^= value;
        }

        // With the check in it the sum of a good frame is zero.
        if (length < 2 || sum != 0)
        {
            return false;
        }

        Array.Resize(ref frame, length - 1);
        return true;
    }

    /// <summary>Flags, escapes and the check around header and body.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> frame)
    {
        var span = output.GetSpan((2 * (frame.Length + 1)) + 2);
        var length = 0;
        byte sum = 0;
        span[length++] = Flag;
        foreach (var value in frame)
        {
            sum ^= value;
            Put(span, ref length, value);
        }

        Put(span, ref length, sum);
        span[length++] = Flag;
        output.Advance(length);
    }

    private static void Put(Span<byte> span, ref int length, byte value)
    {
        if (value is Flag or Escape)
        {
            span[length++] = Escape;
            span[length++] = value == Flag ? (byte)2 : (byte)1;
            return;
        }

        span[length++] = value;
    }
}
