using Logistics.Domain;
using Logistics.Planning.Days.Repairs;
using Logistics.Planning.Formats.Json;
using Logistics.Routing.Model;
using Logistics.Routing.Replanning;
using Logistics.Routing.Search;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using BrokenRule = Logistics.Planning.Days.BrokenRule;
using PlanHeader = Logistics.Planning.Days.PlanHeader;

namespace Logistics.Web.Plans;

/// <summary>Repairs proposed for running plans, kept until somebody accepts or discards them. Thread-safe.</summary>
/// <remarks>A proposal lives on the host that made it: it is an answer to one dispatcher, and asking again costs a second.</remarks>
public sealed class RepairDesk(LogisticsStorage storage, DayLoader days, RunningDays running, PlanReader reader, LiveFeed feed, TimeProvider time)
{
    private const int MostKept = 8;
    private const string IdPrefixOfRepair = "rep";

    private sealed record Proposal(string Id, string PlanId, RunningDay After, RepairWish Wish, Repair Repair, Plan Before);

    private readonly Lock _gate = new();
    private readonly List<Proposal> _kept = [];

    public async Task<Results<Ok<RepairView>, ProblemHttpResult>> ProposeAsync(string planId, RepairWish settings, IReadOnlyList<IncidentWish> wishes, CancellationToken cancellationToken)
    {
        if (await reader.ReadAsync(planId, cancellationToken) is not { } before) return ApiProblems.NotFound("plan", planId);
        if (before.Plan.Status is PlanStatus.Superseded or PlanStatus.Discarded) return ApiProblems.Conflict("This version is not the day's plan any more; repair the newest.", "plan.status");
        var reading = new IncidentWishes(before.Network, settings.At);
        var incidents = await storage.ReadAsync(db => reading.ReadAsync(db, storage, before.Plan, wishes), cancellationToken);
        if (reading.Problems.Count > 0) return ApiProblems.Invalid(reading.Problems, "The incidents name something the day does not have.");
        if (await running.FindAsync(planId, cancellationToken) is not { } day) return ApiProblems.Conflict("This plan was stored without the day it was made of.", "plan.input");
        var wish = settings with { Incidents = incidents, Late = [.. reading.Added.Where(p => !day.Model.JobOfParcel.ContainsKey(p.Id))] };
        var repairer = await days.RepairerAsync(cancellationToken);
        var header = new PlanHeader(storage.Ids.New(IdPrefix.Plan), 0, before.Plan.Name, "");
        var outcome = await Task.Run(() => repairer.RepairAsync(day, wish, header, storage.Ids, cancellationToken), cancellationToken);
        if (outcome is not { After: { } after, Repair: { } repair }) return ApiProblems.Invalid([.. outcome.Faults.Select(f => new FieldProblem("incidents", f.Value, f.Rule, f.Message))], "The plan cannot be repaired after this.");
        var proposal = new Proposal(storage.Ids.New(IdPrefixOfRepair), planId, after, wish, repair, day.Plan);
        lock (_gate)
        {
            _kept.Add(proposal);
            if (_kept.Count > MostKept) _kept.RemoveAt(0);
        }
        return TypedResults.Ok(View(proposal, repair, day, before));
    }

    /// <summary>Stores a proposal as the next version.</summary>
    public async Task<Results<Ok<PlanSummary>, ProblemHttpResult>> AcceptAsync(string planId, string proposalId, Actor actor, CancellationToken cancellationToken)
    {
        if (Take(planId, proposalId) is not { } proposal) return ApiProblems.NotFound("repair proposed on this host", proposalId);
        var dayJson = DayRecord.Write(proposal.After, proposal.Wish);
        var planJson = JsonWriting.Write(proposal.After.Plan, proposal.After.Model.Problem.Name);
        DayPlan stored;
        try
        {
            stored = await storage.WriteAsync(db => storage.Plans.CreateAsync(db, proposal.After.DayPlan with { CreatedBy = actor.Id }, dayJson, planJson, actor), cancellationToken);
        }
        catch (StorageException)
        {
            // Nothing was stored: it can be accepted again.
            lock (_gate) _kept.Add(proposal);
            throw;
        }
        running.Keep(proposal.After with { DayPlan = stored });
        feed.Publish("plan", new PlanChanged(stored.Id, stored.Day));
        return TypedResults.Ok(PlanBook.Summarise(stored, stored.CreatedBy));
    }

