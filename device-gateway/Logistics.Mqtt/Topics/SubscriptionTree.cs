namespace Logistics.Mqtt.Topics;

/// <summary>All subscriptions, found by topic name. Not thread-safe.</summary>
/// <remarks>Matching allocates nothing beyond the growth of the caller's list; it visits only nodes that exist.</remarks>
public sealed class SubscriptionTree<TSubscriber>
    where TSubscriber : class, ISubscriber
{
    private readonly FilterTree _tree = new();

    /// <summary>Number of distinct filters.</summary>
    public int FilterCount => _tree.Count;

    /// <param name="subscription">Its filter is valid.</param>
    /// <returns>True when the subscriber had this filter already (options are replaced).</returns>
    public bool Add(Subscription<TSubscriber> subscription)
    {
        var shared = SharedFilter.Parse(subscription.Filter);
        var set = _tree.Find(shared.Filter);
        if (set is null)
        {
            set = new SubscriptionSet<TSubscriber>();
            _tree.Set(shared.Filter, set);
        }

        return set.Add(shared.Group, subscription);
    }

    /// <returns>False when there was no such subscription.</returns>
    public bool Remove(ReadOnlySpan<byte> filter, TSubscriber subscriber)
    {
        var shared = SharedFilter.Parse(filter);
        var set = _tree.Find(shared.Filter);
        if (set is null || !set.Remove(shared.Group, subscriber))
        {
            return false;
        }

        if (set.IsEmpty)
        {
            _tree.Remove(shared.Filter);
        }

        return true;
    }

    /// <summary>Appends the subscriptions that match; a subscriber with overlapping filters appears once for each.</summary>
    public void Match(ReadOnlySpan<byte> topic, List<Subscription<TSubscriber>> matches) => _tree.Match(topic, matches);

    private sealed class FilterTree : LevelTree<SubscriptionSet<TSubscriber>>
    {
        public void Match(ReadOnlySpan<byte> topic, List<Subscription<TSubscriber>> matches)
        {
            if (Count > 0)
            {
                Match(Root, topic, matches, allowsWildcard: topic[0] != '$');
            }
        }

        private static void Match(Node node, ReadOnlySpan<byte> rest, List<Subscription<TSubscriber>> matches, bool allowsWildcard)
        {
            if (allowsWildcard)
            {
                node.MultiLevel?.Value?.Collect(matches);
            }

            var level = TopicRules.NextLevel(ref rest, out var isLast);
            Step(node.FindLiteral(level), rest, isLast, matches);
            if (allowsWildcard)
            {
                Step(node.SingleLevel, rest, isLast, matches);
            }
        }

        private static void Step(Node? child, ReadOnlySpan<byte> rest, bool isLast, List<Subscription<TSubscriber>> matches)
        {
            if (child is null)
            {
                return;
            }

            if (!isLast)
            {
                Match(child, rest, matches, allowsWildcard: true);
                return;
            }

            child.Value?.Collect(matches);
            // "a/#" matches its parent "a" too (4.7.1.2).
            child.MultiLevel?.Value?.Collect(matches);
        }
    }
}
