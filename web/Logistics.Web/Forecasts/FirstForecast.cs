using Logistics.Storage;
using Logistics.Web.Network;

namespace Logistics.Web.Forecasts;

/// <summary>Starts a quick first training where there is history and no forecast yet: pages need not wait for the night.</summary>
public sealed class FirstForecast(ForecastTrainer trainer, LogisticsStorage storage, NetworkCache cache, TimeProvider time)
{
    private const int FewestDays = 14;

    public async Task StartIfNoneAsync(CancellationToken cancellationToken)
    {
        var isWanted = await storage.ReadAsync(async db =>
        {
            var area = (await cache.GetAsync(db)).Area;
            if (await storage.Forecasts.FindNewestAsync(db, area.Id) is not null) return false;
            var today = area.DayOf(time.GetUtcNow());
            var volumes = await storage.History.ListAsync(db, PartnerScope.Everyone, today.AddDays(-2 * FewestDays), today);
            return volumes.Select(v => v.Day).Distinct().Count() >= FewestDays;
        }, cancellationToken);
        if (isWanted) trainer.TryStart(isQuick: true);
    }
}
