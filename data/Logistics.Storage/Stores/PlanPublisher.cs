using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>Makes a draft the day's plan: supersedes the old one and moves every parcel, or refuses and changes nothing.</summary>
internal sealed class PlanPublisher(PlanStore plans, OrderStore orders, AuditStore audit, TimeProvider time)
{
    public async Task<Outcome<DayPlan>> PublishAsync(Db db, string planId, Actor actor)
    {
        if (await plans.FindAsync(db, planId) is not { } draft) return new Refusal("plan.unknown", $"There is no plan {planId}.");
        await db.LockAsync($"plan:{draft.AreaId}");
        var now = time.GetUtcNow();
        var published = PlanTransitions.Publish(draft, actor.Id, now);
        if (!published.IsAccepted) return published;

        var assignments = Assignments(draft);
        var parcels = await orders.ListByIdAsync(db, PartnerScope.Everyone, assignments.Keys);
        if (await FindObstacleAsync(db, draft, assignments, parcels) is { } obstacle) return obstacle;

        var previous = await plans.FindPublishedAsync(db, draft.AreaId, draft.Day);
        var changed = parcels.ConvertAll(p => Assign(p, assignments[p.Id], now));
        if (previous is not null)
        {
            changed.AddRange(await UnplanAsync(db, previous, assignments, now));
            await PlanStore.SaveStatusAsync(db, PlanTransitions.Supersede(previous).Value!);
        }
        await orders.SaveStatesAsync(db, changed);
        await CompartmentReservations.ReleaseAsync(db, changed.Select(p => p.Id));
        await CompartmentReservations.ReserveAsync(db, Wishes(changed), now);
        await PlanStore.SaveStatusAsync(db, published.Value);
        await audit.WriteAsync(db, actor, "plan.publish", "plan", planId, previous is null ? null : PlanSummary.Of(previous), PlanSummary.Of(published.Value));
        return published;
    }

    private static Dictionary<string, ParcelAssignment> Assignments(DayPlan plan)
    {
        var assignments = new Dictionary<string, ParcelAssignment>();
        foreach (var route in plan.Routes)
        {
            foreach (var stop in route.Trips.SelectMany(t => t.Stops))
            {
                foreach (var task in stop.Tasks)
                {
                    assignments[task.ParcelId] = new ParcelAssignment(plan.Id, route.Id, route.VehicleId, stop.TerminalId, task.CompartmentSize, stop.ServiceStart);
                }
            }
        }
        return assignments;
    }

    /// <summary>The world may have moved since the plan was made; a plan that no longer fits is refused with names.</summary>
    private static async Task<Refusal?> FindObstacleAsync(Db db, DayPlan plan, Dictionary<string, ParcelAssignment> assignments, List<Parcel> parcels)
    {
        if (plan.CountParcels() != assignments.Count) return new Refusal("plan.twice", "The plan handles a parcel twice.");
        if (parcels.Count < assignments.Count)
        {
            var known = parcels.Select(p => p.Id).ToHashSet();
            return new Refusal("plan.parcels", $"The plan names {assignments.Count - parcels.Count} parcel(s) that do not exist, the first {assignments.Keys.First(id => !known.Contains(id))}.");
        }
        var ended = parcels.Where(p => !IsPlaceable(p.State)).ToList();
        if (ended.Count > 0)
        {
            return new Refusal("plan.stale", $"{ended.Count} parcel(s) of the plan can no longer be planned, the first {ended[0].Waybill}, which is {ended[0].State}. Plan again.");
        }
        var madeFrom = plan.CreatedAt - TimeSpan.FromSeconds(plan.Solve?.Seconds ?? 0);
        var revised = await db.ListAsync(
            "select waybill from parcel where revised_at > @at and " + db.Dialect.InList("id", "ids") + " order by waybill",
            r => r.Text("waybill"), ("at", madeFrom), ("ids", assignments.Keys.ToArray()));
        return revised.Count == 0 ? null : new Refusal("plan.stale", $"{revised.Count} order(s) changed after the plan was made, the first {revised[0]}. Plan again.");
    }

    private static bool IsPlaceable(ParcelState state) =>
        state is ParcelState.Promised or ParcelState.Planned || IsUnderWay(state);

    /// <summary>Executed work stays in a re-planned day: its parcels keep their state and take the new version's assignment.</summary>
    private static bool IsUnderWay(ParcelState state) =>
        state is ParcelState.Loaded or ParcelState.Out or ParcelState.Deposited or ParcelState.HandedOver or ParcelState.Collected or ParcelState.Overdue;

    private static Parcel Assign(Parcel parcel, ParcelAssignment assignment, DateTimeOffset now) =>
        IsUnderWay(parcel.State) ? parcel with { Assignment = assignment } : ParcelTransitions.Assign(parcel, assignment, now).Value!;

    private static List<(string ParcelId, string TerminalId, SizeClass Size)> Wishes(List<Parcel> parcels) =>
    [
        .. from p in parcels
           where p.State is ParcelState.Planned or ParcelState.Loaded or ParcelState.Out && p.Assignment is { TerminalId: not null, CompartmentSize: not null }
           orderby p.Assignment!.PlannedAt, p.Id
           select (p.Id, p.Assignment!.TerminalId!, p.Assignment.CompartmentSize!.Value),
    ];

    private async Task<IEnumerable<Parcel>> UnplanAsync(Db db, DayPlan previous, Dictionary<string, ParcelAssignment> kept, DateTimeOffset now)
    {
        var dropped = Assignments(previous).Keys.Where(id => !kept.ContainsKey(id)).ToList();
        var parcels = await orders.ListByIdAsync(db, PartnerScope.Everyone, dropped);
        return parcels.Where(p => p.State == ParcelState.Planned).Select(p => ParcelTransitions.Apply(p, ParcelAction.Unplan, now).Value!);
    }
}
