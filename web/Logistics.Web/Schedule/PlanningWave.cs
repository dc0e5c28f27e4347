using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Network;
using Logistics.Web.Plans;
using Logistics.Web.Settings;

namespace Logistics.Web.Schedule;

/// <summary>Plans the day after the cut-off and leaves a draft for the dispatcher; a day that has a published plan is left alone.</summary>
public sealed class PlanningWave(LogisticsStorage storage, NetworkCache cache, SettingsBook settings, SolveQueue queue, TimeProvider time) : IScheduledWork
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public string Name => "planning-wave";

    public string DescriptionZh => "排线：截单后自动生成当天计划草稿";

    public string DescriptionEn => "Planning wave: plans today as a draft once intake is closed";

    public string DefaultCron => "0 10 9 * * ?";

    public MissedRuns MissedRuns => MissedRuns.RunOnce;

    public async Task<Words> RunAsync(CancellationToken cancellationToken)
    {
        var (day, parcels, published, seconds) = await storage.ReadAsync(async db =>
        {
            var area = (await cache.GetAsync(db)).Area;
            var today = area.DayOf(time.GetUtcNow());
            var plannable = await storage.Orders.ListPlannableAsync(db, area.Id, today);
            return (today, plannable.Count, await storage.Plans.FindPublishedAsync(db, area.Id, today), (await settings.GetAsync(db)).PlanSeconds);
        }, cancellationToken);
        if (parcels == 0) return new Words($"{day:yyyy-MM-dd} 没有需要规划的快件。", $"{day:yyyy-MM-dd} has no parcels to plan.");
        if (published is not null) return new Words($"{day:yyyy-MM-dd} 已发布计划 v{published.Version}。", $"{day:yyyy-MM-dd} already has published version {published.Version}.");
        var request = new SolveRequest(day, seconds, Math.Max(1, Environment.ProcessorCount - 1), 1, null, null, "planning wave");
        var job = queue.TryAdd(day, request, Actor.System(Name)) ?? throw new InvalidOperationException("Too many solves are waiting.");
        while (!job.IsOver) await Task.Delay(Look, time, cancellationToken);
        var view = job.View();
        if (view.Error is { } error) throw new InvalidOperationException($"{error.Title} {error.Detail}");
        return new Words(
            $"{day:yyyy-MM-dd}：快件 {parcels} 件，车辆 {view.Best?.Vehicles} 辆，未排入 {view.Best?.Unassigned} 件。",
            $"{day:yyyy-MM-dd}: {parcels} parcels, {view.Best?.Vehicles} vehicles, {view.Best?.Unassigned} left out.");
    }
}
