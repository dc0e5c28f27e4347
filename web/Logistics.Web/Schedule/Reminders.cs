using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Logistics.Web.Orders;

namespace Logistics.Web.Schedule;

/// <summary>Marks parcels overdue that were not collected within the storage period, and tells dispatchers what waits for them.</summary>
public sealed class Reminders(LogisticsStorage storage, NetworkCache cache, LiveFeed feed, TimeProvider time) : IScheduledWork
{
    public string Name => "reminders";

    public string DescriptionZh => "提醒：标记滞留件，汇总待处理的隔离订单与未发布的计划";

    public string DescriptionEn => "Reminders: marks overdue parcels; sums up quarantine and unpublished plans";

    public string DefaultCron => "0 0/30 7-21 * * ?";

    public MissedRuns MissedRuns => MissedRuns.Skip;

    public async Task<Words> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (day, overdue, quarantined, isPublished) = await storage.WriteAsync(async db =>
        {
            var area = (await cache.GetAsync(db)).Area;
            var latest = now - TimeSpan.FromHours(area.Defaults.StorageHours);
            var waiting = await storage.Orders.ListAsync(db, PartnerScope.Everyone, new OrderFilter { AreaId = area.Id, States = [ParcelState.Deposited], Limit = 0 });
            var late = waiting.Where(p => p.UpdatedAt < latest).ToList();
            foreach (var parcel in late) await storage.Orders.ApplyAsync(db, PartnerScope.Everyone, parcel.Id, ParcelAction.Expire, Actor.System(Name));
            var today = area.DayOf(now);
            var published = await storage.Plans.FindPublishedAsync(db, area.Id, today);
            return (today, late.Count, await storage.Quarantine.CountOpenAsync(db, PartnerScope.Everyone, area.Id), published is not null);
        }, cancellationToken);
        if (overdue > 0) feed.Publish("board", new OrdersChanged(day, overdue));
        return new Words(
            $"新增滞留 {overdue} 件；隔离区待处理 {quarantined} 行；{day:yyyy-MM-dd} 的计划{(isPublished ? "已发布" : "尚未发布")}。",
            $"{overdue} parcels became overdue; {quarantined} rows wait in quarantine; the plan of {day:yyyy-MM-dd} is {(isPublished ? "published" : "not published")}.");
    }
}