    /// <summary>Plans the rest of the day anew, as far as history allows, and says what a proposal costs more than that; null when this host does not have the proposal.</summary>
    public async Task<FreeRepairView?> CompareAsync(string planId, string proposalId, double seconds, CancellationToken cancellationToken)
    {
        Proposal? proposal;
        lock (_gate) proposal = _kept.Find(p => p.Id == proposalId && p.PlanId == planId);
        if (proposal is null) return null;
        var repair = proposal.Repair;
        var started = time.GetTimestamp();
        var search = new SearchOptions { Seed = (ulong)proposal.Wish.Seed, ElapsedSeconds = () => time.GetElapsedTime(started).TotalSeconds, MaxSeconds = seconds };
        var free = await Task.Run(() => Replanner.SolveFreely(repair, search, cancellationToken), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        PreviousAssignment?[] known = PreviousAssignment.ListOf(proposal.Before, repair.Problem.Jobs.Count), then = PreviousAssignment.ListOf(free, repair.Problem.Jobs.Count);
        return new FreeRepairView(
            Fen(repair.CostAfter - repair.Plan.Cost.Disturbance - free.Cost.Total + free.Cost.Disturbance), repair.Plan.Unserved.Count - free.Unserved.Count,
            known.Zip(then).Count(pair => pair.First != pair.Second), Math.Round(time.GetElapsedTime(started).TotalSeconds, 1));
    }

    public bool Discard(string planId, string proposalId) => Take(planId, proposalId) is not null;

    private Proposal? Take(string planId, string proposalId)
    {
        lock (_gate)
        {
            var found = _kept.Find(p => p.Id == proposalId && p.PlanId == planId);
            if (found is not null) _kept.Remove(found);
            return found;
        }
    }

    private static RepairView View(Proposal proposal, Repair repair, RunningDay day, PlanReading before)
    {
        var after = proposal.After.DayPlan;
        var number = before.Plan.Routes.Index().ToDictionary(r => r.Item.VehicleId, r => r.Index + 1, StringComparer.Ordinal);
        var parcels = before.Parcels.ToDictionary(StringComparer.Ordinal);
        foreach (var late in proposal.Wish.Late) parcels[late.Id] = late;
        var views = new PlanViews(after, before.Network, proposal.After.Model.Input.Shifts.ToDictionary(s => s.Id, StringComparer.Ordinal), parcels);
        var changed = after.Routes.Index().Where(r => !IsSame(before.Plan.Routes.FirstOrDefault(b => b.VehicleId == r.Item.VehicleId), r.Item)).ToList();
        var touched = repair.Touched.Select(t => new TouchedParcel(
            proposal.After.Model.Parcels[t.Job].Id, proposal.After.Model.Parcels[t.Job].Waybill, t.Reason, PlaceOf(day.Model, t.Job, t.From), PlaceOf(proposal.After.Model, t.Job, t.To))).ToList();
        return new RepairView(
            proposal.Id, proposal.PlanId, proposal.Wish.At, repair.Violations.Count == 0, Paid(after.Cost) - Paid(before.Plan.Cost),
            Fen(repair.CostUnrepaired - repair.CostBefore), after.Routes.Sum(r => (long)r.DistanceMetres) - before.Plan.Routes.Sum(r => (long)r.DistanceMetres),
            after.Routes.Sum(Seconds) - before.Plan.Routes.Sum(Seconds), after.CountParcels() - before.Plan.CountParcels(), repair.ListLost().Count(), repair.Disturbed, proposal.Wish.MaxDisturbed,
            after.Solve?.Seconds ?? 0, touched,
            [.. repair.Relieved.Select(r => ViolationView.Of(BrokenRule.Of(proposal.After.Model, r), DayRepairer.Words(proposal.After.Model, r.Message)))],
            [.. repair.Violations.Zip(after.Violations, (v, text) => ViolationView.Of(BrokenRule.Of(proposal.After.Model, v), text))],
            [.. changed.Select((r, i) => views.Route(r.Item, number.TryGetValue(r.Item.VehicleId, out var n) ? n : number.Count + 1 + i))]);
    }

    private static TouchedPlace PlaceOf(Logistics.Planning.Days.DayModel model, int job, PreviousAssignment? at) => at is null
        ? new TouchedPlace(null, null)
        : new TouchedPlace(model.Vehicles[at.Vehicle].Vehicle.Plate, model.Places[model.Problem.Jobs[job].Alternatives[at.Alternative].Visits[^1].Place].Name);

    private static bool IsSame(PlannedRoute? before, PlannedRoute after) => before is not null
        && before.End == after.End && before.DistanceMetres == after.DistanceMetres
        && before.Trips.SelectMany(t => t.Stops).SelectMany(s => s.Tasks).Select(t => t.ParcelId).SequenceEqual(after.Trips.SelectMany(t => t.Stops).SelectMany(s => s.Tasks).Select(t => t.ParcelId));

    /// <summary>Money and preferences; prices of parcels left out and of disturbance are paid to nobody.</summary>
    private static long Paid(PlanCost cost) => cost.TotalFen() - cost.UnservedFen - cost.DisturbanceFen;

    private static long Fen(long units) => units / Logistics.Planning.Days.PlanningRules.UnitsPerFen;

    private static long Seconds(PlannedRoute route) => (long)(route.End - route.Start).TotalSeconds;
}
