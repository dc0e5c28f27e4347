using System.Collections.Concurrent;

namespace Logistics.DeviceGateway.Hub;

/// <summary>Items for the hub thread: many writers, one reader that sleeps when there is nothing.</summary>
internal sealed class HubInbox : IDisposable
{
    private readonly ConcurrentQueue<HubItem> _items = new();
    private readonly AutoResetEvent _wake = new(false);
    private int _isSleeping;

    public void Enqueue(HubItem item)
    {
        _items.Enqueue(item);
        // A wake-up costs a system call: only the writer that finds the reader asleep pays it.
        if (Volatile.Read(ref _isSleeping) == 1 && Interlocked.Exchange(ref _isSleeping, 0) == 1)
        {
            _wake.Set();
        }
    }

    public bool TryDequeue(out HubItem item) => _items.TryDequeue(out item!);

    /// <summary>Blocks until there may be an item.</summary>
    public void Wait()
    {
        Volatile.Write(ref _isSleeping, 1);
        Interlocked.MemoryBarrier();
        if (_items.IsEmpty)
        {
            _wake.WaitOne();
        }

        Volatile.Write(ref _isSleeping, 0);
    }

    public void Dispose() => _wake.Dispose();
}
