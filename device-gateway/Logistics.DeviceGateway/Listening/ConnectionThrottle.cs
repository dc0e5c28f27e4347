using System.Collections.Concurrent;
using Logistics.DeviceGateway.Observing;

namespace Logistics.DeviceGateway.Listening;

/// <summary>Limits connections in all, and new ones per address and second. Thread-safe.</summary>
internal sealed class ConnectionThrottle(GatewayOptions options, GatewayMetrics metrics, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, int> _thisSecond = new(StringComparer.Ordinal);
    private long _second;
    private int _open;

    /// <returns>False when the peer is to be closed at once; otherwise <see cref="Leave"/> must follow.</returns>
    public bool TryEnter(string address)
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        if (Interlocked.Exchange(ref _second, second) != second)
        {
            _thisSecond.Clear();
        }

        if (_thisSecond.AddOrUpdate(address, 1, static (_, count) => count + 1) > options.MaximumConnectionsPerSecond)
        {
            metrics.Refused("ConnectionRateExceeded");
            return false;
        }

        if (Interlocked.Increment(ref _open) > options.MaximumConnections)
        {
            Interlocked.Decrement(ref _open);
            metrics.Refused("TooManyConnections");
            return false;
        }

        return true;
    }

    public void Leave() => Interlocked.Decrement(ref _open);
}
