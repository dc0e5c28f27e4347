using Logistics.Domain.Devices;
using Logistics.Mqtt.Topics;

namespace Logistics.DeviceGateway.Hub;

/// <summary>Finds who gets a message. Runs on the hub thread.</summary>
internal sealed class Router(HubState state, Delivery delivery)
{
    private readonly List<Subscription<Session>> _matches = [];
    private readonly List<Target> _targets = [];
    private long _stamp;

    /// <summary>Collects the targets of a topic; <see cref="Send"/> follows if there are any.</summary>
    /// <param name="publisher">Null when the gateway itself publishes.</param>
    /// <returns>True when somebody has subscribed, even if only the publisher, who wants no copy of its own.</returns>
    public bool Match(ReadOnlySpan<byte> topic, Session? publisher)
    {
        _matches.Clear();
        _targets.Clear();
        state.Subscriptions.Match(topic, _matches);
        if (_matches.Count == 0)
        {
            return false;
        }

        _stamp++;
        foreach (var match in _matches)
        {
            if (!match.Options.NoLocal || !ReferenceEquals(match.Subscriber, publisher))
            {
                AddTarget(match);
            }
        }

        return true;
    }

    /// <summary>Sends to the targets of the last <see cref="Match"/>.</summary>
    public void Send(StoredMessage message)
    {
        foreach (var target in _targets)
        {
            var retain = target.RetainAsPublished && message.Retain;
            delivery.Send(target.Session, message, target.Qos, retain, target.Identifiers);
        }
    }

    /// <summary>Keeps or clears the retained message of a topic.</summary>
    public void Retain(StoredMessage message)
    {
        if (message.Payload.Length == 0)
        {
            if (state.Retained.Remove(message.Topic))
            {
                state.Writes.Changes.Add(SessionChange.RemoveRetained(message.Topic));
            }

            return;
        }

        if (state.Retained.Count >= state.Options.MaximumRetained && state.Retained.Find(message.Topic) is null)
        {
            state.Metrics.RetainedRefused(1);
            return;
        }

        state.Retained.Set(message.Topic, message);
        state.Writes.Changes.Add(SessionChange.SaveRetained(message));
    }

    /// <summary>Publishes a message of the gateway's own: a will, or one from the application.</summary>
    public void Publish(StoredMessage message, Session? publisher)
    {
        if (message.Retain)
        {
            Retain(message);
        }

        if (Match(message.Topic, publisher))
        {
            Send(message);
        }
    }

    // One session gets one copy, at the highest QoS of its matching subscriptions, with all their identifiers (3.3.4);
    // a shared subscription is a delivery of its own.
    private void AddTarget(Subscription<Session> match)
    {
        uint[] identifiers = match.Identifier == 0 ? [] : [match.Identifier];
        var session = match.Subscriber;
        var isShared = match.Filter.AsSpan().StartsWith("$share/"u8);
        if (!isShared && session.DeliveryStamp == _stamp)
        {
            var known = _targets[session.DeliveryIndex];
            _targets[session.DeliveryIndex] = known with
            {
                Qos = Math.Max(known.Qos, match.Options.Qos),
                RetainAsPublished = known.RetainAsPublished || match.Options.RetainAsPublished,
                Identifiers = [.. known.Identifiers, .. identifiers],
            };
            return;
        }

        if (!isShared)
        {
            session.DeliveryStamp = _stamp;
            session.DeliveryIndex = _targets.Count;
        }

        _targets.Add(new Target(session, match.Options.Qos, match.Options.RetainAsPublished, identifiers));
    }

    private readonly record struct Target(Session Session, int Qos, bool RetainAsPublished, uint[] Identifiers);
}
