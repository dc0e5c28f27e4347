using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>How SUBSCRIBE and UNSUBSCRIBE begin: packet identifier, properties, and then the list of filters (3.8, 3.10).</summary>
internal static class FilterListHead
{
    /// <param name="filters">The rest of the packet.</param>
    public static ReasonCode Read(
        ReadOnlySpan<byte> body, ProtocolVersion version, PropertyScope scope, int maximumUserProperties, out ushort packetId, out MqttProperties properties, out MqttReader filters)
    {
        properties = default;
        var reader = new MqttReader(body);
        packetId = reader.ReadUInt16();
        if (version == ProtocolVersion.V5)
        {
            PropertyReader.Read(ref reader, scope, maximumUserProperties, out properties);
        }

        filters = new MqttReader(reader.ReadRest());
        if (reader.HasFailed)
        {
            return reader.Error;
        }

        return packetId == 0 ? ReasonCode.MalformedPacket : ReasonCode.Success;
    }
}
