using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;
using Quartz;

namespace Logistics.Web.Schedule;

/// <param name="MisfireRule">runOnce: missed runs are made up for once; skip: they are let go.</param>
/// <param name="Runs">How often it has started, on any host.</param>
public sealed record ScheduledJob(
    string Name, string DescriptionZh, string DescriptionEn, string Cron, bool IsPaused, DateTimeOffset? NextFireAt, DateTimeOffset? LastFireAt, string? LastOutcome, Words? LastMessage,
    string MisfireRule, int Runs);

public sealed record ScheduleChange(string? Cron, bool? IsPaused, string? Reason);

/// <summary>The day's rhythm: see it, change it, run it by hand.</summary>
public static class ScheduleApi
{
    public static void MapSchedule(this IEndpointRouteBuilder app)
    {
        var schedule = app.MapGroup("/api/schedule").WithTags("Schedule");
        schedule.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Scheduled work with its last run.");
        schedule.MapPut("/{name}", ChangeAsync).RequireAuthorization(Policies.Administer).WithSummary("Changes when it runs (Quartz cron, in the service area's zone) or pauses it.");
        schedule.MapPost("/{name}/run", RunAsync).RequireAuthorization(Policies.Steer).WithSummary("Runs it now, on one host, whatever the clock says.");
    }

    private static async Task<Ok<List<ScheduledJob>>> ListAsync(ScheduleBook book, CancellationToken cancellationToken) => TypedResults.Ok(await book.ListAsync(cancellationToken));

    private static async Task<Results<Ok<ScheduledJob>, ProblemHttpResult>> ChangeAsync(
        string name, ScheduleChange change, Caller caller, HttpContext context, ScheduleBook book, ISchedulerFactory schedulers, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken)
    {
        if (book.Find(name) is not { } work) return ApiProblems.NotFound("scheduled work", name);
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var key = new TriggerKey(name);
        var before = await book.DescribeAsync(work, cancellationToken);
        if (change.Cron?.Trim() is { } cron && cron != before.Cron)
        {
            if (!CronExpression.TryParse(cron, out _))
            {
                return ApiProblems.Invalid("cron", cron, "format", $"cron \"{cron}\" must be a Quartz expression: second minute hour day month weekday, such as \"0 0 9 * * ?\".");
            }
            await scheduler.RescheduleJob(key, ScheduleSeeder.TriggerOf(work, cron, (await cache.GetAsync(cancellationToken)).Area.Zone()), cancellationToken);
            // A new trigger starts running; a paused one stays paused.
            if (before.IsPaused && change.IsPaused is not false) await scheduler.PauseTrigger(key, cancellationToken);
        }
        if (change.IsPaused is true) await scheduler.PauseTrigger(key, cancellationToken);
        else if (change.IsPaused is false) await scheduler.ResumeTrigger(key, cancellationToken);
        var after = await book.DescribeAsync(work, cancellationToken);
        await storage.WriteAsync(db => storage.Audit.WriteAsync(db, caller.ToActor(change.Reason, context), "schedule.update", "schedule", name, before, after), cancellationToken);
        return TypedResults.Ok(after);
    }

    private static async Task<Results<Accepted<ScheduledJob>, ProblemHttpResult>> RunAsync(
        string name, Caller caller, HttpContext context, ScheduleBook book, ISchedulerFactory schedulers, LogisticsStorage storage, CancellationToken cancellationToken)
    {
        if (book.Find(name) is not { } work) return ApiProblems.NotFound("scheduled work", name);
        await storage.WriteAsync(db => storage.Audit.WriteAsync<ScheduledJob>(db, caller.ToActor("run by hand", context), "schedule.run", "schedule", name, null, null), cancellationToken);
        await (await schedulers.GetScheduler(cancellationToken)).TriggerJob(new JobKey(name), cancellationToken: cancellationToken);
        return TypedResults.Accepted("/api/schedule", await book.DescribeAsync(work, cancellationToken));
    }
}

/// <summary>Describes scheduled work from the job store and the log of runs.</summary>
public sealed class ScheduleBook(IEnumerable<IScheduledWork> works, ISchedulerFactory schedulers, RunLog runs, LogisticsStorage storage)
{
    public IScheduledWork? Find(string name) => works.FirstOrDefault(w => w.Name == name);

    public async Task<List<ScheduledJob>> ListAsync(CancellationToken cancellationToken)
    {
        var jobs = new List<ScheduledJob>();
        foreach (var work in works) jobs.Add(await DescribeAsync(work, cancellationToken));
        return jobs;
    }

    public async Task<ScheduledJob> DescribeAsync(IScheduledWork work, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var key = new TriggerKey(work.Name);
        var trigger = await scheduler.GetTrigger(key, cancellationToken);
        var isPaused = trigger is not null && await scheduler.GetTriggerState(key, cancellationToken) == TriggerState.Paused;
        var (last, count) = await storage.ReadAsync(async db => (await runs.FindAsync(db, work.Name), await runs.CountAsync(db, work.Name)), cancellationToken);
        return new ScheduledJob(
            work.Name, work.DescriptionZh, work.DescriptionEn, (trigger as ICronTrigger)?.CronExpressionString ?? work.DefaultCron, isPaused, isPaused ? null : trigger?.NextFireTimeUtc,
            last?.At, last?.Outcome, last?.Message, work.MissedRuns == MissedRuns.RunOnce ? "runOnce" : "skip", count);
    }
}
