using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Formats.Json;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;
using PlanHeader = Logistics.Planning.Days.PlanHeader;

namespace Logistics.Web.Plans;

/// <summary>Edits tried on a plan: either a refusal, or the outcome.</summary>
public sealed record TriedEdits(ProblemHttpResult? Refusal, DayPlan? Base = null, DayModel? Model = null, DayOutcome? Outcome = null);

/// <summary>Makes edits without solving.</summary>
public sealed class PlanEditor(LogisticsStorage storage, NetworkCache cache, DayLoader days, LiveFeed feed)
{
    private const int MostEdits = 500;

    public async Task<TriedEdits> TryAsync(string planId, IReadOnlyList<PlanEditView> views, CancellationToken cancellationToken)
    {
        if (views.Count > MostEdits) return new TriedEdits(ApiProblems.Invalid("edits", null, "range", $"At most {MostEdits} edits are taken at once."));
        var (plan, network, parcels) = await storage.ReadAsync(async db =>
        {
            var found = await storage.Plans.FindAsync(db, planId);
            var snapshot = await cache.GetAsync(db);
            var plannable = found is null ? [] : await storage.Orders.ListPlannableAsync(db, snapshot.Area.Id, found.Day);
            return (found, snapshot, plannable.ToDictionary(p => p.Id, StringComparer.Ordinal));
        }, cancellationToken);
        if (plan is null) return new TriedEdits(ApiProblems.NotFound("plan", planId));
        if (PlanViews.IsRepair(plan)) return new TriedEdits(Running());
        var (edits, problems) = EditWishes.Read(views, plan, network, parcels);
        if (problems.Count > 0) return new TriedEdits(ApiProblems.Invalid(problems, "The edits name something the plan does not have."));
        var planner = await days.PlannerAsync(cancellationToken);
        var model = await planner.BuildAsync(await days.LoadAsync(plan.Day, plan, edits, cancellationToken), cancellationToken);
        var header = new PlanHeader(storage.Ids.New(IdPrefix.Plan), 0, plan.Name, "");
        return new TriedEdits(null, plan, model, planner.Edit(model, header, storage.Ids));
    }

    /// <summary>What a repaired version answers to edits: they would shift what has been driven.</summary>
    public static ProblemHttpResult Running() => ApiProblems.Conflict("This version repairs a running plan, part of which is history. Report what happened and repair it again.", "plan.running");

    public async Task<DayPlan> StoreAsync(TriedEdits tried, Actor actor, CancellationToken cancellationToken)
    {
        var dayJson = DayRecord.Write(tried.Model!.Input);
        var planJson = JsonWriting.Write(tried.Outcome!.Plan, tried.Model.Problem.Name);
        var stored = await storage.WriteAsync(db => storage.Plans.CreateAsync(db, tried.Outcome.DayPlan with { CreatedBy = actor.Id }, dayJson, planJson, actor), cancellationToken);
        feed.Publish("plan", new PlanChanged(stored.Id, stored.Day));
        return stored;
    }
}
