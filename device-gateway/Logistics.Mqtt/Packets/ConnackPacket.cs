using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>CONNACK as a client reads it (3.2).</summary>
public ref struct ConnackPacket
{
    public bool SessionPresent { get; private set; }

    /// <summary>The code as sent: 0 to 5 before MQTT 5, a <see cref="ReasonCode"/> in it. 0 is success in both.</summary>
    public byte Code { get; private set; }

    public MqttProperties Properties;

    public static ReasonCode TryParse(ReadOnlySpan<byte> body, ProtocolVersion version, out ConnackPacket packet)
    {
        packet = default;
        var reader = new MqttReader(body);
        packet.SessionPresent = (reader.ReadByte() & 1) != 0;
        packet.Code = reader.ReadByte();
        if (version == ProtocolVersion.V5)
        {
            PropertyReader.Read(ref reader, PropertyScope.Connack, int.MaxValue, out packet.Properties);
        }

        return reader.Error;
    }
}
