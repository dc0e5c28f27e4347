namespace Logistics.Planning.Exact.Rosters;

/// <summary>Finds everything that is wrong with a roster's input, before a solver sees it.</summary>
public static class RosterValidation
{
    /// <summary>One sentence per error, with name, value and expectation; empty if the problem is sound.</summary>
    public static IReadOnlyList<string> ListErrors(RosterProblem problem)
    {
        var errors = new List<string>();
        if (problem.Days is < 1 or > 14) errors.Add($"Days: {problem.Days} must be 1 to 14.");
        ListDuplicates(errors, "Shift", problem.Shifts.Select(s => s.Id));
        ListDuplicates(errors, "Courier", problem.Couriers.Select(c => c.Id));
        ListDuplicates(errors, "Vehicle", problem.Vehicles.Select(v => v.Id));
        foreach (var shift in problem.Shifts) CheckShift(errors, shift);
        foreach (var courier in problem.Couriers) CheckCourier(errors, courier);
        foreach (var (demand, i) in problem.Demand.Select((d, i) => (d, i))) CheckDemand(errors, problem, demand, i);
        var couriers = problem.Couriers.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var shifts = problem.Shifts.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var vehicles = problem.Vehicles.Select(v => v.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var wish in problem.Wishes)
        {
            CheckCell(errors, problem, "Wish", wish.CourierId, wish.Day, wish.ShiftId, couriers, shifts);
            if (wish.Weight is < 1 or > 10) errors.Add($"Wish of {wish.CourierId}: weight {wish.Weight} must be 1 to 10.");
            if (wish.Kind == RosterWishKind.DayOff && wish.Day is null) errors.Add($"Wish of {wish.CourierId}: a day off needs a day.");
            if (wish.Kind == RosterWishKind.Want && (wish.Day is null || wish.ShiftId is null)) errors.Add($"Wish of {wish.CourierId}: a wanted shift needs a day and a shift.");
            if (wish.Kind == RosterWishKind.Avoid && wish.ShiftId is null) errors.Add($"Wish of {wish.CourierId}: an avoided shift needs a shift. Maybe a day off is meant.");
        }

        foreach (var fixedCell in problem.Locks)
        {
            CheckCell(errors, problem, "Lock", fixedCell.CourierId, fixedCell.Day, fixedCell.ShiftId, couriers, shifts);
            if (fixedCell.VehicleId is { } vehicle && !vehicles.Contains(vehicle)) errors.Add($"Lock of {fixedCell.CourierId} on day {fixedCell.Day}: vehicle {vehicle} is unknown.");
        }

        foreach (var cell in problem.Locks.GroupBy(l => (l.CourierId, l.Day)).Where(g => g.Count() > 1))
            errors.Add($"Lock of {cell.Key.CourierId} on day {cell.Key.Day}: {cell.Count()} locks for one cell; one is allowed.");
        return errors;
    }

    private static void CheckShift(List<string> errors, RosterShift shift)
    {
        if (shift.StartMinute < 0 || shift.EndMinute > 1440 || shift.StartMinute >= shift.EndMinute)
            errors.Add($"Shift {shift.Id}: {shift.StartMinute} to {shift.EndMinute} must lie within [0, 1440] and not be empty. Maybe split it at midnight.");
        if (shift.PaidMinutes <= 0 || shift.PaidMinutes > shift.EndMinute - shift.StartMinute)
            errors.Add($"Shift {shift.Id}: {shift.PaidMinutes} paid minutes must be positive and at most its length.");
    }

    private static void CheckCourier(List<string> errors, RosterCourier courier)
    {
        if (courier.ContractMinutes < 0) errors.Add($"Courier {courier.Id}: contract of {courier.ContractMinutes} min must be ≥ 0.");
        if (courier.MaxMinutes < 0) errors.Add($"Courier {courier.Id}: limit of {courier.MaxMinutes} min must be ≥ 0.");
        if (courier.MaxDayMinutes < 0) errors.Add($"Courier {courier.Id}: limit of {courier.MaxDayMinutes} min a day must be ≥ 0.");
        if (courier.MaxDays is < 0 or > 7) errors.Add($"Courier {courier.Id}: limit of {courier.MaxDays} days must be 0 to 7.");
        if (courier.MinRestMinutes < 0) errors.Add($"Courier {courier.Id}: rest of {courier.MinRestMinutes} min must be ≥ 0.");
        if (courier.RestedMinutesBefore < 0) errors.Add($"Courier {courier.Id}: rest of {courier.RestedMinutesBefore} min must be ≥ 0.");
        if (courier.DaysWorkedBefore < 0) errors.Add($"Courier {courier.Id}: {courier.DaysWorkedBefore} days worked before must be ≥ 0.");
    }

    private static void CheckDemand(List<string> errors, RosterProblem problem, RosterDemand demand, int index)
    {
        var name = $"Demand {index} (day {demand.Day}, {demand.StartMinute} to {demand.EndMinute})";
        if (demand.Day < 0 || demand.Day >= problem.Days) errors.Add($"{name}: the day must be 0 to {problem.Days - 1}.");
        if (demand.StartMinute < 0 || demand.EndMinute > 1440 || demand.StartMinute >= demand.EndMinute) errors.Add($"{name}: the period must lie within [0, 1440] and not be empty.");
        if (demand.Couriers < 0) errors.Add($"{name}: {demand.Couriers} couriers must be ≥ 0.");
        if (demand.Priority < 1) errors.Add($"{name}: priority {demand.Priority} must be ≥ 1.");
        if (demand.Couriers > 0 && !problem.Shifts.Any(s => s.StartMinute <= demand.StartMinute && s.EndMinute >= demand.EndMinute))
            errors.Add($"{name}: no shift covers the whole period. Maybe cut it at the shifts' starts and ends.");
    }

    private static void CheckCell(List<string> errors, RosterProblem problem, string what, string courier, int? day, string? shift, HashSet<string> couriers, HashSet<string> shifts)
    {
        if (!couriers.Contains(courier)) errors.Add($"{what}: courier {courier} is unknown.");
        if (day is { } d && (d < 0 || d >= problem.Days)) errors.Add($"{what} of {courier}: day {d} must be 0 to {problem.Days - 1}.");
        if (shift is not null && !shifts.Contains(shift)) errors.Add($"{what} of {courier}: shift {shift} is unknown.");
    }

    private static void ListDuplicates(List<string> errors, string what, IEnumerable<string> ids)
    {
        foreach (var group in ids.GroupBy(id => id, StringComparer.Ordinal).Where(g => g.Count() > 1))
            errors.Add($"{what} {group.Key}: the id occurs {group.Count()} times; it must be unique.");
    }
}
