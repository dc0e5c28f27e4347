using System.Collections.Concurrent;

namespace Logistics.Web.Access;

/// <summary>Slows guessing: failures are counted per account and address, and per address alone; after a few each further one waits longer.</summary>
/// <remarks>
/// Counting per account <em>and</em> address keeps a stranger from locking somebody out. In memory and per host: a second host doubles the guesses, which
/// the password hash still makes expensive. Thread-safe.
/// </remarks>
public sealed class SignInThrottle(TimeProvider time)
{
    private const int FreePerAccount = 5, FreePerAddress = 50, MostEntries = 100_000;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, Failures> _failures = new(StringComparer.OrdinalIgnoreCase);

    private readonly record struct Failures(int Count, DateTimeOffset BlockedUntil, DateTimeOffset Last);

    /// <summary>How long this pair must wait before it may try again; zero when it may try now.</summary>
    public TimeSpan WaitOf(string account, string address)
    {
        var now = time.GetUtcNow();
        var wait = Max(Until(AccountKey(account, address)), Until(AddressKey(address)));
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;

        TimeSpan Until(string key) => _failures.TryGetValue(key, out var f) ? f.BlockedUntil - now : TimeSpan.Zero;
    }

    public void Failed(string account, string address)
    {
        Count(AccountKey(account, address), FreePerAccount);
        Count(AddressKey(address), FreePerAddress);
        if (_failures.Count > MostEntries) Forget();
    }

    public void Succeeded(string account, string address) => _failures.TryRemove(AccountKey(account, address), out _);

    private void Count(string key, int free)
    {
        var now = time.GetUtcNow();
        _failures.AddOrUpdate(key, _ => new Failures(1, now, now), (_, f) =>
        {
            var count = now - f.Last > Longest ? 1 : f.Count + 1;
            // 2 s after the free tries, doubling to 15 minutes.
            var wait = count < free ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(20, count - free + 1))));
            return new Failures(count, now + wait, now);
        });
    }

    private void Forget()
    {
        var old = time.GetUtcNow() - Longest;
        foreach (var (key, f) in _failures)
        {
            if (f.Last < old) _failures.TryRemove(key, out _);
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static string AccountKey(string account, string address) => $"{address} {account}";

    private static string AddressKey(string address) => address;
}
