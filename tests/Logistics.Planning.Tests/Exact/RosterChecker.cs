using Logistics.Planning.Exact.Rosters;

namespace Logistics.Planning.Tests.Exact;

/// <summary>Judges a list of duties from the problem alone; shares no code with the model.</summary>
internal static class RosterChecker
{
    /// <summary>Every broken law: absence, skill to drive, rest, hours, days off, plates, one vehicle in two places.</summary>
    public static List<string> ListViolations(RosterProblem problem, IReadOnlyList<RosterDuty> duties)
    {
        var found = new List<string>();
        foreach (var duty in duties)
        {
            var shift = problem.Shifts.Single(s => s.Id == duty.ShiftId);
            var courier = problem.Couriers.Single(c => c.Id == duty.CourierId);
            if (courier.AbsentDays.Contains(duty.Day)) found.Add($"{duty}: absent");
            if (shift.PaidMinutes > problem.Rules.MaxDayMinutes || shift.PaidMinutes > courier.MaxDayMinutes) found.Add($"{duty}: hours of a day");
            if (shift.VehicleClasses.Count == 0 != (duty.VehicleId is null)) found.Add($"{duty}: vehicle");
            if (duty.VehicleId is null) continue;
            var vehicle = problem.Vehicles.Single(v => v.Id == duty.VehicleId);
            if (vehicle.BarredDays.Contains(duty.Day)) found.Add($"{duty}: plate barred");
            if (!courier.VehicleClasses.Contains(vehicle.Class) || !shift.VehicleClasses.Contains(vehicle.Class)) found.Add($"{duty}: class");
        }

        foreach (var a in duties)
            foreach (var b in duties)
                if (!ReferenceEquals(a, b) && a.VehicleId is not null && a.VehicleId == b.VehicleId && a.Day == b.Day && Start(problem, a) <= Start(problem, b) && Start(problem, b) < End(problem, a))
                    found.Add($"{a} and {b}: same vehicle");

        foreach (var courier in problem.Couriers) CheckCourier(problem, courier, [.. duties.Where(d => d.CourierId == courier.Id).OrderBy(d => d.Day)], found);
        return found;
    }

    /// <summary>Missing courier-minutes, by priority.</summary>
    public static long Shortage(RosterProblem problem, IReadOnlyList<RosterDuty> duties) => problem.Demand.Sum(demand =>
        Math.Max(0, demand.Couriers - Count(problem, duties, demand)) * (long)(demand.EndMinute - demand.StartMinute) * demand.Priority);

    /// <summary>Points of the weights, recomputed.</summary>
    public static double Points(RosterProblem problem, IReadOnlyList<RosterDuty> duties, int[] fairShares)
    {
        var weights = problem.Weights;
        var points = 0.0;
        foreach (var wish in problem.Wishes)
            for (var day = wish.Day ?? 0; day <= (wish.Day ?? problem.Days - 1); day++)
            {
                var shift = duties.SingleOrDefault(d => d.CourierId == wish.CourierId && d.Day == day)?.ShiftId;
                var isBroken = wish.Kind switch { RosterWishKind.DayOff => shift is not null, RosterWishKind.Avoid => shift == wish.ShiftId, _ => shift != wish.ShiftId };
                if (isBroken) points += wish.Weight * weights.Wish;
            }

        for (var i = 0; i < problem.Couriers.Count; i++)
        {
            var mine = duties.Where(d => d.CourierId == problem.Couriers[i].Id).Select(d => problem.Shifts.Single(s => s.Id == d.ShiftId)).ToList();
            var hours = (mine.Sum(s => s.PaidMinutes) - problem.Couriers[i].ContractMinutes) / 60.0;
            points += hours < 0 ? -hours * weights.HourUnderContract : hours * weights.HourOverContract;
            points += Math.Max(0, mine.Count(s => s.IsUnpopular) - fairShares[i]) * weights.UnpopularAboveShare;
        }

        foreach (var demand in problem.Demand.Where(d => d.Skill is null && d.VehicleClass is null))
            points += Math.Max(0, Count(problem, duties, demand) - demand.Couriers) * (demand.EndMinute - demand.StartMinute) / 60.0 * weights.SurplusHour;
        return points;
    }

    private static void CheckCourier(RosterProblem problem, RosterCourier courier, RosterDuty[] mine, List<string> found)
    {
        var rules = problem.Rules;
        var rest = rules.MinRestMinutes > courier.MinRestMinutes ? rules.MinRestMinutes : courier.MinRestMinutes;
        if (mine.Select(d => d.Day).Distinct().Count() < mine.Length) found.Add($"{courier.Id}: two shifts a day");
        if (mine.Length > 0 && courier.RestedMinutesBefore + (mine[0].Day * 1440) + Start(problem, mine[0]) < rest) found.Add($"{courier.Id}: rest before");
        foreach (var (a, b) in mine.Zip(mine.Skip(1)))
            if ((b.Day * 1440) + Start(problem, b) - (a.Day * 1440) - End(problem, a) < rest) found.Add($"{courier.Id}: rest between day {a.Day} and {b.Day}");
        int Paid(IEnumerable<RosterDuty> some) => some.Sum(d => problem.Shifts.Single(s => s.Id == d.ShiftId).PaidMinutes);
        if (Paid(mine) > courier.MaxMinutes) found.Add($"{courier.Id}: own hours");

        // One string of worked days: those before, then the week.
        var days = Enumerable.Repeat(true, courier.DaysWorkedBefore).Concat(Enumerable.Range(0, problem.Days).Select(day => mine.Any(d => d.Day == day))).ToArray();
        var run = 0;
        for (var day = 0; day < days.Length; day++)
        {
            run = days[day] ? run + 1 : 0;
            if (run > rules.MaxConsecutiveDays && day >= courier.DaysWorkedBefore) found.Add($"{courier.Id}: {run} days in a row");
        }

        for (var first = 0; first + 7 <= days.Length; first++)
        {
            var off = days.Skip(first).Take(7).Count(worked => !worked);
            if (off < rules.MinDaysOff || 7 - off > courier.MaxDays) found.Add($"{courier.Id}: too few days off");
        }

        for (var first = 0; first < problem.Days; first++)
            if (Paid(mine.Where(d => d.Day >= first && d.Day < first + 7)) > rules.MaxWeekMinutes) found.Add($"{courier.Id}: week's hours");
    }

    private static int Count(RosterProblem problem, IReadOnlyList<RosterDuty> duties, RosterDemand demand) => duties.Count(d =>
        d.Day == demand.Day && Start(problem, d) <= demand.StartMinute && End(problem, d) >= demand.EndMinute
        && (demand.Skill is null || problem.Couriers.Single(c => c.Id == d.CourierId).Skills.Contains(demand.Skill))
        && (demand.Hub is null || problem.Couriers.Single(c => c.Id == d.CourierId).Hub == demand.Hub)
        && (demand.VehicleClass is null || problem.Vehicles.SingleOrDefault(v => v.Id == d.VehicleId)?.Class == demand.VehicleClass));

    private static int Start(RosterProblem problem, RosterDuty duty) => problem.Shifts.Single(s => s.Id == duty.ShiftId).StartMinute;

    private static int End(RosterProblem problem, RosterDuty duty) => problem.Shifts.Single(s => s.Id == duty.ShiftId).EndMinute;
}
