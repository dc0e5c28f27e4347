using Logistics.OrTools;

namespace Logistics.Planning.Exact.Rosters;

/// <summary>Cuts a week into hubs that have nothing to do with each other: no courier, vehicle or demand in common. Each is proven by itself, and the sums hold for the whole.</summary>
internal static class RosterParts
{
    /// <summary>One problem for each hub; the problem itself where hubs are not given or share demand or vehicles.</summary>
    public static IReadOnlyList<RosterProblem> Split(RosterProblem problem)
    {
        if (problem.Demand.Count == 0 || problem.Demand.Any(d => d.Hub is null) || problem.Couriers.Any(c => c.Hub is null)) return [problem];
        var hubs = problem.Demand.Select(d => d.Hub!).Concat(problem.Couriers.Select(c => c.Hub!)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var drivers = problem.Couriers.SelectMany(c => c.VehicleClasses.Select(k => (Class: k, Hub: c.Hub!))).Distinct().ToLookup(p => p.Class, p => p.Hub, StringComparer.Ordinal);
        if (hubs.Count == 1 || drivers.Any(hubsOfClass => hubsOfClass.Count() > 1)) return [problem];
        return hubs.ConvertAll(hub => Part(problem, hub, drivers));
    }

    /// <summary>The parts' rosters as one.</summary>
    public static Roster Join(RosterProblem problem, IReadOnlyList<Roster> parts)
    {
        // A week is proven when every part is; otherwise it ended as the first part that was not.
        var weakest = parts.FirstOrDefault(p => p.Outcome != CpSatOutcome.Optimal) ?? parts[0];
        IReadOnlyList<RosterDuty> duties = [.. parts.SelectMany(p => p.Duties).OrderBy(d => d.Day).ThenBy(d => d.CourierId, StringComparer.Ordinal)];
        return new Roster
        {
            Outcome = weakest.Outcome,
            Message = weakest.Message,
            Duties = duties,
            BrokenWishes = BrokenWishes.List(problem, duties),
            Coverage = BrokenWishes.ListCoverage(problem, duties),
            Shortage = parts.Sum(p => p.Shortage),
            ShortageBound = parts.Sum(p => p.ShortageBound),
            Points = parts.Sum(p => p.Points),
            PointsBound = parts.Sum(p => p.PointsBound),
        };
    }

    /// <summary>The better of two answers to one problem, with the higher of their bounds: what either proves holds for both.</summary>
    public static Roster Better(Roster first, Roster second)
    {
        var isSecond = second.Duties.Count > 0 && (second.Shortage, second.Points).CompareTo((first.Shortage, first.Points)) <= 0;
        var (kept, other) = isSecond ? (second, first) : (first, second);
        // Bounds of the points hold at one shortage only.
        return kept with
        {
            ShortageBound = Math.Max(first.ShortageBound, second.ShortageBound),
            PointsBound = kept.Shortage == other.Shortage ? Math.Max(first.PointsBound, second.PointsBound) : kept.PointsBound,
        };
    }

    private static RosterProblem Part(RosterProblem problem, string hub, ILookup<string, string> drivers)
    {
        var couriers = problem.Couriers.Where(c => c.Hub == hub).ToList();
        var ids = couriers.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return problem with
        {
            Couriers = couriers,
            Vehicles = [.. problem.Vehicles.Where(v => drivers[v.Class].Contains(hub, StringComparer.Ordinal))],
            Demand = [.. problem.Demand.Where(d => d.Hub == hub)],
            Wishes = [.. problem.Wishes.Where(w => ids.Contains(w.CourierId))],
            Locks = [.. problem.Locks.Where(l => ids.Contains(l.CourierId))],
        };
    }
}
