using System.Globalization;
using System.Text;
using Logistics.Domain;
using Logistics.OrTools;
using Logistics.Planning.Exact.Rosters;
using Logistics.Planning.Exact.Rosters.Weeks;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Rosters;

/// <summary>The week's roster: look, edit, solve, publish.</summary>
public static class RostersApi
{
    private const double LeastSeconds = 5, MostSeconds = 600, UsualSeconds = 30;

    public static void MapRosters(this IEndpointRouteBuilder app)
    {
        var rosters = app.MapGroup("/api/rosters").WithTags("Rosters");
        rosters.MapGet("/setup", GetSetupAsync).RequireAuthorization(Policies.Read).WithSummary("Shifts, labour rules and how demand is read from parcels.");
        rosters.MapPut("/setup", SaveSetupAsync).RequireAuthorization(Policies.Steer).WithSummary("Changes the setup.");
        rosters.MapGet("/{firstDay}", GetAsync).RequireAuthorization(Policies.Read).WithSummary("The week's draft with coverage, broken wishes and broken rules; firstDay is a Monday.");
        rosters.MapPut("/{firstDay}", SaveAsync).RequireAuthorization(Policies.Steer).WithSummary("Replaces cells, locks and wishes of the draft.");
        rosters.MapPost("/{firstDay}/solve", SolveAsync).RequireAuthorization(Policies.Steer).WithSummary("Fills everything that is not locked; progress in job, the end as a roster event of /api/live.");
        rosters.MapPost("/{firstDay}/cancel", Cancel).RequireAuthorization(Policies.Steer).WithSummary("Ends the solve early; the best roster so far is kept.");
        rosters.MapGet("/{firstDay}/job", FindJob).RequireAuthorization(Policies.Read).WithSummary("The newest solve of the week on this host.");
        rosters.MapPost("/{firstDay}/publish", PublishAsync).RequireAuthorization(Policies.Steer).WithSummary("Makes the roster the shifts of its coming days; refused while a rule is broken.");
        rosters.MapGet("/{firstDay}/export.csv", CsvAsync).RequireAuthorization(Policies.Read).WithSummary("One row for each duty.");
    }

    private static async Task<Ok<RosterSetupView>> GetSetupAsync(LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken) =>
        TypedResults.Ok(RosterSetupView.Of(await storage.ReadAsync(async db => await storage.Rosters.GetSetupAsync(db, (await cache.GetAsync(db)).Area.Id), cancellationToken)));

    private static async Task<Results<Ok<RosterSetupView>, ProblemHttpResult>> SaveSetupAsync(
        RosterSetupView view, Caller caller, HttpContext context, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken)
    {
        if (RosterReading.Check(view) is { Count: > 0 } problems) return ApiProblems.Invalid(problems);
        await storage.WriteAsync(async db => await storage.Rosters.SaveSetupAsync(db, new RosterSetup((await cache.GetAsync(db)).Area.Id)
        {
            Shifts = view.Shifts,
            Rules = view.Rules,
            ParcelsPerCourierHour = view.ParcelsPerCourierHour,
            HourShares = view.HourShares,
            SkillNeeds = view.SkillNeeds,
            ContractMinutes = view.ContractMinutes,
        }, caller.ToActor(null, context)), cancellationToken);
        return TypedResults.Ok(view);
    }

    private static async Task<Results<Ok<RosterView>, ProblemHttpResult>> GetAsync(DateOnly firstDay, LogisticsStorage storage, RosterLoader loader, RosterJobs jobs, ICpSat solver, CancellationToken cancellationToken)
    {
        if (NotMonday(firstDay) is { } refusal) return refusal;
        return TypedResults.Ok(await ViewAsync(await storage.ReadAsync(db => loader.LoadAsync(db, firstDay), cancellationToken), jobs, solver, cancellationToken));
    }

    private static async Task<Results<Ok<RosterView>, ProblemHttpResult>> SaveAsync(
        DateOnly firstDay, RosterDraft draft, Caller caller, HttpContext context, LogisticsStorage storage, RosterLoader loader, RosterJobs jobs, ICpSat solver, LiveFeed feed, CancellationToken cancellationToken)
    {
        if (NotMonday(firstDay) is { } refusal) return refusal;
        var outcome = await storage.WriteAsync<(RosterWeekInput? Saved, ProblemHttpResult? Refusal)>(async db =>
        {
            var input = await loader.LoadAsync(db, firstDay);
            if (RosterReading.Check(draft, input) is { Count: > 0 } problems) return (null, ApiProblems.Invalid(problems));
            var week = input.Week with
            {
                Revision = draft.Revision,
                Cells = [.. draft.Cells.OrderBy(c => c.Day).ThenBy(c => c.CourierId, StringComparer.Ordinal)],
                Wishes = draft.Wishes,
                IsChangedSincePublished = input.Week.PublishedAt is not null,
            };
            return await storage.Rosters.SaveAsync(db, week, "roster.edit", caller.ToActor(null, context)) is { } saved ? (input with { Week = saved }, null) : (null, Changed());
        }, cancellationToken);
        if (outcome.Refusal is { } no) return no;
        feed.Publish("roster", new RosterChanged(firstDay));
        return TypedResults.Ok(await ViewAsync(outcome.Saved!, jobs, solver, cancellationToken));
    }

