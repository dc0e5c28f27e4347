using System.Collections.Concurrent;

namespace Logistics.DeviceGateway.Security;

/// <summary>Counts failed authentications per key (an address, a device) in a minute. Thread-safe.</summary>
internal sealed class FailureThrottle(int maximumPerMinute, TimeProvider time)
{
    /// <summary>Beyond this many keys the window starts anew: an attacker with many addresses must not fill the memory.</summary>
    private const int MaximumKeys = 100_000;

    private readonly ConcurrentDictionary<string, int> _failures = new(StringComparer.Ordinal);
    private long _minute;

    public bool IsBlocked(string key)
    {
        Turn();
        return _failures.TryGetValue(key, out var count) && count >= maximumPerMinute;
    }

    public void Fail(string key)
    {
        Turn();
        _failures.AddOrUpdate(key, 1, static (_, count) => count + 1);
    }

    private void Turn()
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        if (Interlocked.Exchange(ref _minute, minute) != minute || _failures.Count > MaximumKeys)
        {
            _failures.Clear();
        }
    }
}
