using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using Logistics.DeviceGateway.Connections;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Ingest;

/// <summary>Committed events and connection changes, for the parts of the application that follow devices.</summary>
/// <remarks>
/// Events come in log order, so in order per device, and only after they are on disk. A follower that falls behind is not
/// waited for and loses nothing: it reads the log until it has caught up. With no follower a commit costs nothing here.
/// </remarks>
public sealed class EventFeed
{
    private const int FollowerCapacity = 4096;
    private const int PageSize = 1000;
    private readonly IDeviceStore _store;
    private readonly ConcurrentDictionary<string, bool> _connected = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private volatile Follower[] _followers = [];
    private volatile Channel<DeviceConnection>[] _watchers = [];

    public EventFeed(IDeviceStore store)
    {
        _store = store;
    }

    /// <summary>Follows the log without end: first what is stored, then what is committed.</summary>
    /// <param name="afterPosition">Exclusive: the position a durable consumer has dealt with; 0 for the beginning.</param>
    public async IAsyncEnumerable<DeviceEvent> FollowAsync(long afterPosition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var follower = new Follower();
        Add(follower);
        try
        {
            var position = afterPosition;
            while (true)
            {
                // What is committed while this reads waits in the channel, or marks it as lagging again.
                follower.ClearLag();
                foreach (var page in ReadPages(position))
                {
                    foreach (var stored in page)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        yield return stored;
                        position = stored.Position;
                    }
                }

                while (!follower.IsLagging)
                {
                    if (!follower.Events.Reader.TryRead(out var live))
                    {
                        await follower.Events.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
                        continue;
                    }

                    if (live.Position > position)
                    {
                        yield return live;
                        position = live.Position;
                    }
                }
            }
        }
        finally
        {
            Remove(follower);
        }
    }

    /// <summary>Connections made and lost, from now on; the oldest are dropped for a watcher that lags.</summary>
    public async IAsyncEnumerable<DeviceConnection> WatchConnectionsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<DeviceConnection>(new BoundedChannelOptions(FollowerCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            _watchers = [.. _watchers, channel];
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers = [.. _watchers.Where(w => w != channel)];
            }
        }
    }

    /// <summary>True while a client of that identifier is connected.</summary>
    public bool IsConnected(string device) => _connected.ContainsKey(device);

    /// <summary>Called by the committer when a group is on disk.</summary>
    internal void OnCommitted(List<DeviceEventRow> rows)
    {
        var followers = _followers;
        // A follower that lags reads the log, so nothing need be made for it.
        if (Array.TrueForAll(followers, static follower => follower.IsLagging))
        {
            return;
        }

        foreach (var row in rows)
        {
            var committed = ToEvent(row);
            foreach (var follower in followers)
            {
                follower.Offer(committed);
            }
        }
    }

    internal void OnConnection(ConnectInfo info, bool isConnected, long atUnixMs)
    {
        var device = info.Device;
        OnConnection(device?.Device ?? info.ClientId, device?.Kind ?? DeviceKind.Unknown, isConnected, atUnixMs);
    }

    internal void OnConnection(string device, DeviceKind kind, bool isConnected, long atUnixMs)
    {
        if (isConnected)
        {
            _connected[device] = true;
        }
        else
        {
            _connected.TryRemove(device, out _);
        }

        foreach (var watcher in _watchers)
        {
            watcher.Writer.TryWrite(new DeviceConnection(device, kind, isConnected, atUnixMs));
        }
    }

    private static DeviceEvent ToEvent(in DeviceEventRow row) => new(
        row.Position,
        row.Kind,
        Encoding.UTF8.GetString(row.Device.Span),
        Encoding.UTF8.GetString(row.Message.Span),
        row.Boot,
        row.Sequence,
        row.AtUnixMs,
        row.ReceivedUnixMs,
        row.QuarantineReason,
        row.Payload.ToArray());

    private IEnumerable<IReadOnlyList<DeviceEvent>> ReadPages(long position)
    {
        while (true)
        {
            var page = _store.ReadEvents(position, PageSize);
            if (page.Count == 0)
            {
                yield break;
            }

            yield return page;
            position = page[^1].Position;
        }
    }

    private void Add(Follower follower)
    {
        lock (_lock)
        {
            _followers = [.. _followers, follower];
        }
    }

    private void Remove(Follower follower)
    {
        lock (_lock)
        {
            _followers = [.. _followers.Where(f => f != follower)];
        }
    }

    private sealed class Follower
    {
        private volatile bool _isLagging;

        public Channel<DeviceEvent> Events { get; } = Channel.CreateBounded<DeviceEvent>(FollowerCapacity);

        public bool IsLagging => _isLagging;

        public void Offer(DeviceEvent committed)
        {
            if (!_isLagging && !Events.Writer.TryWrite(committed))
            {
                _isLagging = true;
            }
        }

        public void ClearLag()
        {
            while (Events.Reader.TryRead(out _))
            {
                // All of these are in the log, which is read next.
            }

            _isLagging = false;
        }
    }
}

/// <summary>A device came or went.</summary>
public sealed record DeviceConnection(string Device, DeviceKind Kind, bool IsConnected, long AtUnixMs);
