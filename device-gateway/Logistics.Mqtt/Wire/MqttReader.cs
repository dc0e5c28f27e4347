using System.Buffers.Binary;

namespace Logistics.Mqtt.Wire;

/// <summary>Reads the primitive types of MQTT from one packet's bytes; allocates nothing.</summary>
/// <remarks>
/// The first error sticks: after it every read returns a default, so a parser checks <see cref="Error"/> once per step
/// instead of after each field. Spans returned point into the packet.
/// </remarks>
public ref struct MqttReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    public MqttReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        _position = 0;
        Error = ReasonCode.Success;
    }

    public ReasonCode Error { get; private set; }

    public readonly bool HasFailed => Error != ReasonCode.Success;

    public readonly int Position => _position;

    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Keeps the first error; later ones are consequences.</summary>
    public void Fail(ReasonCode reason)
    {
        if (Error == ReasonCode.Success)
        {
            Error = reason;
        }

        _position = _bytes.Length;
    }

    public byte ReadByte()
    {
        if (Remaining < 1)
        {
            Fail(ReasonCode.MalformedPacket);
            return 0;
        }

        return _bytes[_position++];
    }

    public ushort ReadUInt16()
    {
        if (Remaining < 2)
        {
            Fail(ReasonCode.MalformedPacket);
            return 0;
        }

        var value = BinaryPrimitives.ReadUInt16BigEndian(_bytes[_position..]);
        _position += 2;
        return value;
    }

    public uint ReadUInt32()
    {
        if (Remaining < 4)
        {
            Fail(ReasonCode.MalformedPacket);
            return 0;
        }

        var value = BinaryPrimitives.ReadUInt32BigEndian(_bytes[_position..]);
        _position += 4;
        return value;
    }

    /// <summary>Reads a variable byte integer; an encoding longer than needed is malformed (1.5.5).</summary>
    public uint ReadVariableInteger()
    {
        uint value = 0;
        for (var i = 0; i < 4; i++)
        {
            var next = ReadByte();
            if (HasFailed)
            {
                return 0;
            }

            value |= (uint)(next & 0x7F) << (7 * i);
            if ((next & 0x80) == 0)
            {
                if (i > 0 && next == 0)
                {
                    Fail(ReasonCode.MalformedPacket);
                    return 0;
                }

                return value;
            }
        }

        Fail(ReasonCode.MalformedPacket);
        return 0;
    }

    public ReadOnlySpan<byte> ReadBinary()
    {
        var length = ReadUInt16();
        return ReadBytes(length);
    }

    /// <summary>Reads a length-prefixed string and checks it with <see cref="MqttText.IsValid"/>.</summary>
    public ReadOnlySpan<byte> ReadString()
    {
        var text = ReadBinary();
        if (!HasFailed && !MqttText.IsValid(text))
        {
            Fail(ReasonCode.MalformedPacket);
            return default;
        }

        return text;
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count < 0 || Remaining < count)
        {
            Fail(ReasonCode.MalformedPacket);
            return default;
        }

        var slice = _bytes.Slice(_position, count);
        _position += count;
        return slice;
    }

    public ReadOnlySpan<byte> ReadRest() => ReadBytes(Remaining);
}
