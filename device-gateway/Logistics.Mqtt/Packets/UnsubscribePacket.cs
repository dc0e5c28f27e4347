using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>UNSUBSCRIBE: one or more filters (3.10). Enumerate with <see cref="TryReadNext"/>.</summary>
public ref struct UnsubscribePacket
{
    private MqttReader _filters;

    public ushort PacketId { get; private set; }

    public int FilterCount { get; private set; }

    public MqttProperties Properties;

    public static ReasonCode TryParse(ReadOnlySpan<byte> body, ProtocolVersion version, int maximumUserProperties, int maximumFilters, out UnsubscribePacket packet)
    {
        packet = default;
        var head = FilterListHead.Read(body, version, PropertyScope.Unsubscribe, maximumUserProperties, out var packetId, out packet.Properties, out packet._filters);
        packet.PacketId = packetId;
        if (head != ReasonCode.Success)
        {
            return head;
        }

        var check = packet._filters;
        while (check.Remaining > 0)
        {
            var filter = check.ReadString();
            if (check.HasFailed)
            {
                return check.Error;
            }

            if (!SharedFilter.TryParse(filter, out _))
            {
                return ReasonCode.MalformedPacket;
            }

            if (++packet.FilterCount > maximumFilters)
            {
                return ReasonCode.QuotaExceeded;
            }
        }

        return packet.FilterCount > 0 ? ReasonCode.Success : ReasonCode.MalformedPacket;
    }

    public bool TryReadNext(out ReadOnlySpan<byte> filter)
    {
        filter = default;
        if (_filters.Remaining == 0)
        {
            return false;
        }

        filter = _filters.ReadBinary();
        return true;
    }
}
