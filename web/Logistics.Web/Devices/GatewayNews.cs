using Logistics.Web.Live;

namespace Logistics.Web.Devices;

/// <summary>Tells open pages how the gateway is, when that has changed and every two seconds at most.</summary>
public sealed class GatewayNews(GatewayViews views, LiveFeed feed, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        GatewayView? told = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (feed.SubscriberCount == 0) continue;
            var now = views.Read();
            if (now == told) continue;
            told = now;
            feed.Publish("gateway", now);
        }
    }
}
