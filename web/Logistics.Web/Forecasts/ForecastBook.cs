using Logistics.Domain;
using Logistics.Forecasting;
using Logistics.Forecasting.Panels;
using Logistics.Planning.Forecasts;
using Logistics.Storage;
using Logistics.Web.Network;

namespace Logistics.Web.Forecasts;

/// <summary>The forecast in force, ready to answer: its run, model, history and stored rows. Immutable.</summary>
/// <param name="Panel">History up to the run's origin.</param>
public sealed record ForecastContext(ForecastRun Run, VolumeForecastModel Model, VolumePanel Panel, IReadOnlyList<ForecastSeries> Series)
{
    /// <summary>Parcels of a usual day of the history, summed when first asked for.</summary>
    public Lazy<double> UsualDay { get; } = new(() => ForecastHistory.FindUsualDay(Panel));
}

/// <summary>Keeps the context of the newest run; a new run, or rows made anew after a calendar change, replaces it. Thread-safe.</summary>
public sealed class ForecastBook(LogisticsStorage storage, NetworkCache cache) : IDisposable
{
    /// <summary>History a model sees: two years say all that weekdays, holidays and promotions repeat.</summary>
    public const int HistoryDays = 800;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile ForecastContext? _current;

    /// <summary>Null before the first training.</summary>
    /// <exception cref="InvalidDataException">The stored model is of another version of the program; the message says what to do.</exception>
    public async Task<ForecastContext?> FindAsync(CancellationToken cancellationToken)
    {
        var run = await storage.ReadAsync(async db => await storage.Forecasts.FindNewestAsync(db, (await cache.GetAsync(db)).Area.Id), cancellationToken);
        if (run is null) return null;
        if (_current is { } hit && hit.Run == run) return hit;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_current is { } made && made.Run == run) return made;
            return _current = await LoadAsync(run, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Volumes to learn from, up to the last complete day before <paramref name="today"/>.</summary>
    public async Task<CleanedPanel?> ReadHistoryAsync(DateOnly today, CancellationToken cancellationToken)
    {
        var volumes = await storage.ReadAsync(db => storage.History.ListAsync(db, PartnerScope.Everyone, today.AddDays(-HistoryDays), today), cancellationToken);
        return ForecastHistory.Clean(volumes, today.AddDays(-1));
    }

    public void Dispose() => _gate.Dispose();

    private async Task<ForecastContext?> LoadAsync(ForecastRun run, CancellationToken cancellationToken)
    {
        var (model, series) = await storage.ReadAsync(async db => (
            await storage.Forecasts.FindModelAsync(db, run.Id),
            (List<ForecastSeries>)[
                .. await storage.Forecasts.ListSeriesAsync(db, run.Id, ForecastScope.Area),
                .. await storage.Forecasts.ListSeriesAsync(db, run.Id, ForecastScope.Terminal),
                .. await storage.Forecasts.ListSeriesAsync(db, run.Id, ForecastScope.Series)]), cancellationToken);
        if (model is null || await ReadHistoryAsync(run.Origin.AddDays(1), cancellationToken) is not { } cleaned) return null;
        using var stream = new MemoryStream(model);
        return new ForecastContext(run, ModelFile.Load(stream), cleaned.Panel, series);
    }
}
