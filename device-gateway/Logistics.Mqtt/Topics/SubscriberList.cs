namespace Logistics.Mqtt.Topics;

/// <summary>Subscriptions of different subscribers in no order; long lists keep an index, so that a crowd on one filter can come and go.</summary>
internal sealed class SubscriberList<TSubscriber>
    where TSubscriber : class, ISubscriber
{
    /// <summary>Below this many, looking through them is faster than hashing, and costs no memory.</summary>
    private const int IndexedFrom = 16;

    private readonly List<Subscription<TSubscriber>> _items = [];
    private Dictionary<TSubscriber, int>? _index;

    public int Count => _items.Count;

    public Subscription<TSubscriber> this[int position] => _items[position];

    public void CopyTo(List<Subscription<TSubscriber>> matches) => matches.AddRange(_items);

    /// <returns>True when it replaced an older one of the same subscriber.</returns>
    public bool Put(Subscription<TSubscriber> subscription)
    {
        var position = Find(subscription.Subscriber);
        if (position >= 0)
        {
            _items[position] = subscription;
            return true;
        }

        _items.Add(subscription);
        if (_index is null && _items.Count > IndexedFrom)
        {
            _index = new Dictionary<TSubscriber, int>(ReferenceEqualityComparer.Instance);
            for (var i = 0; i < _items.Count; i++)
            {
                _index.Add(_items[i].Subscriber, i);
            }
        }
        else
        {
            _index?.Add(subscription.Subscriber, _items.Count - 1);
        }

        return false;
    }

    public bool Remove(TSubscriber subscriber)
    {
        var position = Find(subscriber);
        if (position < 0)
        {
            return false;
        }

        // The last one takes the free place.
        var last = _items[^1];
        _items[position] = last;
        _items.RemoveAt(_items.Count - 1);
        if (_index is not null)
        {
            _index[last.Subscriber] = position;
            _index.Remove(subscriber);
        }

        return true;
    }

    private int Find(TSubscriber subscriber)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(subscriber, out var position) ? position : -1;
        }

        return _items.FindIndex(item => ReferenceEquals(item.Subscriber, subscriber));
    }
}
