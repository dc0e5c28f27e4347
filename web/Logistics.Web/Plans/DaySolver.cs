using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Days.Repairs;
using Logistics.Planning.Formats.Json;
using Logistics.Planning.Travel;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using PlanHeader = Logistics.Planning.Days.PlanHeader;

namespace Logistics.Web.Plans;

/// <summary>Works the queue: build the day, search, check, store a new version. Cancelling keeps the best plan found so far.</summary>
public sealed class DaySolver(
    SolveQueue queue, DayLoader days, DayModels models, PricingDesk desk, RunningDays running, LogisticsStorage storage, NetworkCache cache, LiveFeed feed, SeparateDelivery separate, TimeProvider time, ILogger<DaySolver> log) : BackgroundService
{
    private static readonly TimeSpan AnnounceEvery = TimeSpan.FromMilliseconds(400);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var job in queue.TakeAll(stoppingToken)) await RunAsync(job, stoppingToken);
    }

    private async Task RunAsync(SolveJob job, CancellationToken stopping)
    {
        try
        {
            await SolveAsync(job, stopping);
        }
        catch (OperationCanceledException)
        {
            job.FinishCancelled();
        }
        catch (Exception e) when (e is TravelUnavailableException or StorageException or EditRefusedException)
        {
            IReadOnlyList<FieldProblem>? problems = e is EditRefusedException refused ? refused.Problems : Troubles.Find(e) is { } trouble ? [trouble] : null;
            job.Fail(new SolveError("The day could not be planned.", StatusCodes.Status409Conflict, e.Message, problems));
        }
        // The queue must go on whatever one day's data do to the planner.
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogError(e, "Solve {Job} of {Day} failed", job.Id, job.Day);
            job.Fail(new SolveError("The planner failed.", StatusCodes.Status500InternalServerError, e.Message, [new FieldProblem("", null, "planner.failed", e.Message)]));
        }
        queue.Announce(job);
    }

    private async Task SolveAsync(SolveJob job, CancellationToken stopping)
    {
        // Cancelling a queued job ends it; once the search runs it ends with its best plan.
        using var beforeSearch = CancellationTokenSource.CreateLinkedTokenSource(stopping, job.Cancelled);
        beforeSearch.Token.ThrowIfCancellationRequested();
        var begun = time.GetTimestamp();
        Enter(job, SolveState.Building);
        var (basePlan, edits) = await ReadBaseAsync(job, beforeSearch.Token);
        var planner = await days.PlannerAsync(beforeSearch.Token);
        var model = basePlan is null && edits.Count == 0
            ? await models.GetAsync(job.Day, beforeSearch.Token)
            : await planner.BuildAsync(await days.LoadAsync(job.Day, basePlan, edits, beforeSearch.Token), beforeSearch.Token);

        Enter(job, SolveState.Solving);
        // What building the day took is part of the budget, but the search keeps at least half of it.
        var budget = job.Request.Seconds!.Value;
        var outcome = await SearchAsync(job, planner, model, Math.Max(budget / 2, budget - time.GetElapsedTime(begun).TotalSeconds), stopping);
        Enter(job, SolveState.Checking);
        var dayJson = DayRecord.Write(model.Input);
        var planJson = JsonWriting.Write(outcome.Plan, model.Problem.Name);
        Enter(job, SolveState.Storing);
        var stored = await storage.WriteAsync(db => storage.Plans.CreateAsync(db, outcome.DayPlan, dayJson, planJson, job.Actor), stopping);
        running.Keep(new RunningDay(stored, model, outcome.Plan));
        job.Finish(stored);
        feed.Publish("plan", new PlanChanged(stored.Id, stored.Day));
        // The first drag should not wait for what it needs, nor should it wait for the yardstick.
        _ = desk.PrepareAsync(stored.Id).ContinueWith(_ => separate.Ask(stored.Id), TaskScheduler.Default);
    }

    private async Task<DayOutcome> SearchAsync(SolveJob job, DayPlanner planner, DayModel model, double seconds, CancellationToken stopping)
    {
        using var endSearch = CancellationTokenSource.CreateLinkedTokenSource(stopping, job.Cancelled);
        var header = new PlanHeader(storage.Ids.New(IdPrefix.Plan), 0, job.Request.Note?.Trim() ?? "", job.Actor.Id);
        var settings = new SolveSettings { Seconds = seconds, Threads = job.Request.Threads ?? 1, Seed = job.Request.Seed ?? 1 };
        await using var announcer = time.CreateTimer(_ => queue.Announce(job), null, AnnounceEvery, AnnounceEvery);
        return await Task.Run(() => planner.Solve(model, settings, header, storage.Ids, p => job.Report(p, model.RuledOut.Count), endSearch.Token), CancellationToken.None);
    }

    private async Task<(DayPlan? Base, IReadOnlyList<PlanEdit> Edits)> ReadBaseAsync(SolveJob job, CancellationToken cancellationToken)
    {
        if (job.Request.BasedOn is not { } id) return (null, []);
        return await storage.ReadAsync(async db =>
        {
            var plan = await storage.Plans.FindAsync(db, id) ?? throw new EditRefusedException([new FieldProblem("basedOn", id, "plan.unknown", $"There is no plan \"{id}\".")]);
            var network = await cache.GetAsync(db);
            var parcels = (await storage.Orders.ListPlannableAsync(db, network.Area.Id, job.Day)).ToDictionary(p => p.Id, StringComparer.Ordinal);
            var (edits, problems) = EditWishes.Read(job.Request.Edits ?? [], plan, network, parcels);
            if (problems.Count > 0) throw new EditRefusedException(problems);
            return ((DayPlan?)plan, edits);
        }, cancellationToken);
    }

    private void Enter(SolveJob job, SolveState state)
    {
        job.Enter(state);
        queue.Announce(job);
    }
}

/// <summary>The base plan or an edit does not exist any more.</summary>
public sealed class EditRefusedException(IReadOnlyList<FieldProblem> problems) : Exception(string.Join(' ', problems.Select(p => p.Message)))
{
    public IReadOnlyList<FieldProblem> Problems { get; } = problems;
}

/// <summary>Tells the open pages that a version was added or published.</summary>
public sealed record PlanChanged(string PlanId, DateOnly Day);
