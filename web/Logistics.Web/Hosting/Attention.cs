namespace Logistics.Web.Hosting;

/// <summary>Knows when the host was last asked for something, so that work nobody waits for keeps out of people's way. Thread-safe.</summary>
public sealed class Attention(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    /// <summary>Somebody asks.</summary>
    public void Note() => Interlocked.Exchange(ref _last, time.GetTimestamp());

    /// <summary>Waits until nobody has asked for anything for <paramref name="quiet"/>, but no longer than until <paramref name="latest"/>: a host that is never quiet does its other work all the same.</summary>
    public async Task WaitForQuietAsync(TimeSpan quiet, DateTimeOffset latest, CancellationToken cancellationToken)
    {
        while (true)
        {
            var left = quiet - time.GetElapsedTime(Interlocked.Read(ref _last));
            var most = latest - time.GetUtcNow();
            if (left <= TimeSpan.Zero || most <= TimeSpan.Zero) return;
            await Task.Delay(left < most ? left : most, time, cancellationToken);
        }
    }

    /// <summary>Every request counts but the live feed's, which open pages hold for hours.</summary>
    public Task NoteAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) && context.Request.Path != "/api/live") Note();
        return next(context);
    }
}
