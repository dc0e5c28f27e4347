using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;

namespace Logistics.Web.Live;

public static class LiveApi
{
    private const string PlanEvent = "plan";

    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet("/api/live", Listen)
        .RequireAuthorization(Policies.SignedIn).WithTags("Live").WithSummary("Server-sent events: solve, board, plan, schedule, device, command, gateway, roster, forecast, and a ping every 20 s.");

    private static IResult Listen(Caller caller, LiveFeed feed, LogisticsStorage storage, TimeProvider time, HttpContext context, IHostApplicationLifetime lifetime)
    {
        context.Response.Headers.CacheControl = "no-cache, no-transform";
        // Nginx and its kind would hold events back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(Stream(caller, feed, () => StandingAccount.HoldsAsync(context.User, storage, time), time, lifetime.ApplicationStopping, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<object>> Stream(
        Caller caller, LiveFeed feed, Func<Task<bool>> mayStay, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        // That a plan was published, a courier must hear; the event names the plan and its day, nothing of it.
        var isCourier = caller.Role == Role.Courier;
        var isStaff = caller.Role is Role.Administrator or Role.Dispatcher or Role.Auditor;
        try
        {
            // Listening begins before the page hears that it does, so that nothing falls between.
            var events = feed.Listen(e => isStaff || e.Type == LivePulse.EventType || (isCourier && e.Type == PlanEvent) || (e.PartnerId is not null && e.PartnerId == caller.PartnerId), stop.Token);
            yield return new SseItem<object>(new Ping(time.GetUtcNow()), LivePulse.EventType);
            await foreach (var happened in events)
            {
                // Requests look the account up each time; a stream that lasts for hours does so with every pulse.
                if (happened.Type == LivePulse.EventType && !await mayStay()) yield break;
                yield return new SseItem<object>(happened.Data, happened.Type);
            }
        }
        finally
        {
            await stop.CancelAsync();
        }
    }
}

public sealed record Ping(DateTimeOffset At);

/// <summary>Keeps quiet connections open through proxies that drop idle ones.</summary>
public sealed class LivePulse(LiveFeed feed, TimeProvider time) : BackgroundService
{
    public const string EventType = "ping";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) feed.Publish(EventType, new Ping(time.GetUtcNow()));
    }
}
