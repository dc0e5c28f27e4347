using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Days.Explaining;
using Logistics.Planning.Days.Repairs;
using Logistics.Planning.Formats.Json;
using Logistics.Planning.Travel;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using PlanHeader = Logistics.Planning.Days.PlanHeader;

namespace Logistics.Web.Plans;

/// <summary>Makes today's model and goes once through search, check and writing after the start, so that the first plan of a dispatcher does not wait for the compiler.</summary>
/// <remarks>Nothing is stored. A day without parcels is left alone. Who plans meanwhile comes first: the round ends then, since the plan compiles what it needs.</remarks>
public sealed class PlannerWarmUp(
    SolveQueue queue, DayModels models, DayLoader days, LogisticsStorage storage, NetworkCache cache, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<PlannerWarmUp> log) : BackgroundService
{
    // Enough rounds for every move to have run; a moment of work.
    private const int Iterations = 300;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await WarmAsync(stoppingToken);
        }
        catch (Exception e) when (e is TravelUnavailableException or StorageException)
        {
            log.LogWarning("Today's plan could not be prepared: {Reason}", e.Message);
        }
    }

    private async Task WarmAsync(CancellationToken stopping)
    {
        var (today, parcels) = await storage.ReadAsync(async db =>
        {
            var area = (await cache.GetAsync(db)).Area;
            var day = area.DayOf(time.GetUtcNow());
            return (day, (await storage.Orders.ListPlannableAsync(db, area.Id, day)).Count);
        }, stopping);
        if (parcels == 0) return;
        var model = await models.GetAsync(today, stopping);
        var planner = await days.PlannerAsync(stopping);
        var settings = new SolveSettings { Seconds = 1, MaxIterations = Iterations, PartsAtOnce = 1 };
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        void Yield(DayProgress progress)
        {
            if (queue.ListRunning().Count > 0) enough.Cancel();
        }

        var outcome = await BackgroundThread.RunAsync(() => planner.Solve(model, settings, new PlanHeader(storage.Ids.New(IdPrefix.Plan), 0, "", ""), storage.Ids, Yield, enough.Token));
        if (queue.ListRunning().Count > 0) return;
        DayRecord.Write(model.Input);
        JsonWriting.Write(outcome.Plan, model.Problem.Name);
        AskOnce(new RunningDay(outcome.DayPlan, model, outcome.Plan), stopping);
        _ = new EditPricer(model with { Input = model.Input with { Base = outcome.DayPlan, BaseAnswer = outcome.Plan } }).Price([]);
    }

    /// <summary>A question about the stop that the fewest vehicles could take over.</summary>
    private static void AskOnce(RunningDay day, CancellationToken stopping)
    {
        int Carriers(string parcelId) => day.Model.Problem.Jobs[day.Model.JobOfParcel[parcelId]].Alternatives.Max(a => a.AllowedVehicles?.Count ?? day.Model.Vehicles.Count);
        var stop = day.DayPlan.Routes.SelectMany(r => r.Trips.SelectMany(t => t.Stops).Where(s => s.Tasks.Count > 0).Select(s => (r.VehicleId, s.Tasks))).MinBy(s => Carriers(s.Tasks[0].ParcelId));
        if (stop.Tasks is not null) DayExplainer.ExplainStop(day, stop.VehicleId, [.. stop.Tasks.Select(t => t.ParcelId)], stopping);
    }
}
