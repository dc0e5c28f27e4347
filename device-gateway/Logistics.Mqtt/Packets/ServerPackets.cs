using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>Writes the short packets that a server sends. Each method returns the bytes written.</summary>
public static class ServerPackets
{
    /// <summary>No short packet is longer than this, except CONNACK with texts, SUBACK and UNSUBACK.</summary>
    public const int ShortPacketSize = 8;

    /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP. Before MQTT 5 there is no place for a reason.</summary>
    public static int WriteAck(Span<byte> destination, PacketType type, ushort packetId, ReasonCode reason, ProtocolVersion version)
    {
        var hasReason = version == ProtocolVersion.V5 && reason != ReasonCode.Success;
        destination[0] = (byte)(((int)type << 4) | (type == PacketType.Pubrel ? 2 : 0));
        destination[1] = hasReason ? (byte)3 : (byte)2;
        destination[2] = (byte)(packetId >> 8);
        destination[3] = (byte)packetId;
        if (!hasReason)
        {
            return 4;
        }

        destination[4] = (byte)reason;
        return 5;
    }

    public static int WritePingresp(Span<byte> destination)
    {
        destination[0] = (int)PacketType.Pingresp << 4;
        destination[1] = 0;
        return 2;
    }

    /// <summary>DISCONNECT from the server; exists in MQTT 5 only.</summary>
    public static int WriteDisconnect(Span<byte> destination, ReasonCode reason)
    {
        destination[0] = (int)PacketType.Disconnect << 4;
        destination[1] = 1;
        destination[2] = (byte)reason;
        return 3;
    }

    /// <summary>SUBACK.</summary>
    /// <param name="destination">At least <c>reasons.Length + 9</c> bytes.</param>
    /// <param name="reasons">One code per filter, in order.</param>
    public static int WriteSuback(Span<byte> destination, ushort packetId, ReadOnlySpan<ReasonCode> reasons, ProtocolVersion version)
    {
        var writer = new MqttWriter(destination);
        writer.WriteByte((int)PacketType.Suback << 4);
        WriteReasons(ref writer, packetId, reasons, version);
        return writer.Written;
    }

    /// <summary>UNSUBACK; before MQTT 5 it carries no codes.</summary>
    /// <param name="destination">At least <c>reasons.Length + 9</c> bytes.</param>
    public static int WriteUnsuback(Span<byte> destination, ushort packetId, ReadOnlySpan<ReasonCode> reasons, ProtocolVersion version)
    {
        var writer = new MqttWriter(destination);
        writer.WriteByte((int)PacketType.Unsuback << 4);
        WriteReasons(ref writer, packetId, version == ProtocolVersion.V5 ? reasons : default, version);
        return writer.Written;
    }

    /// <summary>A refusing CONNACK, which carries nothing but its code.</summary>
    /// <remarks>Before MQTT 5 the codes are 1 to 5 (3.1.1, table 3.1).</remarks>
    public static int WriteRefusal(Span<byte> destination, ReasonCode reason, ProtocolVersion version)
    {
        var isVersion5 = version == ProtocolVersion.V5;
        destination[0] = (int)PacketType.Connack << 4;
        destination[1] = isVersion5 ? (byte)3 : (byte)2;
        destination[2] = 0;
        destination[3] = isVersion5 ? (byte)reason : LegacyCode(reason);
        destination[4] = 0;
        return isVersion5 ? 5 : 4;
    }

    private static byte LegacyCode(ReasonCode reason) => reason switch
    {
        ReasonCode.UnsupportedProtocolVersion => 1,
        ReasonCode.ClientIdentifierNotValid => 2,
        ReasonCode.BadUserNameOrPassword => 4,
        ReasonCode.NotAuthorized or ReasonCode.Banned or ReasonCode.BadAuthenticationMethod => 5,
        _ => 3,
    };

    private static void WriteReasons(ref MqttWriter writer, ushort packetId, ReadOnlySpan<ReasonCode> reasons, ProtocolVersion version)
    {
        var isVersion5 = version == ProtocolVersion.V5;
        writer.WriteVariableInteger((uint)(2 + (isVersion5 ? 1 : 0) + reasons.Length));
        writer.WriteUInt16(packetId);
        if (isVersion5)
        {
            writer.WriteByte(0);
        }

        foreach (var reason in reasons)
        {
            // 3.1.1 knows one failure code, 0x80.
            writer.WriteByte(!isVersion5 && (byte)reason > 0x80 ? (byte)0x80 : (byte)reason);
        }
    }
}
