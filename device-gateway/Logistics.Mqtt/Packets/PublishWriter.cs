using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>Everything of a PUBLISH but its two large parts, topic and payload.</summary>
/// <param name="Version">Properties are written for MQTT 5 only.</param>
/// <param name="PacketId">Used for QoS 1 and 2.</param>
/// <param name="MessageExpirySeconds">Null for a message that never expires.</param>
/// <param name="TopicAlias">0 for none; with an alias that the receiver knows the topic may be empty.</param>
public readonly record struct PublishHead(ProtocolVersion Version, int Qos, bool Retain, bool IsDuplicate, ushort PacketId, uint? MessageExpirySeconds, ushort TopicAlias = 0);

/// <summary>Measures and writes PUBLISH packets; allocates nothing.</summary>
public static class PublishWriter
{
    /// <summary>Size of the whole packet in bytes.</summary>
    /// <param name="properties">Encoded properties to forward, without their length and without expiry or identifiers.</param>
    /// <param name="subscriptionIds">Identifiers of the subscriptions it matched; zeros are skipped.</param>
    public static int Measure(in PublishHead head, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> properties, ReadOnlySpan<uint> subscriptionIds, int payloadLength)
    {
        var body = MeasureBody(head, topic, properties, subscriptionIds, payloadLength);
        return 1 + MqttWriter.VariableIntegerSize((uint)body) + body;
    }

    /// <param name="destination">At least as long as <see cref="Measure"/> says.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, in PublishHead head, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> properties, ReadOnlySpan<uint> subscriptionIds, ReadOnlySpan<byte> payload)
    {
        var writer = new MqttWriter(destination);
        var flags = (head.IsDuplicate ? 8 : 0) | (head.Qos << 1) | (head.Retain ? 1 : 0);
        writer.WriteByte((byte)(((int)PacketType.Publish << 4) | flags));
        writer.WriteVariableInteger((uint)MeasureBody(head, topic, properties, subscriptionIds, payload.Length));
        writer.WriteBinary(topic);
        if (head.Qos > 0)
        {
            writer.WriteUInt16(head.PacketId);
        }

        if (head.Version == ProtocolVersion.V5)
        {
            writer.WriteVariableInteger((uint)MeasureProperties(head, properties, subscriptionIds));
            if (head.MessageExpirySeconds is { } seconds)
            {
                writer.WriteByte((byte)PropertyId.MessageExpiryInterval);
                writer.WriteUInt32(seconds);
            }

            if (head.TopicAlias != 0)
            {
                writer.WriteByte((byte)PropertyId.TopicAlias);
                writer.WriteUInt16(head.TopicAlias);
            }

            writer.WriteBytes(properties);
            foreach (var id in subscriptionIds)
            {
                if (id != 0)
                {
                    writer.WriteByte((byte)PropertyId.SubscriptionIdentifier);
                    writer.WriteVariableInteger(id);
                }
            }
        }

        writer.WriteBytes(payload);
        return writer.Written;
    }

    private static int MeasureBody(in PublishHead head, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> properties, ReadOnlySpan<uint> subscriptionIds, int payloadLength)
    {
        var size = 2 + topic.Length + (head.Qos > 0 ? 2 : 0) + payloadLength;
        if (head.Version == ProtocolVersion.V5)
        {
            var block = MeasureProperties(head, properties, subscriptionIds);
            size += MqttWriter.VariableIntegerSize((uint)block) + block;
        }

        return size;
    }

    private static int MeasureProperties(in PublishHead head, ReadOnlySpan<byte> properties, ReadOnlySpan<uint> subscriptionIds)
    {
        var size = properties.Length + (head.MessageExpirySeconds is null ? 0 : 5) + (head.TopicAlias == 0 ? 0 : 3);
        foreach (var id in subscriptionIds)
        {
            size += id == 0 ? 0 : 1 + MqttWriter.VariableIntegerSize(id);
        }

        return size;
    }
}