    private static async Task<Results<Accepted<RosterJobView>, ProblemHttpResult>> SolveAsync(
        DateOnly firstDay, RosterSolveRequest request, Caller caller, HttpContext context, LogisticsStorage storage, RosterLoader loader, RosterJobs jobs, CancellationToken cancellationToken)
    {
        if (NotMonday(firstDay) is { } refusal) return refusal;
        var seconds = request.Seconds ?? UsualSeconds;
        if (!double.IsFinite(seconds) || seconds is < LeastSeconds or > MostSeconds)
            return ApiProblems.Invalid("seconds", seconds.ToString(CultureInfo.InvariantCulture), "range", FormattableString.Invariant($"seconds {seconds} must be {LeastSeconds} to {MostSeconds}."));
        var input = await storage.ReadAsync(db => loader.LoadAsync(db, firstDay), cancellationToken);
        if (input.Week.Revision != request.Revision) return Changed();
        if (!input.Network.Couriers.Any(c => c.IsActive)) return ApiProblems.Conflict("There is no active courier. Add couriers on the Network page first.", "roster.couriers");
        return jobs.TryStart(input, TimeSpan.FromSeconds(seconds), caller.ToActor(null, context)) is { } job
            ? TypedResults.Accepted($"/api/rosters/{firstDay:yyyy-MM-dd}/job", job.View())
            : ApiProblems.Conflict("This week is being solved already. Wait for it or cancel it.", "roster.running");
    }

    private static Results<Ok<RosterJobView>, ProblemHttpResult> Cancel(DateOnly firstDay, RosterJobs jobs)
    {
        if (jobs.Find(firstDay) is not { } job) return ApiProblems.NotFound("roster solve on this host", $"{firstDay:yyyy-MM-dd}");
        job.Cancel();
        return TypedResults.Ok(job.View());
    }

    private static Results<Ok<RosterJobView>, ProblemHttpResult> FindJob(DateOnly firstDay, RosterJobs jobs) =>
        jobs.Find(firstDay) is { } job ? TypedResults.Ok(job.View()) : ApiProblems.NotFound("roster solve on this host", $"{firstDay:yyyy-MM-dd}");

    private static async Task<Results<Ok<RosterView>, ProblemHttpResult>> PublishAsync(
        DateOnly firstDay, RosterPublishRequest request, Caller caller, HttpContext context, LogisticsStorage storage, RosterLoader loader, RosterJobs jobs, ICpSat solver, LiveFeed feed, TimeProvider time, CancellationToken cancellationToken)
    {
        if (NotMonday(firstDay) is { } refusal) return refusal;
        var outcome = await storage.WriteAsync<(RosterWeekInput? Saved, ProblemHttpResult? Refusal)>(async db =>
        {
            var input = await loader.LoadAsync(db, firstDay);
            if (input.Week.Revision != request.Revision) return (null, Changed());
            var today = input.Network.Area.DayOf(time.GetUtcNow());
            if (firstDay.AddDays(RosterWeek.Days) <= today) return (null, ApiProblems.Conflict("The week is over; nothing of it can be published.", "roster.past"));
            var duties = RosterWeekProblem.Duties(input);
            if (duties.Count == 0) return (null, ApiProblems.Conflict("The roster is empty. Solve it or assign shifts first.", "roster.empty"));
            if (RosterFaults.List(RosterWeekProblem.Build(input), duties) is { Count: > 0 } faults)
                return (null, ApiProblems.Create(StatusCodes.Status409Conflict, "The roster breaks rules.", $"{faults.Count} rules are broken; mend them or solve again.", [.. faults.Select(f => new FieldProblem("cells", f.CourierId, $"roster.{f.Kind}", f.Text))]));
            var week = input.Week with { PublishedAt = time.GetUtcNow(), PublishedBy = caller.Name, IsChangedSincePublished = false };
            return await storage.Rosters.PublishAsync(db, week, today, RosterShifts.Of(input, today, storage.Ids), caller.ToActor(request.Reason, context)) is { } saved ? (input with { Week = saved }, null) : (null, Changed());
        }, cancellationToken);
        if (outcome.Refusal is { } no) return no;
        feed.Publish("roster", new RosterChanged(firstDay));
        return TypedResults.Ok(await ViewAsync(outcome.Saved!, jobs, solver, cancellationToken));
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> CsvAsync(DateOnly firstDay, LogisticsStorage storage, RosterLoader loader, CancellationToken cancellationToken)
    {
        if (NotMonday(firstDay) is { } refusal) return refusal;
        var input = await storage.ReadAsync(db => loader.LoadAsync(db, firstDay), cancellationToken);
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        RosterCsv.Write(RosterWeekProblem.Build(input), RosterWeekProblem.Duties(input), text);
        // The mark makes spreadsheets read the names as UTF-8.
        return TypedResults.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())], "text/csv", $"roster-{firstDay:yyyy-MM-dd}.csv");
    }

    private static async Task<RosterView> ViewAsync(RosterWeekInput input, RosterJobs jobs, ICpSat solver, CancellationToken cancellationToken) =>
        RosterViews.View(input, jobs.Find(input.Week.FirstDay)?.View(), await solver.FindProblemAsync(cancellationToken));

    private static ProblemHttpResult? NotMonday(DateOnly day) => day.DayOfWeek == DayOfWeek.Monday
        ? null
        : ApiProblems.Invalid("firstDay", $"{day:yyyy-MM-dd}", "monday", $"firstDay {day:yyyy-MM-dd} is a {day.DayOfWeek}; a roster starts on a Monday.");

    private static ProblemHttpResult Changed() => ApiProblems.Conflict("Somebody else changed this roster meanwhile. Load it again; your change was not saved.", "roster.changed");
}
