using System.Text.Json;
using Logistics.Domain;
using Logistics.Forecasting;
using Logistics.Planning.Forecasts;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Logistics.Web.Schedule;

namespace Logistics.Web.Forecasts;

public enum TrainingState
{
    Idle,
    Running,
    Done,
    Cancelled,
    Failed,
}

/// <param name="Done">Steps done of <paramref name="Total"/>; both 0 while history is read.</param>
/// <param name="SecondsLeft">Estimated from the steps done; null at the start.</param>
public sealed record TrainingView(TrainingState State, string Step, int Done, int Total, double ElapsedSeconds, double? SecondsLeft, string? Error);

/// <summary>Trains the area's model and stores it with its forecasts: one training at a time on this host, with progress and cancel; it ends with the host. Thread-safe.</summary>
public sealed class ForecastTrainer(LogisticsStorage storage, NetworkCache cache, ForecastBook book, LiveFeed feed, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<ForecastTrainer> log)
{
    private const int RunsKept = 60;

    private readonly Lock _lock = new();
    private CancellationTokenSource? _running;
    private TrainingView _view = new(TrainingState.Idle, "", 0, 0, 0, null, null);
    private long _started;

    public TrainingView View
    {
        get
        {
            lock (_lock) return _view.State == TrainingState.Running ? Timed(_view) : _view;
        }
    }

    /// <summary>Starts in the background.</summary>
    /// <returns>False while one is running.</returns>
    public bool TryStart(bool isQuick)
    {
        if (Enter(CancellationToken.None) is not { } running) return false;
        _ = Task.Run(async () =>
        {
            // The state says how it ended; here it must not take the host down.
#pragma warning disable CA1031
            try
            {
                await RunEnteredAsync(running, isQuick);
            }
            catch (Exception e)
#pragma warning restore CA1031
            {
                log.LogInformation("Training ended without a forecast: {Reason}", e.Message);
            }
        });
        return true;
    }

    /// <summary>Trains now and waits.</summary>
    /// <returns>What was made.</returns>
    /// <exception cref="InvalidOperationException">Another training is running, or there is no history.</exception>
    public async Task<Words> RunAsync(bool isQuick, CancellationToken cancellationToken)
    {
        var running = Enter(cancellationToken) ?? throw new InvalidOperationException("A training is already running.");
        return await RunEnteredAsync(running, isQuick);
    }

    /// <returns>False when nothing runs.</returns>
    public bool Cancel()
    {
        lock (_lock)
        {
            if (_running is null) return false;
            _running.Cancel();
            return true;
        }
    }

    /// <summary>Makes the stored forecasts anew with the calendar as it is now; the model stays.</summary>
    /// <returns>False before the first training.</returns>
    public async Task<bool> ForecastAgainAsync(CancellationToken cancellationToken)
    {
        if (await book.FindAsync(cancellationToken) is not { } context) return false;
        var network = await cache.GetAsync(cancellationToken);
        var series = ForecastMaker.Predict(network.Area.Id, context.Model, context.Panel, ForecastCalendar.Of(network.Calendar), cancellationToken);
        // The time in the report makes the run another record, which is what caches compare.
        var report = JsonSerializer.Deserialize<StoredReport>(context.Run.ReportJson, WireJson.Options)! with { ForecastAt = time.GetUtcNow() };
        await storage.WriteAsync(db => storage.Forecasts.ReplaceSeriesAsync(db, context.Run with { ReportJson = JsonSerializer.Serialize(report, WireJson.Options) }, series), cancellationToken);
        feed.Publish("forecast", View);
        return true;
    }

    private CancellationTokenSource? Enter(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_running is not null) return null;
            _started = time.GetTimestamp();
            _view = new TrainingView(TrainingState.Running, "history", 0, 0, 0, null, null);
            return _running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        }
    }

    private async Task<Words> RunEnteredAsync(CancellationTokenSource running, bool isQuick)
    {
        try
        {
            var sentence = await TrainAsync(isQuick, running.Token);
            End(running, TrainingState.Done, null);
            return sentence;
        }
        catch (OperationCanceledException)
        {
            End(running, TrainingState.Cancelled, null);
            throw;
        }
        catch (Exception e)
        {
            End(running, TrainingState.Failed, e.Message);
            throw;
        }
    }

    private async Task<Words> TrainAsync(bool isQuick, CancellationToken cancellationToken)
    {
        var network = await cache.GetAsync(cancellationToken);
        var area = network.Area;
        var cleaned = await book.ReadHistoryAsync(area.DayOf(time.GetUtcNow()), cancellationToken)
            ?? throw new InvalidOperationException("There are no past volumes yet: a forecast needs at least one closed day.");
        var calendar = ForecastCalendar.Of(network.Calendar);
        var started = time.GetTimestamp();
        var (model, series) = await BackgroundThread.RunAsync(() =>
        {
            var trained = ForecastMaker.Train(area.Id, cleaned.Panel, calendar, isQuick ? ForecastMaker.Quick : new ForecastOptions(), new Steps(this), cancellationToken);
            return (trained, ForecastMaker.Predict(area.Id, trained, cleaned.Panel, calendar, cancellationToken));
        });
        var now = time.GetUtcNow();
        var report = new StoredReport(now, ForecastReport.Of(cleaned, model, isQuick, time.GetElapsedTime(started).TotalSeconds));
        var run = new ForecastRun(storage.Ids.New(IdPrefix.Forecast), area.Id, cleaned.Panel.LastDate, model.Horizon, now, JsonSerializer.Serialize(report, WireJson.Options));
        using var file = new MemoryStream();
        ModelFile.Save(model, file);
        await storage.WriteAsync(async db =>
        {
            await storage.Forecasts.SaveAsync(db, run, file.ToArray(), series);
            await storage.Forecasts.PruneAsync(db, area.Id, RunsKept);
        }, cancellationToken);
        return new Words(
            $"用时 {report.Report.TrainSeconds:0} 秒，预测了 {run.Origin:yyyy-MM-dd} 之后 {model.Horizon} 天，共 {cleaned.Panel.Series.Count} 条序列。",
            $"Forecast {model.Horizon} days after {run.Origin:yyyy-MM-dd} for {cleaned.Panel.Series.Count} series in {report.Report.TrainSeconds:0} s.");
    }

    private void Report(ForecastProgress progress)
    {
        TrainingView view;
        lock (_lock)
        {
            if (_running is null) return;
            _view = _view with { Step = progress.Step, Done = progress.Done, Total = progress.Total };
            view = Timed(_view);
        }
        feed.Publish("forecast", view);
    }

    private void End(CancellationTokenSource running, TrainingState state, string? error)
    {
        TrainingView view;
        lock (_lock)
        {
            view = _view = Timed(_view) with { State = state, Error = error, SecondsLeft = null };
            _running = null;
        }
        running.Dispose();
        feed.Publish("forecast", view);
    }

    private TrainingView Timed(TrainingView view)
    {
        var elapsed = time.GetElapsedTime(_started).TotalSeconds;
        return view with { ElapsedSeconds = Math.Round(elapsed, 1), SecondsLeft = view.Done > 0 ? Math.Round(elapsed * (view.Total - view.Done) / view.Done, 1) : null };
    }

    private sealed class Steps(ForecastTrainer owner) : IProgress<ForecastProgress>
    {
        public void Report(ForecastProgress value) => owner.Report(value);
    }
}

/// <param name="ForecastAt">When the rows were made; later than the training after a calendar change.</param>
public sealed record StoredReport(DateTimeOffset ForecastAt, ForecastReport Report);
