using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Broker;

/// <summary>What an accepting CONNACK says.</summary>
/// <param name="ReceiveMaximum">Messages of QoS 1 the server takes unacknowledged.</param>
/// <param name="KeepAliveSeconds">Null when the server leaves it to us.</param>
internal sealed record ConnectOutcome(bool SessionPresent, int ReceiveMaximum, int? KeepAliveSeconds)
{
    /// <summary>Our own window where the server sets none.</summary>
    private const int DefaultWindow = 64;

    /// <exception cref="MqttRefusedException">It refuses.</exception>
    public static ConnectOutcome Read(ReadOnlySpan<byte> body, ProtocolVersion version, MqttEndpoint endpoint)
    {
        if (ConnackPacket.TryParse(body, version, out var connack) != ReasonCode.Success || connack.Code != 0)
        {
            throw new MqttRefusedException($"{endpoint} refused CONNECT with code 0x{connack.Code:X2}.");
        }

        var properties = connack.Properties;
        var window = version == ProtocolVersion.V5 && properties.Has(PropertyId.ReceiveMaximum) ? Math.Min(DefaultWindow, (int)properties.ReceiveMaximum) : DefaultWindow;
        return new ConnectOutcome(connack.SessionPresent, window, properties.Has(PropertyId.ServerKeepAlive) ? properties.ServerKeepAlive : null);
    }
}
