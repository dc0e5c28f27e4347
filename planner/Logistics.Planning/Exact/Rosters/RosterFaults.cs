namespace Logistics.Planning.Exact.Rosters;

/// <summary>Which rule a duty breaks.</summary>
public enum RosterFaultKind
{
    Absent,
    DayMinutes,
    WeekMinutes,
    Rest,
    DaysInARow,
    DaysOff,
    NoVehicle,
    Licence,
    PlateBarred,
    VehicleTwice,
}

/// <summary>A rule broken by hand; the solver never breaks one.</summary>
/// <param name="Day">Day; null if it concerns the whole week.</param>
/// <param name="Text">In words, in English.</param>
public sealed record RosterFault(RosterFaultKind Kind, string CourierId, int? Day, string Text);

/// <summary>Checks duties that people moved by hand against the law and the fleet.</summary>
public static class RosterFaults
{
    /// <summary>Every broken rule, by courier and day.</summary>
    /// <exception cref="KeyNotFoundException">A duty names a courier, shift or vehicle that the problem does not have.</exception>
    public static IReadOnlyList<RosterFault> List(RosterProblem problem, IReadOnlyList<RosterDuty> duties)
    {
        var shifts = problem.Shifts.ToDictionary(s => s.Id, StringComparer.Ordinal);
        var found = new List<RosterFault>();
        var byCourier = duties.ToLookup(d => d.CourierId, StringComparer.Ordinal);
        foreach (var courier in problem.Couriers)
        {
            var mine = byCourier[courier.Id].OrderBy(d => d.Day).ToList();
            ListOfDays(problem, courier, mine, shifts, found);
            ListOfWeek(problem, courier, mine, shifts, found);
        }

        ListOfVehicles(problem, duties, shifts, found);
        return found;
    }

    private static void ListOfDays(RosterProblem problem, RosterCourier courier, List<RosterDuty> mine, Dictionary<string, RosterShift> shifts, List<RosterFault> found)
    {
        var needed = Math.Max(problem.Rules.MinRestMinutes, courier.MinRestMinutes);
        var restedSince = -courier.RestedMinutesBefore;
        foreach (var duty in mine)
        {
            var shift = shifts[duty.ShiftId];
            var (start, most) = ((duty.Day * 1440) + shift.StartMinute, Math.Min(problem.Rules.MaxDayMinutes, courier.MaxDayMinutes));
            if (courier.AbsentDays.Contains(duty.Day)) Add(RosterFaultKind.Absent, duty.Day, "works on a day of absence");
            if (shift.PaidMinutes > most) Add(RosterFaultKind.DayMinutes, duty.Day, $"works {shift.PaidMinutes} min; {most} are allowed a day");
            if (start - restedSince < needed) Add(RosterFaultKind.Rest, duty.Day, $"rests {start - restedSince} min before the shift; {needed} are needed");
            if (duty.VehicleId is null && shift.VehicleClasses.Count > 0) Add(RosterFaultKind.NoVehicle, duty.Day, "has no vehicle");
            restedSince = (duty.Day * 1440) + shift.EndMinute;
        }

        void Add(RosterFaultKind kind, int? day, string what) => found.Add(new(kind, courier.Id, day, $"Courier {courier.Id} {what}."));
    }

    private static void ListOfWeek(RosterProblem problem, RosterCourier courier, List<RosterDuty> mine, Dictionary<string, RosterShift> shifts, List<RosterFault> found)
    {
        var (paid, most) = (mine.Sum(d => shifts[d.ShiftId].PaidMinutes), Math.Min(problem.Rules.MaxWeekMinutes, courier.MaxMinutes));
        if (problem.Days <= 7 && paid > most) found.Add(new(RosterFaultKind.WeekMinutes, courier.Id, null, $"Courier {courier.Id} works {paid} min; {most} are allowed a week."));
        var works = mine.Select(d => d.Day).ToHashSet();
        var mostDays = Math.Min(courier.MaxDays, 7 - problem.Rules.MinDaysOff);
        var (inARow, isReported) = (courier.DaysWorkedBefore, false);
        for (var day = 0; day < problem.Days; day++)
        {
            inARow = works.Contains(day) ? inARow + 1 : 0;
            if (inARow > problem.Rules.MaxConsecutiveDays) found.Add(new(RosterFaultKind.DaysInARow, courier.Id, day, $"Courier {courier.Id} works {inARow} days in a row; {problem.Rules.MaxConsecutiveDays} are allowed."));
            // The seven days that end here; those before the first day are known as far as they were worked without a break.
            var inSeven = Enumerable.Range(day - 6, 7).Count(d => d >= 0 ? works.Contains(d) : -d <= courier.DaysWorkedBefore);
            if (isReported || !works.Contains(day) || inSeven <= mostDays) continue;
            isReported = true;
            found.Add(new(RosterFaultKind.DaysOff, courier.Id, day, $"Courier {courier.Id} works {inSeven} days of seven; {mostDays} are allowed."));
        }
    }

    private static void ListOfVehicles(RosterProblem problem, IReadOnlyList<RosterDuty> duties, Dictionary<string, RosterShift> shifts, List<RosterFault> found)
    {
        var couriers = problem.Couriers.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var vehicles = problem.Vehicles.ToDictionary(v => v.Id, StringComparer.Ordinal);
        foreach (var uses in duties.Where(d => d.VehicleId is not null).GroupBy(d => (d.Day, VehicleId: d.VehicleId!)))
        {
            var vehicle = vehicles[uses.Key.VehicleId];
            var freeAt = 0;
            foreach (var duty in uses.OrderBy(d => shifts[d.ShiftId].StartMinute))
            {
                if (vehicle.BarredDays.Contains(duty.Day)) Add(RosterFaultKind.PlateBarred, duty, "may not drive that day");
                if (!couriers[duty.CourierId].VehicleClasses.Contains(vehicle.Class) || !shifts[duty.ShiftId].VehicleClasses.Contains(vehicle.Class)) Add(RosterFaultKind.Licence, duty, $"is of class {vehicle.Class}, which the courier or the shift does not drive");
                if (shifts[duty.ShiftId].StartMinute < freeAt) Add(RosterFaultKind.VehicleTwice, duty, "is still driven by another courier");
                freeAt = Math.Max(freeAt, shifts[duty.ShiftId].EndMinute);
            }

            void Add(RosterFaultKind kind, RosterDuty duty, string what) => found.Add(new(kind, duty.CourierId, duty.Day, $"Courier {duty.CourierId}: vehicle {vehicle.Plate} {what}."));
        }
    }
}
