using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>PUBLISH as views into its bytes (3.3).</summary>
public ref struct PublishPacket
{
    public bool IsDuplicate { get; private set; }

    public int Qos { get; private set; }

    public bool Retain { get; private set; }

    /// <summary>Empty when a topic alias stands for it.</summary>
    public ReadOnlySpan<byte> Topic { get; private set; }

    /// <summary>0 for QoS 0.</summary>
    public ushort PacketId { get; private set; }

    public MqttProperties Properties;

    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>Parses the body of a PUBLISH whose first byte passed <see cref="HeaderRules"/>.</summary>
    public static ReasonCode TryParse(byte header, ReadOnlySpan<byte> body, ProtocolVersion version, int maximumUserProperties, out PublishPacket packet)
    {
        packet = default;
        packet.IsDuplicate = (header & 8) != 0;
        packet.Qos = (header >> 1) & 3;
        packet.Retain = (header & 1) != 0;
        var reader = new MqttReader(body);
        packet.Topic = reader.ReadString();
        if (packet.Qos > 0)
        {
            packet.PacketId = reader.ReadUInt16();
            if (!reader.HasFailed && packet.PacketId == 0)
            {
                return ReasonCode.ProtocolError;
            }
        }

        if (version == ProtocolVersion.V5)
        {
            PropertyReader.Read(ref reader, PropertyScope.Publish, maximumUserProperties, out packet.Properties);
        }

        packet.Payload = reader.ReadRest();
        if (reader.HasFailed)
        {
            return reader.Error;
        }

        return packet.CheckTopic();
    }

    private readonly ReasonCode CheckTopic()
    {
        if (Topic.IsEmpty)
        {
            return Properties.Has(PropertyId.TopicAlias) ? ReasonCode.Success : ReasonCode.MalformedPacket;
        }

        return TopicRules.IsValidName(Topic) ? ReasonCode.Success : ReasonCode.MalformedPacket;
    }
}
