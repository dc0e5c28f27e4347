using System.Collections.Concurrent;
using Logistics.DeviceGateway.Ingest;
using Logistics.Domain.Devices;
using Microsoft.AspNetCore.Connections;

namespace Logistics.DeviceGateway.Listening;

/// <summary>Devices that are connected by another protocol than MQTT. Thread-safe.</summary>
internal sealed class OutsideConnections(EventFeed feed, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, OutsideDevice> _devices = new(StringComparer.Ordinal);

    /// <summary>A device has come; a connection it had before is cut.</summary>
    public OutsideDevice Enter(string device, DeviceKind kind, ConnectionContext connection)
    {
        ConnectionContext? earlier = null;
        _connections.AddOrUpdate(device, connection, (_, known) =>
        {
            earlier = known;
            return connection;
        });
        if (!ReferenceEquals(earlier, connection))
        {
            earlier?.Abort();
        }

        var now = time.GetUtcNow();
        // Milliseconds: two starts within one second must not give the same numbers.
        var entered = _devices.GetOrAdd(device, _ => new OutsideDevice(kind, now.ToUnixTimeMilliseconds()));
        feed.OnConnection(device, kind, isConnected: true, now.ToUnixTimeMilliseconds());
        return entered;
    }

    public void Leave(string device, ConnectionContext connection)
    {
        // Only the last connection's end is the device's leaving.
        if (_connections.TryRemove(new KeyValuePair<string, ConnectionContext>(device, connection)) && _devices.TryGetValue(device, out var left))
        {
            feed.OnConnection(device, left.Kind, isConnected: false, time.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Cuts a device off; for rotation and revocation.</summary>
    public void Cut(string device)
    {
        if (_connections.TryGetValue(device, out var connection))
        {
            connection.Abort();
        }
    }
}

/// <summary>What tells a message of a terminal from every other it sent lately.</summary>
/// <param name="Serial">Its serial number.</param>
/// <param name="Item">Place in a message that holds several, from 0.</param>
/// <param name="At">Time in the message, milliseconds of the Unix epoch.</param>
internal readonly record struct OutsideMessage(ushort Serial, int Item, long At);

/// <summary>Gives a device's events the identity that its own protocol lacks: numbers of this process, and a memory of what is on disk.</summary>
internal sealed class OutsideDevice(DeviceKind kind, long boot)
{
    /// <summary>Messages remembered: a terminal sends again what was not answered within a minute, and a batch may hold some hundred.</summary>
    private const int MemorySize = 2048;

    private readonly Lock _gate = new();
    private readonly Queue<OutsideMessage> _order = new();
    private readonly HashSet<OutsideMessage> _known = [];
    private long _sequence = -1;

    public DeviceKind Kind { get; } = kind;

    public (long Boot, long Sequence) NextIdentity() => (boot, Interlocked.Increment(ref _sequence));

    public bool IsKnown(OutsideMessage message)
    {
        lock (_gate)
        {
            return _known.Contains(message);
        }
    }

    public void Remember(OutsideMessage message)
    {
        lock (_gate)
        {
            if (_known.Add(message))
            {
                _order.Enqueue(message);
            }

            if (_order.Count > MemorySize)
            {
                _known.Remove(_order.Dequeue());
            }
        }
    }
}
