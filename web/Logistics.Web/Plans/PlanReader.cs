using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Network;

namespace Logistics.Web.Plans;

/// <summary>A stored plan with everything its views need.</summary>
public sealed record PlanReading(DayPlan Plan, PlanViews Views, PlanSummary Summary, IReadOnlyList<TerminalFill> Fill, NetworkSnapshot Network, IReadOnlyDictionary<string, Parcel> Parcels);

/// <summary>Reads a plan and the parcels, shifts and boxes it speaks of, on one snapshot.</summary>
public sealed class PlanReader(LogisticsStorage storage, NetworkCache cache, PlanBook book)
{
    public Task<PlanReading?> ReadAsync(string id, CancellationToken cancellationToken) => storage.ReadAsync(async db =>
    {
        if (await storage.Plans.FindAsync(db, id) is not { } plan) return null;
        var network = await cache.GetAsync(db);
        var shifts = (await storage.Shifts.ListAsync(db, network.Area.Id, plan.Day)).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var named = plan.Routes.SelectMany(r => r.Trips).SelectMany(t => t.Stops).SelectMany(s => s.Tasks).Select(t => t.ParcelId).Concat(plan.Unassigned.Select(u => u.ParcelId)).ToHashSet(StringComparer.Ordinal);
        var parcels = (await storage.Orders.ListByIdAsync(db, PartnerScope.Everyone, named)).ToDictionary(p => p.Id, StringComparer.Ordinal);
        var summary = await book.FindAsync(db, network.Area.Id, id, plan.Day) ?? PlanBook.Summarise(plan, plan.CreatedBy);
        var fill = await storage.Board.ListFillAsync(db, network.Area.Id, plan.Day);
        return new PlanReading(plan, new PlanViews(plan, network, shifts, parcels), summary, fill, network, parcels);
    }, cancellationToken);
}
