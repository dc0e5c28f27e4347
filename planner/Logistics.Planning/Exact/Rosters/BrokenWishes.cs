namespace Logistics.Planning.Exact.Rosters;

/// <summary>Says in words what a roster leaves undone; reads only the problem and the duties.</summary>
public static class BrokenWishes
{
    /// <summary>Every broken wish, the gravest kind first.</summary>
    public static IReadOnlyList<BrokenWish> List(RosterProblem problem, IReadOnlyList<RosterDuty> duties)
    {
        var byCell = duties.ToDictionary(d => (d.CourierId, d.Day));
        var broken = new List<BrokenWish>();
        broken.AddRange(ListLocks(problem, byCell));
        broken.AddRange(ListShortages(problem, duties));
        broken.AddRange(ListWishes(problem, byCell));
        broken.AddRange(ListContracts(problem, duties));
        return broken;
    }

    /// <summary>Needed and scheduled couriers for each demand, in the problem's order.</summary>
    public static IReadOnlyList<RosterCoverage> ListCoverage(RosterProblem problem, IReadOnlyList<RosterDuty> duties) =>
        [.. problem.Demand.Select(d => new RosterCoverage(d, Covering(problem, duties, d)))];

    /// <summary>Couriers on duty who serve <paramref name="demand"/>.</summary>
    private static int Covering(RosterProblem problem, IReadOnlyList<RosterDuty> duties, RosterDemand demand)
    {
        var able = problem.Couriers.Where(c => (demand.Skill is null || c.Skills.Contains(demand.Skill)) && (demand.Hub is null || c.Hub == demand.Hub)).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var shifts = problem.Shifts.Where(s => s.StartMinute <= demand.StartMinute && s.EndMinute >= demand.EndMinute).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var vehicles = problem.Vehicles.Where(v => v.Class == demand.VehicleClass).Select(v => v.Id).ToHashSet(StringComparer.Ordinal);
        return duties.Count(d => d.Day == demand.Day && able.Contains(d.CourierId) && shifts.Contains(d.ShiftId)
            && (demand.VehicleClass is null || (d.VehicleId is not null && vehicles.Contains(d.VehicleId))));
    }

    private static IEnumerable<BrokenWish> ListLocks(RosterProblem problem, Dictionary<(string, int), RosterDuty> byCell)
    {
        foreach (var fixedCell in problem.Locks)
        {
            var duty = byCell.GetValueOrDefault((fixedCell.CourierId, fixedCell.Day));
            if (duty?.ShiftId == fixedCell.ShiftId && (fixedCell.VehicleId is null || duty?.VehicleId == fixedCell.VehicleId)) continue;
            var what = fixedCell.ShiftId is null ? "day off" : fixedCell.VehicleId is null ? $"shift {fixedCell.ShiftId}" : $"shift {fixedCell.ShiftId} on vehicle {fixedCell.VehicleId}";
            yield return new(BrokenWishKind.Lock, fixedCell.Day, fixedCell.CourierId, 1,
                $"Courier {fixedCell.CourierId}, {Date(problem, fixedCell.Day)}: the locked {what} cannot be kept; it contradicts a rule, an absence, the fleet or another lock.");
        }
    }

    private static IEnumerable<BrokenWish> ListShortages(RosterProblem problem, IReadOnlyList<RosterDuty> duties)
    {
        foreach (var demand in problem.Demand)
        {
            var missing = demand.Couriers - Covering(problem, duties, demand);
            if (missing <= 0) continue;
            var who = (demand.Skill is null ? "" : $" with skill {demand.Skill}") + (demand.Hub is null ? "" : $" of hub {demand.Hub}") + (demand.VehicleClass is null ? "" : $" on a {demand.VehicleClass}");
            yield return new(BrokenWishKind.Shortage, demand.Day, null, missing,
                $"{Date(problem, demand.Day)} {Clock(demand.StartMinute)}–{Clock(demand.EndMinute)}: {missing} of {demand.Couriers} couriers{who} are missing.")
            { Demand = demand };
        }
    }

    private static IEnumerable<BrokenWish> ListWishes(RosterProblem problem, Dictionary<(string, int), RosterDuty> byCell)
    {
        foreach (var wish in problem.Wishes.OrderByDescending(w => w.Weight))
            foreach (var day in wish.Day is { } one ? [one] : Enumerable.Range(0, problem.Days))
            {
                var duty = byCell.GetValueOrDefault((wish.CourierId, day));
                var text = wish.Kind switch
                {
                    RosterWishKind.DayOff when duty is not null => "asked for the day off but works",
                    RosterWishKind.Avoid when duty?.ShiftId == wish.ShiftId => $"asked not to work shift {wish.ShiftId} but does",
                    RosterWishKind.Want when duty?.ShiftId != wish.ShiftId => $"asked for shift {wish.ShiftId} but does not get it",
                    _ => null,
                };
                if (text is not null) yield return new(BrokenWishKind.Wish, day, wish.CourierId, wish.Weight, $"Courier {wish.CourierId}, {Date(problem, day)}: {text}.") { Wish = wish };
            }
    }

    private static IEnumerable<BrokenWish> ListContracts(RosterProblem problem, IReadOnlyList<RosterDuty> duties)
    {
        var paid = problem.Shifts.ToDictionary(s => s.Id, s => s.PaidMinutes, StringComparer.Ordinal);
        var worked = duties.GroupBy(d => d.CourierId, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(d => paid[d.ShiftId]), StringComparer.Ordinal);
        foreach (var courier in problem.Couriers)
        {
            var difference = worked.GetValueOrDefault(courier.Id) - courier.ContractMinutes;
            if (difference < 0) yield return new(BrokenWishKind.UnderContract, null, courier.Id, -difference, $"Courier {courier.Id}: {-difference} min fewer than the contract's {courier.ContractMinutes}.");
            if (difference > 0) yield return new(BrokenWishKind.OverContract, null, courier.Id, difference, $"Courier {courier.Id}: {difference} min more than the contract's {courier.ContractMinutes}.");
        }
    }

    private static string Date(RosterProblem problem, int day) => problem.FirstDay.AddDays(day).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";
}
