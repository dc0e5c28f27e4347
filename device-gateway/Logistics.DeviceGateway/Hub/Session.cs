using Logistics.DeviceGateway.Connections;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Hub;

/// <summary>The MQTT session of one client identifier. Owned by the hub thread.</summary>
internal sealed class Session(long key, string clientId) : ISubscriber
{
    public long Key { get; } = key;

    public string ClientId { get; } = clientId;

    public ProtocolVersion Version { get; set; } = ProtocolVersion.V311;

    /// <summary>Seconds it outlives its connection; 0 for not at all, <see cref="uint.MaxValue"/> for ever.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>True when the store knows it.</summary>
    public bool IsDurable => ExpirySeconds > 0;

    public ClientConnection? Connection { get; set; }

    public bool IsConnected => Connection is not null;

    public long? DisconnectedAtUnixMs { get; set; }

    public Dictionary<byte[], Subscription<Session>> Subscriptions { get; } = new(LevelComparer.Instance);

    /// <summary>QoS 2 messages received and not released, by packet identifier.</summary>
    public Dictionary<ushort, InboundMessage> Inbound { get; } = [];

    public OutboundQueue Outbound { get; } = new();

    public StoredMessage? Will { get; set; }

    public uint WillDelaySeconds { get; set; }

    /// <summary>When a delayed will is due; null when none is pending.</summary>
    public long? WillDueUnixMs { get; set; }

    /// <summary>Marks the router's visit for the current message, and where its delivery stands in the list.</summary>
    public long DeliveryStamp { get; set; }

    public int DeliveryIndex { get; set; }

    public SessionRow ToRow() => new(Key, ClientId, (int)Version, ExpirySeconds, DisconnectedAtUnixMs, Will, WillDelaySeconds);
}

/// <summary>A QoS 2 message between PUBLISH and PUBREL.</summary>
/// <param name="Message">What to route at PUBREL.</param>
/// <param name="Fingerprint">Hash of topic and payload: tells a repeat from a reuse of the identifier.</param>
/// <param name="Repeats">How often the same message came again on this connection.</param>
internal readonly record struct InboundMessage(StoredMessage Message, int Fingerprint, int Repeats);
