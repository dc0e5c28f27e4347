using Logistics.Storage;
using Logistics.Web.Network;
using Logistics.Web.Settings;

namespace Logistics.Web.Schedule;

/// <summary>Erases names, phones and addresses of finished parcels, and where devices and their couriers were, after the retention period; the parcels stay for the statistics.</summary>
public sealed class Retention(LogisticsStorage storage, NetworkCache cache, SettingsBook settings, TimeProvider time) : IScheduledWork
{
    public string Name => "retention";

    public string DescriptionZh => "保留期：到期后清除已完结快件的收件人信息和设备轨迹";

    public string DescriptionEn => "Retention: erases recipients of finished parcels and tracks of devices after the retention period";

    public string DefaultCron => "0 30 3 * * ?";

    public MissedRuns MissedRuns => MissedRuns.RunOnce;

    public Task<Words> RunAsync(CancellationToken cancellationToken) => storage.WriteAsync(async db =>
    {
        var days = (await settings.GetAsync(db)).RetentionDays;
        var before = (await cache.GetAsync(db)).Area.DayOf(time.GetUtcNow()).AddDays(-days);
        var erased = await storage.Orders.EraseRecipientsAsync(db, before);
        var points = await storage.Twins.ForgetTracksAsync(db, time.GetUtcNow().AddDays(-days));
        return new Words(
            $"已清除 {before:yyyy-MM-dd} 之前 {erased} 件完结快件的收件人信息和 {points} 条设备位置（保留 {days} 天）。",
            $"Recipients of {erased} finished parcels before {before:yyyy-MM-dd} and {points} positions of devices erased (kept {days} days).");
    }, cancellationToken);
}
