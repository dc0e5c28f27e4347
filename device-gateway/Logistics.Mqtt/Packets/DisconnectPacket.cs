using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>DISCONNECT (3.14).</summary>
public ref struct DisconnectPacket
{
    public ReasonCode Reason { get; private set; }

    public MqttProperties Properties;

    public static ReasonCode TryParse(ReadOnlySpan<byte> body, ProtocolVersion version, int maximumUserProperties, out DisconnectPacket packet)
    {
        packet = default;
        if (version != ProtocolVersion.V5)
        {
            return body.IsEmpty ? ReasonCode.Success : ReasonCode.MalformedPacket;
        }

        if (body.IsEmpty)
        {
            return ReasonCode.Success;
        }

        var reader = new MqttReader(body);
        packet.Reason = (ReasonCode)reader.ReadByte();
        if (reader.Remaining > 0)
        {
            PropertyReader.Read(ref reader, PropertyScope.Disconnect, maximumUserProperties, out packet.Properties);
        }

        if (reader.HasFailed)
        {
            return reader.Error;
        }

        return reader.Remaining > 0 ? ReasonCode.MalformedPacket : ReasonCode.Success;
    }
}
