namespace Logistics.DeviceSimulator.Load;

/// <summary>Hands out permits at a steady rate, in steps of five milliseconds.</summary>
internal sealed class Pacer : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private readonly SemaphoreSlim _permits = new(0);
    private readonly ITimer _timer;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private long _issued;

    public Pacer(int perSecond)
    {
        _timer = TimeProvider.System.CreateTimer(_ => Issue(perSecond), null, Step, Step);
    }

    /// <summary>Waits for one permit and takes up to <paramref name="maximum"/>.</summary>
    public async ValueTask<int> TakeAsync(int maximum, CancellationToken cancellationToken)
    {
        await _permits.WaitAsync(cancellationToken).ConfigureAwait(false);
        return 1 + Take(Math.Min(3, maximum - 1));
    }

    /// <summary>Takes what is there, without waiting.</summary>
    public int Take(int maximum)
    {
        var taken = 0;
        while (taken < maximum && _permits.Wait(0))
        {
            taken++;
        }

        return taken;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _permits.Dispose();
    }

    private void Issue(int perSecond)
    {
        var due = (long)(TimeProvider.System.GetElapsedTime(_started).TotalSeconds * perSecond);
        var count = (int)(due - Interlocked.Exchange(ref _issued, due));
        if (count > 0)
        {
            _permits.Release(count);
        }
    }
}
