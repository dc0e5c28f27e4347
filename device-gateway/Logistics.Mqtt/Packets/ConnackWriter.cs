using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>What an accepting CONNACK announces; a null or default is not written (3.2.2.3).</summary>
/// <param name="TopicAliasMaximum">Aliases a client may set up; 0 for none.</param>
/// <param name="MaximumPacketSize">Bytes.</param>
/// <param name="ReceiveMaximum">Unacknowledged QoS 1 and 2 messages a client may have under way.</param>
/// <param name="ServerKeepAliveSeconds">Replaces what the client asked for.</param>
/// <param name="SessionExpirySeconds">Replaces what the client asked for.</param>
/// <param name="AssignedClientId">UTF-8; for a client that sent none.</param>
public readonly record struct ConnackLimits(
    ushort TopicAliasMaximum,
    uint MaximumPacketSize,
    ushort ReceiveMaximum,
    ushort? ServerKeepAliveSeconds = null,
    uint? SessionExpirySeconds = null,
    byte[]? AssignedClientId = null,
    bool RetainAvailable = true,
    bool WildcardsAvailable = true,
    bool SharedSubscriptionsAvailable = true);

/// <summary>Writes the accepting CONNACK.</summary>
public static class ConnackWriter
{
    /// <summary>Enough for every announcement but the assigned client id.</summary>
    public const int FixedSize = 64;

    /// <param name="destination">At least <see cref="FixedSize"/> plus the assigned client id.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, bool sessionPresent, ProtocolVersion version, in ConnackLimits limits)
    {
        var writer = new MqttWriter(destination);
        writer.WriteByte((int)PacketType.Connack << 4);
        if (version != ProtocolVersion.V5)
        {
            writer.WriteByte(2);
            writer.WriteByte(sessionPresent && version != ProtocolVersion.V31 ? (byte)1 : (byte)0);
            writer.WriteByte(0);
            return writer.Written;
        }

        Span<byte> block = stackalloc byte[FixedSize];
        var properties = new MqttWriter(block);
        WriteLimits(ref properties, limits);
        var idSize = limits.AssignedClientId is null ? 0 : 3 + limits.AssignedClientId.Length;
        var blockSize = (uint)(properties.Written + idSize);
        writer.WriteVariableInteger(2 + (uint)MqttWriter.VariableIntegerSize(blockSize) + blockSize);
        writer.WriteByte(sessionPresent ? (byte)1 : (byte)0);
        writer.WriteByte(0);
        writer.WriteVariableInteger(blockSize);
        writer.WriteBytes(block[..properties.Written]);
        if (limits.AssignedClientId is not null)
        {
            writer.WriteByte((byte)PropertyId.AssignedClientIdentifier);
            writer.WriteBinary(limits.AssignedClientId);
        }

        return writer.Written;
    }

    private static void WriteLimits(ref MqttWriter writer, in ConnackLimits limits)
    {
        if (limits.TopicAliasMaximum > 0)
        {
            writer.WriteByte((byte)PropertyId.TopicAliasMaximum);
            writer.WriteUInt16(limits.TopicAliasMaximum);
        }

        writer.WriteByte((byte)PropertyId.MaximumPacketSize);
        writer.WriteUInt32(limits.MaximumPacketSize);
        writer.WriteByte((byte)PropertyId.ReceiveMaximum);
        writer.WriteUInt16(limits.ReceiveMaximum);
        if (limits.SessionExpirySeconds is { } expiry)
        {
            writer.WriteByte((byte)PropertyId.SessionExpiryInterval);
            writer.WriteUInt32(expiry);
        }

        if (limits.ServerKeepAliveSeconds is { } keepAlive)
        {
            writer.WriteByte((byte)PropertyId.ServerKeepAlive);
            writer.WriteUInt16(keepAlive);
        }

        WriteUnavailable(ref writer, PropertyId.RetainAvailable, limits.RetainAvailable);
        WriteUnavailable(ref writer, PropertyId.WildcardSubscriptionAvailable, limits.WildcardsAvailable);
        WriteUnavailable(ref writer, PropertyId.SharedSubscriptionAvailable, limits.SharedSubscriptionsAvailable);
    }

    private static void WriteUnavailable(ref MqttWriter writer, PropertyId id, bool isAvailable)
    {
        if (!isAvailable)
        {
            writer.WriteByte((byte)id);
            writer.WriteByte(0);
        }
    }
}
