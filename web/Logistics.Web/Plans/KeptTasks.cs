namespace Logistics.Web.Plans;

/// <summary>Keeps what lately took long to make, the latest few of it; who asks while it is being made waits for the same one. Thread-safe.</summary>
/// <param name="most">Entries kept; the one not asked for the longest goes first.</param>
/// <param name="isWorthKeeping">False for results that are made again when asked for again; null = all are kept. What failed never is.</param>
public sealed class KeptTasks<TKey, T>(int most, Predicate<T>? isWorthKeeping = null)
    where TKey : notnull
{
    private sealed record Entry(TKey Key, Lazy<Task<T>> Work);

    private readonly Lock _gate = new();
    private readonly List<Entry> _kept = [];

    /// <summary>The result of an entry that is wanted, or of new work on a thread of the pool.</summary>
    /// <param name="key">Of the new entry, should there be none.</param>
    /// <param name="isReplaced">Entries to forget; null = none but the one wanted.</param>
    public Task<T> Get(TKey key, Predicate<TKey> isWanted, Func<Task<T>> make, Predicate<TKey>? isReplaced = null)
    {
        lock (_gate)
        {
            var entry = _kept.FindLast(e => isWanted(e.Key) && IsGood(e)) ?? new Entry(key, new(() => Task.Run(make)));
            _kept.RemoveAll(e => e == entry || isWanted(e.Key) || isReplaced?.Invoke(e.Key) is true);
            Add(entry);
            return entry.Work.Value;
        }
    }

    public Task<T> Get(TKey key, Func<Task<T>> make) => Get(key, k => k.Equals(key), make);

    /// <summary>Keeps what was made elsewhere.</summary>
    public void Keep(TKey key, T value)
    {
        lock (_gate)
        {
            _kept.RemoveAll(e => e.Key.Equals(key));
            Add(new Entry(key, new(Task.FromResult(value))));
        }
    }

    /// <summary>The key asked for last among those that match; default when there is none.</summary>
    public TKey? FindKey(Predicate<TKey> matches)
    {
        lock (_gate) return _kept.FindLast(e => matches(e.Key)) is { } entry ? entry.Key : default;
    }

    private void Add(Entry entry)
    {
        _kept.Add(entry);
        if (_kept.Count > most) _kept.RemoveAt(0);
    }

    private bool IsGood(Entry entry) => !entry.Work.IsValueCreated || !entry.Work.Value.IsCompleted
        || (entry.Work.Value.IsCompletedSuccessfully && isWorthKeeping?.Invoke(entry.Work.Value.Result) is not false);
}
