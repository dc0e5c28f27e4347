using System.Globalization;
using Logistics.Domain;
using Logistics.Planning.Exact.Rosters.Weeks;
using Logistics.Web.Hosting;
using Logistics.Web.Network;

namespace Logistics.Web.Rosters;

/// <summary>Checks what the page sends; every problem at once. Broken rules of working time are no problem here: a draft may break them, a publication may not.</summary>
internal static class RosterReading
{
    private const int MostShifts = 12;

    public static List<FieldProblem> Check(RosterDraft draft, RosterWeekInput input)
    {
        var problems = new List<FieldProblem>();
        var check = new FieldChecks(problems);
        var shifts = input.Setup.Shifts.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (cell, i) in draft.Cells.Select((c, i) => (c, i)))
        {
            check.Known($"cells[{i}].courierId", cell.CourierId, input.Network.FindCourier(cell.CourierId)?.Id, "courier");
            check.Range($"cells[{i}].day", cell.Day, 0, RosterWeek.Days - 1);
            if (cell.ShiftId is null && !cell.IsLocked) check.Add($"cells[{i}].shiftId", null, "required", $"cells[{i}] has no shift and no lock; leave it out.");
            if (cell.ShiftId is { } shift && !shifts.Contains(shift)) check.Add($"cells[{i}].shiftId", shift, "unknown", $"There is no shift \"{shift}\".");
            if (cell.VehicleId is { } vehicle) check.Known($"cells[{i}].vehicleId", vehicle, input.Network.FindVehicle(vehicle)?.Id, "vehicle");
        }

        foreach (var twice in draft.Cells.GroupBy(c => (c.CourierId, c.Day)).Where(g => g.Count() > 1))
            check.Add("cells", twice.Key.CourierId, "twice", $"Courier {twice.Key.CourierId} has {twice.Count()} entries on day {twice.Key.Day}; one is allowed.");
        foreach (var (wish, i) in draft.Wishes.Select((w, i) => (w, i)))
        {
            check.Known($"wishes[{i}].courierId", wish.CourierId, input.Network.FindCourier(wish.CourierId)?.Id, "courier");
            if (wish.Day is { } day) check.Range($"wishes[{i}].day", day, 0, RosterWeek.Days - 1);
            else if (wish.Kind != CourierWishKind.Avoid) check.Add($"wishes[{i}].day", null, "required", $"wishes[{i}] needs a day; only avoiding a shift may be for the whole week.");
            check.Range($"wishes[{i}].weight", wish.Weight, 1, 10);
            var needsShift = wish.Kind is CourierWishKind.Avoid or CourierWishKind.Want;
            if (needsShift && (wish.ShiftId is null || !shifts.Contains(wish.ShiftId))) check.Add($"wishes[{i}].shiftId", wish.ShiftId, "unknown", $"wishes[{i}] needs one of the shifts {string.Join(", ", shifts)}.");
        }

        return problems;
    }

    public static List<FieldProblem> Check(RosterSetupView view)
    {
        var problems = new List<FieldProblem>();
        var check = new FieldChecks(problems);
        if (view.Shifts.Count is 0 or > MostShifts) check.Range("shifts", view.Shifts.Count, 1, MostShifts);
        foreach (var (shift, i) in view.Shifts.Select((s, i) => (s, i)))
        {
            check.Text($"shifts[{i}].id", shift.Id, 20);
            check.Text($"shifts[{i}].name", shift.Name, 40);
            check.Range($"shifts[{i}].startMinute", shift.StartMinute, 0, 1439);
            check.Range($"shifts[{i}].endMinute", shift.EndMinute, shift.StartMinute + 60, 1440);
            check.Range($"shifts[{i}].breakMinutes", shift.BreakMinutes, 0, Math.Max(0, shift.EndMinute - shift.StartMinute - 30));
        }

        foreach (var twice in view.Shifts.GroupBy(s => s.Id, StringComparer.Ordinal).Where(g => g.Count() > 1)) check.Add("shifts", twice.Key, "twice", $"The shift \"{twice.Key}\" occurs {twice.Count()} times.");
        if (!double.IsFinite(view.ParcelsPerCourierHour) || view.ParcelsPerCourierHour is < 1 or > 500) check.Add("parcelsPerCourierHour", view.ParcelsPerCourierHour.ToString(CultureInfo.InvariantCulture), "range", FormattableString.Invariant($"parcelsPerCourierHour {view.ParcelsPerCourierHour} must be 1 to 500."));
        if (view.HourShares.Count != 24 || view.HourShares.Any(s => !double.IsFinite(s) || s < 0) || view.HourShares.Sum() <= 0) check.Add("hourShares", null, "range", "hourShares must be 24 numbers of at least 0, not all 0.");
        check.Range("contractMinutes", view.ContractMinutes, 0, 7 * 1440);
        check.Range("rules.maxDayMinutes", view.Rules.MaxDayMinutes, 60, 1440);
        check.Range("rules.maxWeekMinutes", view.Rules.MaxWeekMinutes, 60, 7 * 1440);
        check.Range("rules.maxDaysInARow", view.Rules.MaxDaysInARow, 1, 14);
        check.Range("rules.minDaysOff", view.Rules.MinDaysOff, 0, 6);
        check.Range("rules.minRestMinutes", view.Rules.MinRestMinutes, 0, 1440);
        foreach (var (need, i) in view.SkillNeeds.Select((n, i) => (n, i)))
        {
            check.Text($"skillNeeds[{i}].skill", need.Skill, 40);
            check.Range($"skillNeeds[{i}].startMinute", need.StartMinute, 0, 1439);
            check.Range($"skillNeeds[{i}].endMinute", need.EndMinute, need.StartMinute + 1, 1440);
            check.Range($"skillNeeds[{i}].couriers", need.Couriers, 0, 1000);
        }

        return problems;
    }
}
