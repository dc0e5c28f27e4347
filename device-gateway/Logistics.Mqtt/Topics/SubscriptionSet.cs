namespace Logistics.Mqtt.Topics;

/// <summary>The subscriptions on one filter: plain ones, and shared groups that each take a message once.</summary>
public sealed class SubscriptionSet<TSubscriber>
    where TSubscriber : class, ISubscriber
{
    private readonly SubscriberList<TSubscriber> _plain = new();
    private readonly List<Group> _groups = [];

    public bool IsEmpty => _plain.Count == 0 && _groups.Count == 0;

    /// <returns>True when it replaced an older one of the same subscriber.</returns>
    public bool Add(ReadOnlySpan<byte> group, Subscription<TSubscriber> subscription)
    {
        if (group.IsEmpty)
        {
            return _plain.Put(subscription);
        }

        var found = FindGroup(group);
        if (found is null)
        {
            found = new Group(group.ToArray());
            _groups.Add(found);
        }

        return found.Members.Put(subscription);
    }

    public bool Remove(ReadOnlySpan<byte> group, TSubscriber subscriber)
    {
        if (group.IsEmpty)
        {
            return _plain.Remove(subscriber);
        }

        var found = FindGroup(group);
        if (found is null || !found.Members.Remove(subscriber))
        {
            return false;
        }

        if (found.Members.Count == 0)
        {
            _groups.Remove(found);
        }

        return true;
    }

    /// <summary>Appends every plain subscription and one member of each group.</summary>
    public void Collect(List<Subscription<TSubscriber>> matches)
    {
        _plain.CopyTo(matches);
        foreach (var group in _groups)
        {
            matches.Add(group.Next());
        }
    }

    private Group? FindGroup(ReadOnlySpan<byte> name)
    {
        foreach (var group in _groups)
        {
            if (name.SequenceEqual(group.Name))
            {
                return group;
            }
        }

        return null;
    }

    private sealed class Group(byte[] name)
    {
        private int _turn;

        public byte[] Name { get; } = name;

        public SubscriberList<TSubscriber> Members { get; } = new();

        /// <summary>Takes turns among connected members; with none connected, among all, so that a durable one queues it.</summary>
        public Subscription<TSubscriber> Next()
        {
            for (var i = 0; i < Members.Count; i++)
            {
                _turn = (_turn + 1) % Members.Count;
                if (Members[_turn].Subscriber.IsConnected)
                {
                    return Members[_turn];
                }
            }

            _turn = (_turn + 1) % Members.Count;
            return Members[_turn];
        }
    }
}
