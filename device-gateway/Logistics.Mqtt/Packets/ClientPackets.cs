using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>A CONNECT to send; texts are UTF-8.</summary>
/// <param name="KeepAliveSeconds">0 for none.</param>
/// <param name="SessionExpirySeconds">MQTT 5 only; 0 ends the session with the connection.</param>
/// <param name="ReceiveMaximum">MQTT 5 only; 0 leaves it out (65 535).</param>
/// <param name="Will">Null for none.</param>
/// <param name="TopicAliasMaximum">MQTT 5 only; aliases the server may use.</param>
public sealed record ConnectRequest(
    byte[] ClientId,
    ProtocolVersion Version = ProtocolVersion.V5,
    bool CleanStart = true,
    ushort KeepAliveSeconds = 60,
    uint SessionExpirySeconds = 0,
    ushort ReceiveMaximum = 0,
    byte[]? UserName = null,
    byte[]? Password = null,
    WillRequest? Will = null,
    ushort TopicAliasMaximum = 0);

/// <summary>A will to leave with the server.</summary>
/// <param name="DelaySeconds">MQTT 5 only.</param>
public sealed record WillRequest(byte[] Topic, byte[] Payload, int Qos = 0, bool Retain = false, uint DelaySeconds = 0);

/// <summary>Writes the packets that only a client sends, into new arrays: they are few per connection.</summary>
public static class ClientPackets
{
    public static readonly byte[] Pingreq = [(byte)PacketType.Pingreq << 4, 0];

    public static readonly byte[] Disconnect = [(byte)PacketType.Disconnect << 4, 0];

    public static byte[] Connect(ConnectRequest request)
    {
        var isVersion5 = request.Version == ProtocolVersion.V5;
        var will = request.Will;
        var size = 64 + request.ClientId.Length + (request.UserName?.Length ?? 0) + (request.Password?.Length ?? 0)
            + (will is null ? 0 : will.Topic.Length + will.Payload.Length + 16);
        var buffer = new byte[size];
        var body = new MqttWriter(buffer);
        body.WriteBinary(request.Version == ProtocolVersion.V31 ? "MQIsdp"u8 : "MQTT"u8);
        body.WriteByte((byte)request.Version);
        body.WriteByte(Flags(request));
        body.WriteUInt16(request.KeepAliveSeconds);
        if (isVersion5)
        {
            body.WriteVariableInteger((request.SessionExpirySeconds > 0 ? 5u : 0u) + (request.ReceiveMaximum > 0 ? 3u : 0u) + (request.TopicAliasMaximum > 0 ? 3u : 0u));
            if (request.SessionExpirySeconds > 0)
            {
                body.WriteByte((byte)PropertyId.SessionExpiryInterval);
                body.WriteUInt32(request.SessionExpirySeconds);
            }

            if (request.ReceiveMaximum > 0)
            {
                body.WriteByte((byte)PropertyId.ReceiveMaximum);
                body.WriteUInt16(request.ReceiveMaximum);
            }

            if (request.TopicAliasMaximum > 0)
            {
                body.WriteByte((byte)PropertyId.TopicAliasMaximum);
                body.WriteUInt16(request.TopicAliasMaximum);
            }
        }

        body.WriteBinary(request.ClientId);
        if (will is not null)
        {
            WriteWill(ref body, will, isVersion5);
        }

        if (request.UserName is not null)
        {
            body.WriteBinary(request.UserName);
        }

        if (request.Password is not null)
        {
            body.WriteBinary(request.Password);
        }

        return Frame((byte)PacketType.Connect << 4, buffer.AsSpan(0, body.Written));
    }

    /// <param name="filters">UTF-8 filter and options byte.</param>
    public static byte[] Subscribe(ushort packetId, ProtocolVersion version, params ReadOnlySpan<(byte[] Filter, byte Options)> filters)
    {
        var size = 3;
        foreach (var (filter, _) in filters)
        {
            size += 3 + filter.Length;
        }

        var buffer = new byte[size];
        var body = new MqttWriter(buffer);
        body.WriteUInt16(packetId);
        if (version == ProtocolVersion.V5)
        {
            body.WriteByte(0);
        }

        foreach (var (filter, options) in filters)
        {
            body.WriteBinary(filter);
            body.WriteByte(options);
        }

        return Frame(((byte)PacketType.Subscribe << 4) | 2, buffer.AsSpan(0, body.Written));
    }

    public static byte[] Unsubscribe(ushort packetId, ProtocolVersion version, byte[] filter)
    {
        var buffer = new byte[5 + filter.Length];
        var body = new MqttWriter(buffer);
        body.WriteUInt16(packetId);
        if (version == ProtocolVersion.V5)
        {
            body.WriteByte(0);
        }

        body.WriteBinary(filter);
        return Frame(((byte)PacketType.Unsubscribe << 4) | 2, buffer.AsSpan(0, body.Written));
    }

    private static byte Flags(ConnectRequest request)
    {
        var flags = request.CleanStart ? 0x02 : 0;
        if (request.Will is { } will)
        {
            flags |= 0x04 | (will.Qos << 3) | (will.Retain ? 0x20 : 0);
        }

        flags |= request.Password is null ? 0 : 0x40;
        flags |= request.UserName is null ? 0 : 0x80;
        return (byte)flags;
    }

    private static void WriteWill(ref MqttWriter body, WillRequest will, bool isVersion5)
    {
        if (isVersion5)
        {
            body.WriteByte(will.DelaySeconds > 0 ? (byte)5 : (byte)0);
            if (will.DelaySeconds > 0)
            {
                body.WriteByte((byte)PropertyId.WillDelayInterval);
                body.WriteUInt32(will.DelaySeconds);
            }
        }

        body.WriteBinary(will.Topic);
        body.WriteBinary(will.Payload);
    }

    private static byte[] Frame(int header, ReadOnlySpan<byte> body)
    {
        var packet = new byte[1 + MqttWriter.VariableIntegerSize((uint)body.Length) + body.Length];
        var writer = new MqttWriter(packet);
        writer.WriteByte((byte)header);
        writer.WriteVariableInteger((uint)body.Length);
        writer.WriteBytes(body);
        return packet;
    }
}
