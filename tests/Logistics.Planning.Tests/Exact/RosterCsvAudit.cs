using System.Globalization;
using Logistics.Planning.Exact.Rosters;

namespace Logistics.Planning.Tests.Exact;

/// <summary>Judges a roster by its exported file alone, on the clock, as a program of somebody else's would; of the problem it reads only the facts.</summary>
internal sealed class RosterCsvAudit
{
    private readonly RosterProblem _problem;
    private readonly List<Line> _lines;

    public RosterCsvAudit(RosterProblem problem, string csv)
    {
        _problem = problem;
        _lines = [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Line.Parse)];
    }

    public int Count => _lines.Count;

    /// <summary>Every broken law: absence, rest, hours a day and a week, days in a row, days off, licences, plates, one vehicle with two people.</summary>
    public List<string> ListFaults()
    {
        var faults = new List<string>();
        foreach (var person in _problem.Couriers)
        {
            var mine = _lines.Where(l => l.Courier == person.Id).OrderBy(l => l.Start).ToList();
            AuditPerson(person, mine, faults);
        }

        foreach (var line in _lines)
        {
            if (line.Plate.Length == 0) continue;
            var vehicle = _problem.Vehicles.Single(v => v.Plate == line.Plate);
            if (vehicle.Id != line.Vehicle) faults.Add($"{line}: plate and vehicle differ");
            if (vehicle.BarredDays.Contains(DayOf(line.Start))) faults.Add($"{line}: plate barred");
            if (!_problem.Couriers.Single(c => c.Id == line.Courier).VehicleClasses.Contains(vehicle.Class)) faults.Add($"{line}: licence");
        }

        var driven = _lines.Where(l => l.Plate.Length > 0).OrderBy(l => l.Plate, StringComparer.Ordinal).ThenBy(l => l.Start).ToList();
        faults.AddRange(driven.Zip(driven.Skip(1)).Where(p => p.First.Plate == p.Second.Plate && p.Second.Start < p.First.End).Select(p => $"{p.First.Plate}: two people at {p.Second.Start:s}"));
        return faults;
    }

    /// <summary>Missing couriers of every demand that is not met, in the order of the problem.</summary>
    public List<long> ListMissing() => [.. _problem.Demand
        .Select(d => d.Couriers - _lines.Count(l => l.Start <= At(d.Day, d.StartMinute) && l.End >= At(d.Day, d.EndMinute) && Serves(l, d)))
        .Where(missing => missing > 0).Select(missing => (long)missing)];

    /// <summary>Wishes that were not granted, one for each day.</summary>
    public int CountBrokenWishes() => _problem.Wishes.Sum(wish => Enumerable.Range(0, _problem.Days).Where(day => wish.Day is null || wish.Day == day).Count(day =>
    {
        var shift = _lines.Find(l => l.Courier == wish.CourierId && DayOf(l.Start) == day)?.Shift;
        return wish.Kind switch { RosterWishKind.DayOff => shift is not null, RosterWishKind.Avoid => shift == wish.ShiftId, _ => shift != wish.ShiftId };
    }));

    /// <summary>People whose paid time is not their contract's.</summary>
    public int CountOffContract() => _problem.Couriers.Count(c => _lines.Where(l => l.Courier == c.Id).Sum(l => l.PaidMinutes) != c.ContractMinutes);

    private void AuditPerson(RosterCourier person, List<Line> mine, List<string> faults)
    {
        var rules = _problem.Rules;
        var rest = TimeSpan.FromMinutes(Math.Max(rules.MinRestMinutes, person.MinRestMinutes));
        var free = At(0, 0) - TimeSpan.FromMinutes(person.RestedMinutesBefore);
        foreach (var line in mine)
        {
            if (line.Start - free < rest) faults.Add($"{line}: rest");
            free = line.End;
            if (person.AbsentDays.Contains(DayOf(line.Start))) faults.Add($"{line}: absent");
            if (line.PaidMinutes > Math.Min(rules.MaxDayMinutes, person.MaxDayMinutes) || line.PaidMinutes > (line.End - line.Start).TotalMinutes) faults.Add($"{line}: hours of the day");
        }

        if (mine.Sum(l => l.PaidMinutes) > Math.Min(rules.MaxWeekMinutes, person.MaxMinutes)) faults.Add($"{person.Id}: hours of the week");

        // A string of days, 1 worked and 0 off, beginning with the days worked right before.
        var days = new string('1', person.DaysWorkedBefore) + string.Concat(Enumerable.Range(0, _problem.Days).Select(day => mine.Exists(l => DayOf(l.Start) == day) ? '1' : '0'));
        if (mine.Count > 0 && days.Contains(new string('1', rules.MaxConsecutiveDays + 1), StringComparison.Ordinal)) faults.Add($"{person.Id}: {days} in a row");
        for (var first = 0; first + 7 <= days.Length; first++)
        {
            var worked = days.Substring(first, 7).Count(day => day == '1');
            if (worked > Math.Min(7 - rules.MinDaysOff, person.MaxDays)) faults.Add($"{person.Id}: {days} without enough days off");
        }
    }

    private bool Serves(Line line, RosterDemand demand)
    {
        var person = _problem.Couriers.Single(c => c.Id == line.Courier);
        return (demand.Skill is null || person.Skills.Contains(demand.Skill))
            && (demand.Hub is null || person.Hub == demand.Hub)
            && (demand.VehicleClass is null || _problem.Vehicles.SingleOrDefault(v => v.Plate == line.Plate)?.Class == demand.VehicleClass);
    }

    private DateTime At(int day, int minute) => _problem.FirstDay.AddDays(day).ToDateTime(TimeOnly.MinValue).AddMinutes(minute);

    private int DayOf(DateTime at) => (int)(at - At(0, 0)).TotalDays;

    private sealed record Line(string Courier, string Shift, DateTime Start, DateTime End, int PaidMinutes, string Vehicle, string Plate)
    {
        // date,courierId,courier,shift,start,end,paidMinutes,vehicleId,plate; the sample's names need no quotes.
        public static Line Parse(string text)
        {
            var fields = text.Split(',');
            DateTime On(string clock) => DateTime.ParseExact($"{fields[0]} {clock}", "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            return new Line(fields[1], fields[3], On(fields[4]), On(fields[5]), int.Parse(fields[6], CultureInfo.InvariantCulture), fields[7], fields[8]);
        }
    }
}
