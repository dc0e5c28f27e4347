using System.Globalization;
using Logistics.Planning.Demo;
using Logistics.Storage;
using Logistics.Web.Forecasts;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Logistics.Web.Orders;
using Logistics.Web.Settings;

namespace Logistics.Web.Demo;

/// <summary>Brings the demo city's months of history after the first start, ten days a transaction, so that the pages open at once.</summary>
/// <remarks>Restartable: the days loaded so far are kept with the data, and the generator makes the same history again.</remarks>
public sealed class DemoHistoryLoader(LogisticsStorage storage, FirstForecast forecast, Attention attention, LiveFeed feed, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<DemoHistoryLoader> log) : BackgroundService
{
    private const int DaysPerTransaction = 10;
    private const string Done = "done";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1), Quiet = TimeSpan.FromSeconds(10), MostWait = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        while (!await TryLoadAsync(stoppingToken)) await Task.Delay(Patience, time, stoppingToken);
        // Who looks at a new city for the first time plans it first; a training takes a processor for minutes.
        await attention.WaitForQuietAsync(Quiet, time.GetUtcNow() + MostWait, stoppingToken);
        await forecast.StartIfNoneAsync(stoppingToken);
    }

    private async Task<bool> TryLoadAsync(CancellationToken stoppingToken)
    {
        try
        {
            await LoadAsync(stoppingToken);
            return true;
        }
        catch (StorageException e)
        {
            // A full disk or a busy database: no reason for the host to end.
            log.LogWarning("Demo history: {Reason} It is tried again in a minute.", e.Message);
            return false;
        }
    }

    private async Task LoadAsync(CancellationToken stoppingToken)
    {
        var (progress, demo) = await storage.ReadAsync(
            async db => (await storage.Settings.FindAsync(db, FirstStart.HistorySetting), await storage.Settings.FindAsync(db, AreaViews.DemoSetting)), stoppingToken);
        if (progress is null or Done || demo?.Split(':') is not [var seed, var parcels, var day]) return;
        await Task.Yield();
        var options = new DemoOptions
        {
            Day = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Seed = int.Parse(seed, CultureInfo.InvariantCulture),
            Parcels = int.Parse(parcels, CultureInfo.InvariantCulture),
        };
        var city = await BackgroundThread.RunAsync(() => DemoCity.Generate(options));
        var days = city.History.GroupBy(v => v.Day).OrderByDescending(g => g.Key).ToList();
        var loaded = int.TryParse(progress, CultureInfo.InvariantCulture, out var n) ? n : 0;
        foreach (var chunk in days.Skip(loaded).Chunk(DaysPerTransaction))
        {
            loaded += chunk.Length;
            var text = loaded == days.Count ? Done : loaded.ToString(CultureInfo.InvariantCulture);
            await storage.WriteAsync(async db =>
            {
                await storage.History.SaveAsync(db, chunk.SelectMany(d => d));
                await storage.Settings.SetAsync(db, FirstStart.HistorySetting, text);
            }, stoppingToken);
            feed.Publish("board", new HistoryLoaded(loaded, days.Count));
        }
        log.LogInformation("Demo history: {Days} days loaded", days.Count);
    }
}

/// <summary>How many of the demo's days of history are there.</summary>
public sealed record HistoryLoaded(int Days, int Of);
