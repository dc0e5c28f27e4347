using Logistics.DeviceGateway.Connections;
using Logistics.Domain.Devices;
using Logistics.Mqtt.Packets;
using Logistics.Mqtt.Properties;
using Logistics.Mqtt.Topics;
using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Hub;

/// <summary>SUBSCRIBE and UNSUBSCRIBE. Runs on the hub thread; the packets have been judged by the parser.</summary>
internal sealed class SubscribeFlow(HubState state, Delivery delivery)
{
    private readonly List<StoredMessage> _retained = [];

    public void Subscribe(ClientConnection connection, Session session, ReadOnlySpan<byte> body)
    {
        var version = connection.Info.Version;
        SubscribePacket.TryParse(body, version, int.MaxValue, int.MaxValue, out var packet);
        var reasons = new ReasonCode[packet.FilterCount];
        var added = new List<(Subscription<Session> Subscription, bool IsNew)>(packet.FilterCount);
        for (var i = 0; packet.TryReadNext(out var filter, out var options); i++)
        {
            reasons[i] = Judge(connection, session, filter);
            if (reasons[i] == ReasonCode.Success)
            {
                var subscription = new Subscription<Session>(session, filter.ToArray(), options, packet.Properties.SubscriptionIdentifier);
                added.Add((subscription, IsNew: !Add(session, subscription)));
                reasons[i] = (ReasonCode)options.Qos;
            }
        }

        var span = connection.Output.GetSpan(reasons.Length + 9);
        if (!span.IsEmpty)
        {
            connection.Output.Advance(ServerPackets.WriteSuback(span, packet.PacketId, reasons, version));
        }

        foreach (var (subscription, isNew) in added)
        {
            SendRetained(session, subscription, isNew);
        }
    }

    public void Unsubscribe(ClientConnection connection, Session session, ReadOnlySpan<byte> body)
    {
        var version = connection.Info.Version;
        UnsubscribePacket.TryParse(body, version, int.MaxValue, int.MaxValue, out var packet);
        var reasons = new ReasonCode[packet.FilterCount];
        for (var i = 0; packet.TryReadNext(out var filter); i++)
        {
            reasons[i] = Remove(session, filter) ? ReasonCode.Success : ReasonCode.NoSubscriptionExisted;
        }

        var span = connection.Output.GetSpan(reasons.Length + 9);
        if (!span.IsEmpty)
        {
            connection.Output.Advance(ServerPackets.WriteUnsuback(span, packet.PacketId, reasons, version));
        }
    }

    /// <summary>Puts a subscription in the tree without telling the store.</summary>
    /// <returns>True when it replaced one.</returns>
    public bool Restore(Session session, Subscription<Session> subscription)
    {
        session.Subscriptions[subscription.Filter] = subscription;
        return state.Subscriptions.Add(subscription);
    }

    /// <summary>Takes every subscription of a session out of the tree.</summary>
    public void RemoveAll(Session session)
    {
        foreach (var filter in session.Subscriptions.Keys)
        {
            state.Subscriptions.Remove(filter, session);
        }

        session.Subscriptions.Clear();
    }

    private ReasonCode Judge(ClientConnection connection, Session session, ReadOnlySpan<byte> filter)
    {
        var reason = connection.Access.CheckSubscribe(filter);
        if (reason != ReasonCode.Success)
        {
            return reason;
        }

        if (filter.Length > state.Options.MaximumTopicLength || TopicRules.CountLevels(filter) > state.Options.MaximumTopicLevels + 2)
        {
            return ReasonCode.TopicFilterInvalid;
        }

        var isFull = session.Subscriptions.Count >= state.Options.MaximumSubscriptionsPerSession;
        var isKnown = session.Subscriptions.GetAlternateLookup<ReadOnlySpan<byte>>().ContainsKey(filter);
        return isFull && !isKnown ? ReasonCode.QuotaExceeded : ReasonCode.Success;
    }

    private bool Add(Session session, Subscription<Session> subscription)
    {
        if (session.IsDurable)
        {
            var row = new SubscriptionRow(session.Key, subscription.Filter, subscription.Options.Value, subscription.Identifier);
            state.Writes.Changes.Add(SessionChange.Save(row));
        }

        return Restore(session, subscription);
    }

    private bool Remove(Session session, ReadOnlySpan<byte> filter)
    {
        var lookup = session.Subscriptions.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!lookup.Remove(filter, out var key, out _))
        {
            return false;
        }

        state.Subscriptions.Remove(key, session);
        if (session.IsDurable)
        {
            state.Writes.Changes.Add(SessionChange.RemoveSubscription(session.Key, key));
        }

        return true;
    }

    private void SendRetained(Session session, Subscription<Session> subscription, bool isNew)
    {
        var handling = subscription.Options.RetainHandling;
        var shared = SharedFilter.Parse(subscription.Filter);
        if (shared.IsShared || handling == 2 || (handling == 1 && !isNew))
        {
            return;
        }

        _retained.Clear();
        state.Retained.Match(shared.Filter, _retained);
        uint[] identifiers = subscription.Identifier == 0 ? [] : [subscription.Identifier];
        foreach (var message in _retained)
        {
            if (!message.IsExpired(state.NowUnixMs))
            {
                delivery.Send(session, message, subscription.Options.Qos, retain: true, identifiers);
            }
        }
    }
}
