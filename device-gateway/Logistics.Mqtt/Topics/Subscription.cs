using Logistics.Mqtt.Packets;

namespace Logistics.Mqtt.Topics;

/// <summary>Who may hold subscriptions: one session.</summary>
public interface ISubscriber
{
    /// <summary>False while the session is offline; a shared group prefers members that are there.</summary>
    bool IsConnected { get; }
}

/// <summary>One subscriber's interest in one filter.</summary>
/// <param name="Subscriber">The session.</param>
/// <param name="Filter">As the client sent it, with its <c>$share</c> prefix.</param>
/// <param name="Options">QoS and the options of MQTT 5.</param>
/// <param name="Identifier">Subscription identifier, 0 for none.</param>
public sealed record Subscription<TSubscriber>(TSubscriber Subscriber, byte[] Filter, SubscriptionOptions Options, uint Identifier)
    where TSubscriber : class, ISubscriber;
