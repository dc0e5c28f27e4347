using System.Globalization;
using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Plans;

/// <summary>Plan versions: solve, look, price, edit, publish, compare.</summary>
public static class PlansApi
{
    private const double MostSeconds = 3600;
    private const int MostThreads = 64;

    public static void MapPlans(this IEndpointRouteBuilder app)
    {
        var plans = app.MapGroup("/api/plans").WithTags("Plans");
        plans.MapGet("", ListAsync).RequireAuthorization(Policies.Read).WithSummary("Versions of a day, newest first; without day the latest of every day.");
        plans.MapPost("/solve", Solve).RequireAuthorization(Policies.Steer).WithSummary("Starts a solve; progress by GET or as solve events of /api/live.");
        plans.MapGet("/solve", (SolveQueue queue) => TypedResults.Ok(queue.ListRunning().Select(j => j.View()).ToList())).RequireAuthorization(Policies.Read).WithSummary("Solves that wait or run on this host.");
        plans.MapGet("/solve/{jobId}", FindJob).RequireAuthorization(Policies.Read).WithSummary("A solve's state, curve and best so far.");
        plans.MapPost("/solve/{jobId}/cancel", CancelJob).RequireAuthorization(Policies.Steer).WithSummary("Ends the search early; the best plan so far is kept.");
        plans.MapGet("/compare", CompareAsync).RequireAuthorization(Policies.Read).WithSummary("Two versions side by side.");
        plans.MapGet("/{id}", GetAsync).RequireAuthorization(Policies.Read).WithSummary("A version with routes, unassigned parcels, cost and terminal fill.");
        plans.MapGet("/{id}/parcels", ParcelsAsync).RequireAuthorization(Policies.Read).WithSummary("One compact entry for each assigned parcel.");
        plans.MapPost("/{id}/price", PriceAsync).RequireAuthorization(Policies.Steer).WithSummary("What edits would cost and break, without making them.");
        plans.MapGet("/{id}/takers/{routeNo:int}/{stopNo:int}", TakersAsync).RequireAuthorization(Policies.Steer).WithSummary("The other vehicles that could make a stop as it is, each with its cheapest legal place and the price.");
        plans.MapPost("/{id}/edit", EditAsync).RequireAuthorization(Policies.Steer).WithSummary("Makes edits as they stand: a new draft version.");
        plans.MapPost("/{id}/publish", PublishAsync).RequireAuthorization(Policies.Steer).WithSummary("Publishes a draft: all of it or nothing.");
        plans.MapDelete("/{id}", DiscardAsync).RequireAuthorization(Policies.Steer).WithSummary("Puts a draft aside.");
        plans.MapExports();
    }

    private static async Task<Ok<List<PlanSummary>>> ListAsync(DateOnly? day, LogisticsStorage storage, NetworkCache cache, PlanBook book, CancellationToken cancellationToken) =>
        TypedResults.Ok(await storage.ReadAsync(async db => await book.ListAsync(db, (await cache.GetAsync(db)).Area.Id, day), cancellationToken));

    private static async Task<Results<Accepted<SolveJobView>, ProblemHttpResult>> Solve(
        SolveRequest request, Caller caller, HttpContext context, SolveQueue queue, LogisticsStorage storage, NetworkCache cache, Settings.SettingsBook settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var network = await cache.GetAsync(cancellationToken);
        var options = await settings.GetAsync(cancellationToken);
        var basePlan = request.BasedOn is null ? null : await storage.ReadAsync(db => storage.Plans.FindAsync(db, request.BasedOn), cancellationToken);
        var problems = new List<FieldProblem>();
        if (request.BasedOn is not null && basePlan is null) problems.Add(new FieldProblem("basedOn", request.BasedOn, "plan.unknown", $"There is no plan \"{request.BasedOn}\"."));
        if (basePlan is not null && PlanViews.IsRepair(basePlan)) return PlanEditor.Running();
        if (request.Seconds is { } s && (!double.IsFinite(s) || s is < 0.5 or > MostSeconds)) problems.Add(Range("seconds", s, $"0.5 to {MostSeconds}"));
        if (request.Threads is < 1 or > MostThreads) problems.Add(Range("threads", request.Threads.Value, $"1 to {MostThreads}"));
        if (request.Note?.Length > 200) problems.Add(new FieldProblem("note", null, "range", "note has more than 200 characters."));
        if (request.Edits is { Count: > 0 } && request.BasedOn is null) problems.Add(new FieldProblem("edits", null, "plan.base", "edits need basedOn: the plan they speak of."));
        if (problems.Count > 0) return ApiProblems.Invalid(problems);
        var day = basePlan?.Day ?? request.Day ?? network.Area.DayOf(time.GetUtcNow());
        var job = queue.TryAdd(day, request with { Seconds = request.Seconds ?? options.PlanSeconds, Threads = request.Threads ?? Math.Max(1, Environment.ProcessorCount - 1) }, caller.ToActor(request.Note, context));
        return job is null
            ? ApiProblems.Create(StatusCodes.Status503ServiceUnavailable, "Too many solves are waiting.", "Wait for one to end or cancel one.")
            : TypedResults.Accepted($"/api/plans/solve/{job.Id}", job.View());
    }

