namespace Logistics.Mqtt.Wire;

/// <summary>Which first bytes may open a packet, and the reason to give when one may not.</summary>
/// <remarks>
/// The specification calls wrong flags malformed (2.1.3) and a reserved type a protocol error; where brokers agree on the
/// other of the two codes we give theirs, since a client can act on neither.
/// </remarks>
public static class HeaderRules
{
    public static ReasonCode Check(byte header)
    {
        var flags = header & 0x0F;
        switch ((PacketType)(header >> 4))
        {
            case PacketType.Reserved:
                return ReasonCode.ProtocolError;
            case PacketType.Publish:
                var qos = (flags >> 1) & 3;
                var isDuplicateOfNothing = qos == 0 && (flags & 8) != 0;
                return qos == 3 || isDuplicateOfNothing ? ReasonCode.MalformedPacket : ReasonCode.Success;
            case PacketType.Connect:
                // MQTT 3.1 gives these bits no meaning; ConnectPacket refuses them for the later versions.
                return ReasonCode.Success;
            case PacketType.Pubrel:
                return flags == 2 ? ReasonCode.Success : ReasonCode.ProtocolError;
            case PacketType.Subscribe:
            case PacketType.Unsubscribe:
                return flags == 2 ? ReasonCode.Success : ReasonCode.MalformedPacket;
            case PacketType.Disconnect:
            case PacketType.Auth:
            case PacketType.Connack:
                return flags == 0 ? ReasonCode.Success : ReasonCode.ProtocolError;
            default:
                return flags == 0 ? ReasonCode.Success : ReasonCode.MalformedPacket;
        }
    }
}
