using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;

namespace Logistics.Mqtt.Packets;

/// <summary>SUBSCRIBE: one or more filters with options (3.8). Enumerate with <see cref="TryReadNext"/>.</summary>
public ref struct SubscribePacket
{
    private MqttReader _filters;

    public ushort PacketId { get; private set; }

    /// <summary>Number of filters, at least 1.</summary>
    public int FilterCount { get; private set; }

    public MqttProperties Properties;

    /// <summary>Parses and judges the whole packet, so that either every filter is processed or none.</summary>
    /// <param name="maximumFilters">More filters than this in one packet are a quota error.</param>
    public static ReasonCode TryParse(ReadOnlySpan<byte> body, ProtocolVersion version, int maximumUserProperties, int maximumFilters, out SubscribePacket packet)
    {
        packet = default;
        var isVersion5 = version == ProtocolVersion.V5;
        var head = FilterListHead.Read(body, version, PropertyScope.Subscribe, maximumUserProperties, out var packetId, out packet.Properties, out packet._filters);
        packet.PacketId = packetId;
        if (head != ReasonCode.Success)
        {
            return head;
        }

        var check = packet._filters;
        while (check.Remaining > 0)
        {
            var filter = check.ReadString();
            var options = check.ReadByte();
            if (check.HasFailed)
            {
                return check.Error;
            }

            if (!SharedFilter.TryParse(filter, out var shared) || !SubscriptionOptions.IsValid(options, isVersion5))
            {
                return ReasonCode.MalformedPacket;
            }

            // [MQTT-3.8.3-4]: No Local makes no sense where members stand in for each other.
            if (shared.IsShared && isVersion5 && new SubscriptionOptions(options).NoLocal)
            {
                return ReasonCode.ProtocolError;
            }

            if (++packet.FilterCount > maximumFilters)
            {
                return ReasonCode.QuotaExceeded;
            }
        }

        return packet.FilterCount > 0 ? ReasonCode.Success : ReasonCode.MalformedPacket;
    }

    public bool TryReadNext(out ReadOnlySpan<byte> filter, out SubscriptionOptions options)
    {
        filter = default;
        options = default;
        if (_filters.Remaining == 0)
        {
            return false;
        }

        filter = _filters.ReadBinary();
        options = new SubscriptionOptions(_filters.ReadByte());
        return true;
    }
}
