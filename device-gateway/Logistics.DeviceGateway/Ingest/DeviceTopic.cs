using Logistics.Domain.Devices;
using Logistics.Mqtt.Topics;

namespace Logistics.DeviceGateway.Ingest;

/// <summary>A topic of the form <c>lg/v1/{kind}/{device}/up/{message}</c> or <c>…/down/{message}</c>.</summary>
public readonly ref struct DeviceTopic
{
    private DeviceTopic(DeviceKind kind, ReadOnlySpan<byte> device, ReadOnlySpan<byte> message, bool isUp)
    {
        Kind = kind;
        Device = device;
        Message = message;
        IsUp = isUp;
    }

    public DeviceKind Kind { get; }

    /// <summary>UTF-8.</summary>
    public ReadOnlySpan<byte> Device { get; }

    /// <summary>UTF-8; for a filter, what stands in place of the message name.</summary>
    public ReadOnlySpan<byte> Message { get; }

    public bool IsUp { get; }

    public static bool TryParse(ReadOnlySpan<byte> topic, out DeviceTopic result)
    {
        result = default;
        if (!topic.StartsWith("lg/v1/"u8))
        {
            return false;
        }

        var rest = topic["lg/v1/"u8.Length..];
        var kind = ParseKind(TopicRules.NextLevel(ref rest, out _));
        var device = TopicRules.NextLevel(ref rest, out _);
        var direction = TopicRules.NextLevel(ref rest, out _);
        var message = TopicRules.NextLevel(ref rest, out var isLast);
        var isUp = direction.SequenceEqual("up"u8);
        if (kind == DeviceKind.Unknown || device.IsEmpty || message.IsEmpty || !isLast || (!isUp && !direction.SequenceEqual("down"u8)))
        {
            return false;
        }

        result = new DeviceTopic(kind, device, message, isUp);
        return true;
    }

    /// <summary>The level that names a kind.</summary>
    public static string NameOf(DeviceKind kind) => kind switch
    {
        DeviceKind.Locker => "locker",
        DeviceKind.Handheld => "handheld",
        DeviceKind.Vehicle => "vehicle",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Expected locker, handheld or vehicle."),
    };

    private static DeviceKind ParseKind(ReadOnlySpan<byte> level)
    {
        if (level.SequenceEqual("locker"u8))
        {
            return DeviceKind.Locker;
        }

        if (level.SequenceEqual("handheld"u8))
        {
            return DeviceKind.Handheld;
        }

        return level.SequenceEqual("vehicle"u8) ? DeviceKind.Vehicle : DeviceKind.Unknown;
    }
}
