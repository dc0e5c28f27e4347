using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Planning.Formats.Json;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using PlanHeader = Logistics.Planning.Days.PlanHeader;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Plans;

/// <summary>Edits tried on a plan: either a refusal, or the outcome with its price.</summary>
public sealed record TriedEdits(ProblemHttpResult? Refusal, DayPlan? Base = null, DayModel? Model = null, DayOutcome? Outcome = null, EditPrice? Price = null, NetworkSnapshot? Network = null);

/// <summary>Prices and makes edits without solving.</summary>
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
        var (edits, problems) = EditWishes.Read(views, plan, network, parcels);
        if (problems.Count > 0) return new TriedEdits(ApiProblems.Invalid(problems, "The edits name something the plan does not have."));
        var planner = await days.PlannerAsync(cancellationToken);
        var model = await planner.BuildAsync(await days.LoadAsync(plan.Day, plan, edits, cancellationToken), cancellationToken);
        var header = new PlanHeader(storage.Ids.New(IdPrefix.Plan), 0, plan.Name, "");
        return new TriedEdits(null, plan, model, planner.Edit(model, header, storage.Ids), DayPlanner.Price(model), network);
    }

    /// <summary>What the page shows before the edits are made.</summary>
    public static EditPriceView Price(TriedEdits tried)
    {
        var (price, after, network) = (tried.Price!, tried.Outcome!.DayPlan, tried.Network!);
        var views = new PlanViews(after, network, tried.Model!.Input.Shifts.ToDictionary(s => s.Id, StringComparer.Ordinal), tried.Model.Input.Parcels.ToDictionary(p => p.Id, StringComparer.Ordinal));
        var number = tried.Base!.Routes.Index().ToDictionary(r => r.Item.VehicleId, r => r.Index + 1, StringComparer.Ordinal);
        // A wish can make a parcel impossible (a vehicle of another hub): then its own reason says more than "not part of the problem".
        var planned = tried.Base!.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops).SelectMany(x => x.Tasks).Select(t => t.ParcelId).ToHashSet(StringComparer.Ordinal);
        var ruledOut = tried.Model.RuledOut.Where(u => planned.Contains(u.ParcelId) || price.Problems.Any(p => p.Contains(u.ParcelId, StringComparison.Ordinal))).ToList();
        var violations = price.Violations.Select(v => new ViolationView(v.VehicleId is null ? 0 : number.GetValueOrDefault(v.VehicleId), StopOf(after, v.ParcelId), v.ParcelId is null ? [] : [v.ParcelId], v.Rule, v.Message))
            .Concat(ruledOut.Select(u => new ViolationView(0, null, [u.ParcelId], u.Code, u.Message)))
            .Concat(price.Problems.Where(p => !ruledOut.Exists(u => p.Contains(u.ParcelId, StringComparison.Ordinal))).Select(p => new ViolationView(0, null, [], "edit", p)))
            .ToList();
        // Routes keep the numbers of the plan being edited, so that the page can lay one over the other.
        var changed = after.Routes.Where(r => price.ChangedVehicles.Contains(r.VehicleId)).Select((r, i) => views.Route(r, number.TryGetValue(r.VehicleId, out var n) ? n : number.Count + 1 + i));
        // A removed vehicle is not in the model, so the model's own difference cannot see what its route cost: the plans themselves can.
        var hasLostRoute = tried.Base.Routes.Any(r => !tried.Model.IndexOfVehicle.ContainsKey(r.VehicleId));
        var (cost, metres, seconds) = hasLostRoute
            ? (after.Cost.TotalFen() - tried.Base.Cost.TotalFen(), Metres(after) - Metres(tried.Base), Seconds(after) - Seconds(tried.Base))
            : (price.Difference.TotalFen(), price.DistanceMetres, price.DurationSeconds);
        return new EditPriceView(violations.Count == 0, cost, metres, seconds, violations, [.. changed]);
    }

    private static long Metres(DayPlan plan) => plan.Routes.Sum(r => (long)r.DistanceMetres);

    private static long Seconds(DayPlan plan) => plan.Routes.Sum(r => (long)(r.End - r.Start).TotalSeconds);

    public async Task<DayPlan> StoreAsync(TriedEdits tried, Actor actor, CancellationToken cancellationToken)
    {
        var dayJson = DayRecord.Write(tried.Model!.Input);
        var planJson = JsonWriting.Write(tried.Outcome!.Plan, tried.Model.Problem.Name);
        var stored = await storage.WriteAsync(db => storage.Plans.CreateAsync(db, tried.Outcome.DayPlan with { CreatedBy = actor.Id }, dayJson, planJson, actor), cancellationToken);
        feed.Publish("plan", new PlanChanged(stored.Id, stored.Day));
        return stored;
    }

    private static int? StopOf(DayPlan plan, string? parcelId)
    {
        if (parcelId is null) return null;
        foreach (var route in plan.Routes)
        {
            var index = RouteStops.List(route).FindIndex(e => e.Stop?.Tasks.Any(t => t.ParcelId == parcelId) is true);
            if (index >= 0) return index;
        }
        return null;
    }
}
