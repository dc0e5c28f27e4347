namespace Logistics.Routing.Search.Moves;

/// <summary>The few most promising positions of a job by estimated price, cheapest first: only these are walked exactly in large problems.</summary>
internal sealed class ShortList
{
    private const int Capacity = 12;
    private readonly Entry[] _entries = new Entry[Capacity];

    public int Count { get; private set; }

    /// <summary>An estimate this high is taken no more.</summary>
    public long Limit { get; private set; } = long.MaxValue;

    public void Clear() => (Count, Limit) = (0, long.MaxValue);

    public Entry this[int index] => _entries[index];

    public void Offer(long estimate, int alternative, int after, int reload, bool isReloadFirst)
    {
        if (estimate >= Limit) return;
        int at = Count < Capacity ? Count++ : Capacity - 1;
        for (; at > 0 && _entries[at - 1].Estimate > estimate; at--) _entries[at] = _entries[at - 1];
        _entries[at] = new Entry(estimate, alternative, after, reload, isReloadFirst);
        if (Count == Capacity) Limit = _entries[Capacity - 1].Estimate;
    }

    public readonly record struct Entry(long Estimate, int Alternative, int After, int Reload, bool IsReloadFirst);
}
