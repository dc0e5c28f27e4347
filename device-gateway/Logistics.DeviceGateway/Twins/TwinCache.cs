using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Twins;

/// <summary>The twins at work, at most so many; the others wait in the store. Not thread-safe.</summary>
internal sealed class TwinCache(ITwinStore store, int capacity)
{
    private readonly Dictionary<string, LinkedListNode<LiveTwin>> _known = new(StringComparer.Ordinal);
    private readonly LinkedList<LiveTwin> _byUse = new();

    public void Clear()
    {
        _known.Clear();
        _byUse.Clear();
    }

    public async ValueTask<LiveTwin> GetAsync(string device, DeviceKind kind, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(device, out var node))
        {
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value;
        }

        var stored = await store.FindAsync(device, cancellationToken).ConfigureAwait(false);
        var twin = stored is null ? new LiveTwin(new DeviceTwin(device, kind), []) : new LiveTwin(TwinJson.Read(stored.Doc), [.. stored.ListRecent()]);
        _known[device] = _byUse.AddFirst(twin);
        return twin;
    }

    /// <summary>Lets go of the twins used longest ago. Call between rounds, when nothing unsaved is in them.</summary>
    public void Trim()
    {
        while (_known.Count > capacity)
        {
            var oldest = _byUse.Last!;
            _byUse.RemoveLast();
            _known.Remove(oldest.Value.Twin.Device);
        }
    }
}

/// <summary>A twin and the positions of its device's last events.</summary>
internal sealed class LiveTwin(DeviceTwin twin, List<long> recent)
{
    /// <summary>Events a device's page shows at once.</summary>
    public const int MaximumRecent = 50;

    public DeviceTwin Twin { get; set; } = twin;

    public void Remember(long position)
    {
        // A batch read again after a restart is remembered once.
        if (recent.Count > 0 && position <= recent[^1])
        {
            return;
        }

        recent.Add(position);
        if (recent.Count > MaximumRecent)
        {
            recent.RemoveAt(0);
        }
    }

    public string FormatRecent() => string.Join(',', recent);
}
