using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Broker;

/// <summary>The external broker this gateway serves as a client of.</summary>
public sealed record BrokerOptions(MqttEndpoint Endpoint)
{
    /// <summary>Client identifiers are this, a dash and the shard's number; the broker keeps a session under each.</summary>
    public string ClientIdPrefix { get; init; } = "logistics-gateway";

    public ProtocolVersion Version { get; init; } = ProtocolVersion.V5;

    /// <summary>One connection for each: the shards. They must not overlap, and each device belongs to one, so that its order holds.</summary>
    public IReadOnlyList<string> Filters { get; init; } = ["lg/v1/locker/+/up/+", "lg/v1/handheld/+/up/+", "lg/v1/vehicle/+/up/+"];

    /// <summary>The broker keeps what it has not handed over for this long while we are away.</summary>
    public uint SessionExpirySeconds { get; init; } = 7 * 24 * 3600;

    public ushort KeepAliveSeconds { get; init; } = 30;
}
