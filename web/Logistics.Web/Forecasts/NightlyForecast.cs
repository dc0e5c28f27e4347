using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Network;
using Logistics.Web.Schedule;

namespace Logistics.Web.Forecasts;

/// <summary>Counts yesterday's volumes from its parcels, trains the model and stores the forecasts of the next two weeks.</summary>
public sealed class NightlyForecast(ForecastTrainer trainer, LogisticsStorage storage, NetworkCache cache, TimeProvider time) : IScheduledWork
{
    public const string WorkName = "forecast";

    public string Name => WorkName;

    public string DescriptionZh => "预测：统计昨日件量，训练模型，保存未来两周的预测";

    public string DescriptionEn => "Forecast: counts yesterday's volumes, trains the model, stores the next two weeks";

    public string DefaultCron => "0 40 3 * * ?";

    public MissedRuns MissedRuns => MissedRuns.RunOnce;

    public async Task<Words> RunAsync(CancellationToken cancellationToken)
    {
        await storage.WriteAsync(async db =>
        {
            var area = (await cache.GetAsync(db)).Area;
            await storage.History.RecountAsync(db, area.Id, area.DayOf(time.GetUtcNow()).AddDays(-1));
        }, cancellationToken);
        return await trainer.RunAsync(isQuick: false, cancellationToken);
    }
}
