using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP: a packet identifier and, in MQTT 5, a reason (3.4 to 3.7).</summary>
public ref struct AckPacket
{
    public ushort PacketId { get; private set; }

    public ReasonCode Reason { get; private set; }

    public MqttProperties Properties;

    public static ReasonCode TryParse(PacketType type, ReadOnlySpan<byte> body, ProtocolVersion version, int maximumUserProperties, out AckPacket packet)
    {
        packet = default;
        var reader = new MqttReader(body);
        packet.PacketId = reader.ReadUInt16();
        if (version == ProtocolVersion.V5 && reader.Remaining > 0)
        {
            packet.Reason = (ReasonCode)reader.ReadByte();
            if (reader.Remaining > 0)
            {
                PropertyReader.Read(ref reader, PropertyScope.Ack, maximumUserProperties, out packet.Properties);
            }
        }

        if (reader.HasFailed)
        {
            return reader.Error;
        }

        if (reader.Remaining > 0)
        {
            return ReasonCode.MalformedPacket;
        }

        return packet.PacketId == 0 || !IsKnownReason(type, packet.Reason) ? ReasonCode.ProtocolError : ReasonCode.Success;
    }

    private static bool IsKnownReason(PacketType type, ReasonCode reason)
    {
        if (type is PacketType.Pubrel or PacketType.Pubcomp)
        {
            return reason is ReasonCode.Success or ReasonCode.PacketIdentifierNotFound;
        }

        return reason is ReasonCode.Success or ReasonCode.NoMatchingSubscribers or ReasonCode.UnspecifiedError
            or ReasonCode.ImplementationSpecificError or ReasonCode.NotAuthorized or ReasonCode.TopicNameInvalid
            or ReasonCode.PacketIdentifierInUse or ReasonCode.QuotaExceeded or ReasonCode.PayloadFormatInvalid;
    }
}
