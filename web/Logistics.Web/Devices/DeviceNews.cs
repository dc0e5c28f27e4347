using Logistics.DeviceGateway.Twins;
using Logistics.Domain.Devices;
using Logistics.Storage;
using Logistics.Web.Live;

namespace Logistics.Web.Devices;

/// <summary>Tells open pages what changed, four times a second at most and never more than a page can show.</summary>
/// <remarks>Of a device only its newest state waits. When thousands change at once, the pages get them in turns, oldest change first, instead of loading everything again.</remarks>
public sealed class DeviceNews(TwinBook book, DeviceViews views, LogisticsStorage storage, LiveFeed feed, TimeProvider time, ILogger<DeviceNews> log) : BackgroundService
{
    private const int MaximumDevices = 500;
    private const int MaximumEvents = 50;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, DeviceSummary> _devices = new(StringComparer.Ordinal);
    private readonly List<DeviceEvent> _events = [];
    private int _skippedEvents;
    private bool _hasAlarms;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        book.Read(Collect);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (Take() is { } news) feed.Publish("device", await ViewAsync(news, stoppingToken));
            }
            catch (StorageException e)
            {
                // News are hints: the page loads the list again when it looks.
                log.LogWarning("News of devices were not sent: {Reason}", e.Message);
            }
        }
    }

    private void Collect(TwinNews news)
    {
        if (feed.SubscriberCount == 0) return;
        lock (_gate)
        {
            foreach (var device in news.Devices) _devices[device.Device] = device;
            foreach (var happened in news.Events)
            {
                if (_events.Count < MaximumEvents) _events.Add(happened);
                else _skippedEvents++;
            }
            _hasAlarms |= news.Raised.Count + news.Ended.Count > 0;
        }
    }

    private Collected? Take()
    {
        lock (_gate)
        {
            if (_devices.Count == 0 && _events.Count == 0) return null;
            var taken = new Collected([.. _devices.Values.Take(MaximumDevices)], [.. _events], _skippedEvents, _hasAlarms);
            if (taken.Devices.Count == _devices.Count) _devices.Clear();
            else foreach (var sent in taken.Devices) _devices.Remove(sent.Device);
            _events.Clear();
            (_skippedEvents, _hasAlarms) = (0, false);
            return taken;
        }
    }

    private async Task<DeviceNewsView> ViewAsync(Collected news, CancellationToken cancellationToken)
    {
        var rows = news.Devices.Count == 0 ? [] : await storage.ReadAsync(db => views.ListAsync(db, news.Devices), cancellationToken);
        return new DeviceNewsView(rows, [.. news.Events.Select(DeviceViews.Event)], news.SkippedEvents, news.HasAlarms);
    }

    private sealed record Collected(IReadOnlyList<DeviceSummary> Devices, IReadOnlyList<DeviceEvent> Events, int SkippedEvents, bool HasAlarms);
}
