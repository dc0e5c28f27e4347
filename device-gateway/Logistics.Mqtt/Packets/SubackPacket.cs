using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>SUBACK or UNSUBACK as a client reads it (3.9, 3.11).</summary>
public ref struct SubackPacket
{
    public ushort PacketId { get; private set; }

    public MqttProperties Properties;

    /// <summary>One code per filter; empty in an UNSUBACK before MQTT 5.</summary>
    public ReadOnlySpan<byte> Codes { get; private set; }

    public static ReasonCode TryParse(ReadOnlySpan<byte> body, ProtocolVersion version, out SubackPacket packet)
    {
        packet = default;
        var reader = new MqttReader(body);
        packet.PacketId = reader.ReadUInt16();
        if (version == ProtocolVersion.V5)
        {
            PropertyReader.Read(ref reader, PropertyScope.SubscribeAck, int.MaxValue, out packet.Properties);
        }

        packet.Codes = reader.ReadRest();
        return reader.Error;
    }
}
