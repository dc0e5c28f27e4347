namespace Logistics.DeviceGateway;

/// <summary>How a gateway behaves. The defaults are those of production; <see cref="Open"/> is for test suites.</summary>
public sealed record GatewayOptions
{
    /// <summary>Anonymous clients and any topic, like a general broker; still commits before acknowledging.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Bytes a peer may send before it is authenticated, and the largest CONNECT.</summary>
    public int MaximumConnectSize { get; init; } = 8 * 1024;

    /// <summary>Bytes of the largest packet afterwards.</summary>
    public int MaximumPacketSize { get; init; } = 64 * 1024;

    public int MaximumUserProperties { get; init; } = 64;

    /// <summary>Bytes.</summary>
    public int MaximumTopicLength { get; init; } = 512;

    public int MaximumTopicLevels { get; init; } = 16;

    public int MaximumFiltersPerPacket { get; init; } = 64;

    public int MaximumSubscriptionsPerSession { get; init; } = 64;

    /// <summary>Unacknowledged QoS 1 and 2 messages a client may have under way to us.</summary>
    public ushort ReceiveMaximum { get; init; } = 64;

    public ushort TopicAliasMaximum { get; init; } = 16;

    /// <summary>Unacknowledged messages we have under way to one client, whatever it allows.</summary>
    public int MaximumOutboundInFlight { get; init; } = 64;

    /// <summary>Messages that wait for one session; more are refused, never silently dropped.</summary>
    public int MaximumOutboundQueue { get; init; } = 10_000;

    public int MaximumRetained { get; init; } = 100_000;

    /// <summary>A session lives at most this long without its client.</summary>
    public uint MaximumSessionExpirySeconds { get; init; } = 7 * 24 * 3600;

    /// <summary>Asked of MQTT 5 clients that want a longer keep-alive or none.</summary>
    public ushort MaximumKeepAliveSeconds { get; init; } = 1200;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A packet that has begun must be complete, and a stalled write must move, within this time.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Events per group commit, about.</summary>
    public int MaximumGroupSize { get; init; } = 4000;

    /// <summary>Received bytes that wait for a commit, over all connections; beyond it reading stops.</summary>
    public long MaximumQueuedBytes { get; init; } = 64 * 1024 * 1024;

    public int MaximumConnections { get; init; } = 50_000;

    /// <summary>Connections per remote address and second, beyond which new ones are closed at once.</summary>
    public int MaximumConnectionsPerSecond { get; init; } = 200;

    /// <summary>Failed authentications per remote address, and per device, in a minute.</summary>
    public int MaximumFailuresPerMinute { get; init; } = 10;

    /// <summary>How far a device's clock may run ahead of ours before its events are quarantined.</summary>
    public TimeSpan MaximumClockLead { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How old an event may be when it arrives; devices store and forward for a shift, not for months.</summary>
    public TimeSpan MaximumEventAge { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The settings of an open gateway; the limits are those its users are told.</summary>
    public static GatewayOptions Open { get; } = new()
    {
        IsOpen = true,
        MaximumConnectSize = 64 * 1024,
        MaximumPacketSize = 2_000_000,
        MaximumUserProperties = 64,
        MaximumTopicLength = ushort.MaxValue,
        MaximumTopicLevels = 200,
        MaximumFiltersPerPacket = 1000,
        MaximumSubscriptionsPerSession = 10_000,
        ReceiveMaximum = 20,
        TopicAliasMaximum = 10,
        MaximumSessionExpirySeconds = uint.MaxValue,
        MaximumKeepAliveSeconds = 60,
        MaximumConnectionsPerSecond = int.MaxValue,
    };
}
