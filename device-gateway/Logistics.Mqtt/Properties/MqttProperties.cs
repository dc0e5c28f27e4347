namespace Logistics.Mqtt.Properties;

/// <summary>The property block of one packet, as views into its bytes.</summary>
/// <remarks>A value counts only where <see cref="Has"/> says so; absent ones hold the default of their type.</remarks>
public ref struct MqttProperties
{
    internal ulong Present;

    /// <summary>The block without its length.</summary>
    public ReadOnlySpan<byte> Raw { get; internal set; }

    public int UserPropertyCount { get; internal set; }

    /// <summary>Seconds.</summary>
    public uint SessionExpiryInterval { get; internal set; }

    /// <summary>Seconds.</summary>
    public uint MessageExpiryInterval { get; internal set; }

    /// <summary>Seconds.</summary>
    public uint WillDelayInterval { get; internal set; }

    /// <summary>Bytes.</summary>
    public uint MaximumPacketSize { get; internal set; }

    /// <summary>The last one when several are present.</summary>
    public uint SubscriptionIdentifier { get; internal set; }

    public ushort ReceiveMaximum { get; internal set; }

    public ushort TopicAliasMaximum { get; internal set; }

    public ushort TopicAlias { get; internal set; }

    /// <summary>Seconds.</summary>
    public ushort ServerKeepAlive { get; internal set; }

    public byte PayloadFormatIndicator { get; internal set; }

    public byte RequestProblemInformation { get; internal set; }

    public byte MaximumQos { get; internal set; }

    public byte RetainAvailable { get; internal set; }

    public ReadOnlySpan<byte> ContentType { get; internal set; }

    public ReadOnlySpan<byte> ResponseTopic { get; internal set; }

    public ReadOnlySpan<byte> CorrelationData { get; internal set; }

    public ReadOnlySpan<byte> AssignedClientIdentifier { get; internal set; }

    public ReadOnlySpan<byte> AuthenticationMethod { get; internal set; }

    public ReadOnlySpan<byte> ReasonString { get; internal set; }

    public readonly bool Has(PropertyId id) => (Present & (1UL << (int)id)) != 0;
}
