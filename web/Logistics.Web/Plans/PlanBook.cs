using System.Collections.Concurrent;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Board;

namespace Logistics.Web.Plans;

/// <summary>Plan versions as lists show them. What a version sums up to never changes, so it is counted once and kept. Thread-safe.</summary>
public sealed class PlanBook(LogisticsStorage storage)
{
    private const int MostKept = 500;

    private sealed record Totals(long DistanceMetres, long DurationSeconds, int Stops, long UnservedFen);

    private readonly ConcurrentDictionary<string, Totals> _totals = new(StringComparer.Ordinal);

    /// <summary>Newest version first, without discarded ones.</summary>
    public async Task<List<PlanSummary>> ListAsync(Db db, string areaId, DateOnly? day)
    {
        var headers = await storage.Plans.ListAsync(db, areaId, day, limit: day is null ? 100 : 200);
        var names = (await storage.Users.ListAsync(db)).ToDictionary(u => u.Id, u => u.SignInName, StringComparer.Ordinal);
        var summaries = new List<PlanSummary>(headers.Count);
        foreach (var header in headers.Where(h => h.Status != PlanStatus.Discarded)) summaries.Add(View(header, await TotalsAsync(db, header.Id), names));
        return summaries;
    }

    public async Task<PlanSummary?> FindAsync(Db db, string areaId, string planId, DateOnly day) => (await ListAsync(db, areaId, day)).Find(p => p.Id == planId);

    public static PlanSummary Summarise(DayPlan plan, string createdBy) => View(
        new PlanHeader(plan.Id, plan.AreaId, plan.Day, plan.Version, plan.Name, plan.Status, plan.ParentId, plan.CreatedAt, plan.CreatedBy, plan.PublishedAt, plan.PublishedBy,
            plan.CountParcels(), plan.Unassigned.Count, plan.Routes.Count, plan.Violations.Count, plan.Cost.TotalFen(), plan.ProblemHash, plan.ResultHash),
        Count(plan), new Dictionary<string, string>(StringComparer.Ordinal) { [plan.CreatedBy] = createdBy });

    private static PlanSummary View(PlanHeader h, Totals totals, Dictionary<string, string> names) => new(
        h.Id, h.Day, h.Version, Enum.Parse<PlanStateView>(h.Status.ToString()), h.CreatedAt, names.GetValueOrDefault(h.CreatedBy, h.CreatedBy), h.PublishedAt, h.Name, h.TotalFen,
        totals.DistanceMetres, totals.DurationSeconds, h.Routes, totals.Stops, h.Parcels, h.Unassigned, h.Violations == 0, h.ParentId, totals.UnservedFen);

    private async Task<Totals> TotalsAsync(Db db, string planId)
    {
        if (_totals.TryGetValue(planId, out var known)) return known;
        if (_totals.Count > MostKept) _totals.Clear();
        return _totals[planId] = Count((await storage.Plans.FindAsync(db, planId))!);
    }

    private static Totals Count(DayPlan plan) => new(
        plan.Routes.Sum(r => (long)r.DistanceMetres), plan.Routes.Sum(r => (long)(r.End - r.Start).TotalSeconds), plan.Routes.Sum(r => r.Trips.Sum(t => t.Stops.Count)), plan.Cost.UnservedFen);
}