    private static Results<Ok<SolveJobView>, ProblemHttpResult> FindJob(string jobId, SolveQueue queue) =>
        queue.Find(jobId) is { } job ? TypedResults.Ok(job.View()) : ApiProblems.NotFound("solve on this host", jobId);

    private static Results<Ok<SolveJobView>, ProblemHttpResult> CancelJob(string jobId, SolveQueue queue)
    {
        if (queue.Find(jobId) is not { } job) return ApiProblems.NotFound("solve on this host", jobId);
        job.Cancel();
        return TypedResults.Ok(job.View());
    }

    private static async Task<Results<Ok<PlanView>, ProblemHttpResult>> GetAsync(string id, PlanReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(id, cancellationToken) is { } read ? TypedResults.Ok(read.Views.View(read.Summary, read.Fill)) : ApiProblems.NotFound("plan", id);

    private static async Task<Results<Ok<IReadOnlyList<PlanParcel>>, ProblemHttpResult>> ParcelsAsync(string id, PlanReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(id, cancellationToken) is { } read ? TypedResults.Ok(read.Views.Parcels()) : ApiProblems.NotFound("plan", id);

    private static Task<Results<Ok<EditPriceView>, ProblemHttpResult>> PriceAsync(string id, IReadOnlyList<PlanEditView> edits, PricingDesk desk, CancellationToken cancellationToken) =>
        desk.PriceAsync(id, edits, cancellationToken);

    private static Task<Results<Ok<TakersView>, ProblemHttpResult>> TakersAsync(string id, int routeNo, int stopNo, PricingDesk desk, CancellationToken cancellationToken) =>
        desk.TakersAsync(id, routeNo, stopNo, cancellationToken);

    private static async Task<Results<Ok<PlanSummary>, ProblemHttpResult>> EditAsync(
        string id, IReadOnlyList<PlanEditView> edits, Caller caller, HttpContext context, PlanEditor editor, CancellationToken cancellationToken)
    {
        var tried = await editor.TryAsync(id, edits, cancellationToken);
        if (tried.Refusal is { } refusal) return refusal;
        var stored = await editor.StoreAsync(tried, caller.ToActor($"edits of version {tried.Base!.Version}", context), cancellationToken);
        return TypedResults.Ok(PlanBook.Summarise(stored, caller.Name));
    }

    private static async Task<Results<Ok<PlanSummary>, ProblemHttpResult>> PublishAsync(
        string id, ReasonBody? body, Caller caller, HttpContext context, LogisticsStorage storage, LiveFeed feed, CancellationToken cancellationToken)
    {
        var outcome = await storage.WriteAsync(db => storage.Plans.PublishAsync(db, id, caller.ToActor(body?.Reason, context)), cancellationToken);
        if (!outcome.IsAccepted) return outcome.Refusal.Code == "plan.unknown" ? ApiProblems.NotFound("plan", id) : ApiProblems.Conflict(outcome.Refusal.Message, outcome.Refusal.Code);
        feed.Publish("plan", new PlanChanged(id, outcome.Value.Day));
        feed.Publish("board", new Orders.OrdersChanged(outcome.Value.Day, outcome.Value.CountParcels()));
        return TypedResults.Ok(PlanBook.Summarise(outcome.Value, outcome.Value.CreatedBy == caller.UserId ? caller.Name : outcome.Value.CreatedBy));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DiscardAsync(string id, Caller caller, HttpContext context, LogisticsStorage storage, LiveFeed feed, CancellationToken cancellationToken)
    {
        var outcome = await storage.WriteAsync(db => storage.Plans.DiscardAsync(db, id, caller.ToActor("discarded", context)), cancellationToken);
        if (!outcome.IsAccepted) return outcome.Refusal.Code == "plan.unknown" ? ApiProblems.NotFound("plan", id) : ApiProblems.Conflict(outcome.Refusal.Message, outcome.Refusal.Code);
        feed.Publish("plan", new PlanChanged(id, outcome.Value.Day));
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<PlanComparisonView>, ProblemHttpResult>> CompareAsync(string a, string b, LogisticsStorage storage, NetworkCache cache, PlanBook book, CancellationToken cancellationToken) =>
        await storage.ReadAsync<Results<Ok<PlanComparisonView>, ProblemHttpResult>>(async db =>
        {
            if (await storage.Plans.FindAsync(db, a) is not { } first) return ApiProblems.NotFound("plan", a);
            if (await storage.Plans.FindAsync(db, b) is not { } second) return ApiProblems.NotFound("plan", b);
            if (first.Day != second.Day) return ApiProblems.Invalid("b", b, "plan.day", $"The plans are of different days, {first.Day:yyyy-MM-dd} and {second.Day:yyyy-MM-dd}.");
            var network = await cache.GetAsync(db);
            var summaries = await book.ListAsync(db, network.Area.Id, first.Day);
            PlanSummary Summary(DayPlan plan) => summaries.Find(p => p.Id == plan.Id) ?? PlanBook.Summarise(plan, plan.CreatedBy);
            return TypedResults.Ok(PlanComparisons.View(PlanComparison.Of(first, second), Summary(first), Summary(second), network));
        }, cancellationToken);

    private static FieldProblem Range(string field, double value, string range) =>
        new(field, value.ToString(CultureInfo.InvariantCulture), "range", string.Create(CultureInfo.InvariantCulture, $"{field} {value} must be {range}."));
}
