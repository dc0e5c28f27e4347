namespace Logistics.Domain.Devices;

/// <summary>A durable MQTT session.</summary>
/// <param name="Key">Made by the gateway, never reused.</param>
/// <param name="Version">Protocol level, 3 to 5.</param>
/// <param name="ExpirySeconds"><see cref="uint.MaxValue"/> for never.</param>
/// <param name="DisconnectedAtUnixMs">Null while a client is connected.</param>
/// <param name="Will">Published when the connection is lost; null for none.</param>
public sealed record SessionRow(long Key, string ClientId, int Version, uint ExpirySeconds, long? DisconnectedAtUnixMs, StoredMessage? Will, uint WillDelaySeconds);

/// <summary>A subscription of a durable session.</summary>
/// <param name="Filter">UTF-8, with its <c>$share</c> prefix.</param>
/// <param name="Options">The options byte of MQTT 5.</param>
/// <param name="Identifier">Subscription identifier, 0 for none.</param>
public sealed record SubscriptionRow(long SessionKey, byte[] Filter, byte Options, uint Identifier);

/// <summary>A QoS 2 message that a client has sent and not released.</summary>
public sealed record InboundRow(long SessionKey, int PacketId, StoredMessage Message);

/// <summary>How far a message for a client has come.</summary>
public enum OutboundStage
{
    Queued = 0,
    /// <summary>Sent under its packet identifier, not acknowledged.</summary>
    Sent = 1,
    /// <summary>QoS 2: received by the client; PUBREL under way.</summary>
    Released = 2,
}

/// <summary>A message waiting for, or under way to, a durable session.</summary>
/// <param name="Ordinal">Order within the session.</param>
/// <param name="PacketId">0 while queued.</param>
/// <param name="Qos">As granted to the subscription: 1 or 2.</param>
/// <param name="SubscriptionIdentifiers">Of the subscriptions it matched; empty for none.</param>
public sealed record OutboundRow(long SessionKey, long Ordinal, OutboundStage Stage, int PacketId, int Qos, bool Retain, uint[] SubscriptionIdentifiers, StoredMessage Message);
