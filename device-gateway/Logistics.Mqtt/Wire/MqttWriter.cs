using System.Buffers.Binary;

namespace Logistics.Mqtt.Wire;

/// <summary>Writes the primitive types of MQTT into a span that the caller has sized; allocates nothing.</summary>
public ref struct MqttWriter
{
    private readonly Span<byte> _bytes;
    private int _position;

    public MqttWriter(Span<byte> bytes)
    {
        _bytes = bytes;
        _position = 0;
    }

    public readonly int Written => _position;

    public void WriteByte(byte value) => _bytes[_position++] = value;

    public void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes[_position..], value);
        _position += 2;
    }

    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes[_position..], value);
        _position += 4;
    }

    /// <param name="value">At most 268 435 455.</param>
    public void WriteVariableInteger(uint value)
    {
        do
        {
            var next = (byte)(value & 0x7F);
            value >>= 7;
            _bytes[_position++] = value > 0 ? (byte)(next | 0x80) : next;
        }
        while (value > 0);
    }

    /// <summary>Writes a two-byte length and the bytes: a string (already UTF-8) or binary data.</summary>
    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        WriteUInt16(checked((ushort)value.Length));
        WriteBytes(value);
    }

    public void WriteBytes(scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(_bytes[_position..]);
        _position += value.Length;
    }

    /// <summary>Bytes that a variable byte integer takes: 1 to 4.</summary>
    public static int VariableIntegerSize(uint value) => value switch
    {
        < 1u << 7 => 1,
        < 1u << 14 => 2,
        < 1u << 21 => 3,
        _ => 4,
    };
}
