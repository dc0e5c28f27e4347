using System.Globalization;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Logistics.Web.Orders;

namespace Logistics.Web.Schedule;

/// <summary>Closes the day's intake: from now on order files that name no date mean the next day, and dispatchers hear what the day holds.</summary>
public sealed class IntakeCutOff(LogisticsStorage storage, NetworkCache cache, LiveFeed feed, TimeProvider time) : IScheduledWork
{
    public const string WorkName = "intake-cut-off";
    private const string ClosedSetting = "intake.closedDay", DayFormat = "yyyy-MM-dd";

    public string Name => WorkName;

    public string DescriptionZh => "截单：当天收单截止，之后未写日期的订单文件算次日";

    public string DescriptionEn => "Intake cut-off: closes today's intake; order files without a date then mean the next day";

    public string DefaultCron => "0 0 9 * * ?";

    public MissedRuns MissedRuns => MissedRuns.RunOnce;

    public async Task<Words> RunAsync(CancellationToken cancellationToken)
    {
        var (day, parcels, quarantined) = await storage.WriteAsync(async db =>
        {
            var area = (await cache.GetAsync(db)).Area;
            var today = area.DayOf(time.GetUtcNow());
            await storage.Settings.SetAsync(db, ClosedSetting, today.ToString(DayFormat, CultureInfo.InvariantCulture));
            var filter = new OrderFilter { AreaId = area.Id, Day = today, States = [ParcelState.Promised, ParcelState.Planned] };
            return (today, await storage.Orders.CountAsync(db, PartnerScope.Everyone, filter), await storage.Quarantine.CountOpenAsync(db, PartnerScope.Everyone, area.Id));
        }, cancellationToken);
        feed.Publish("board", new OrdersChanged(day, 0));
        return new Words(
            $"{day:yyyy-MM-dd} 收单已截止：待配送 {parcels} 件，隔离区待处理 {quarantined} 行。",
            $"Intake of {day:yyyy-MM-dd} closed with {parcels} parcels to deliver; {quarantined} rows wait in quarantine.");
    }

    /// <summary>The day a clock reading without a date means: today while intake is open, else tomorrow.</summary>
    public static async Task<DateOnly> OpenDayAsync(Db db, LogisticsStorage storage, ServiceArea area, DateTimeOffset now)
    {
        var today = area.DayOf(now);
        var closed = await storage.Settings.FindAsync(db, ClosedSetting);
        return closed is not null && DateOnly.TryParseExact(closed, DayFormat, out var day) && day >= today ? today.AddDays(1) : today;
    }
}
