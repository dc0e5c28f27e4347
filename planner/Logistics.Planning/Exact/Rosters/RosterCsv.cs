using System.Globalization;

namespace Logistics.Planning.Exact.Rosters;

/// <summary>Writes a roster as CSV (RFC 4180): one line per duty, local dates and times.</summary>
public static class RosterCsv
{
    /// <summary>Writes <paramref name="duties"/> to <paramref name="output"/>, which stays open.</summary>
    public static void Write(RosterProblem problem, IReadOnlyList<RosterDuty> duties, TextWriter output)
    {
        output.Write("date,courierId,courier,shift,start,end,paidMinutes,vehicleId,plate\n");
        var couriers = problem.Couriers.ToDictionary(c => c.Id, StringComparer.Ordinal);
        var shifts = problem.Shifts.ToDictionary(s => s.Id, StringComparer.Ordinal);
        var vehicles = problem.Vehicles.ToDictionary(v => v.Id, StringComparer.Ordinal);
        foreach (var duty in duties)
        {
            var shift = shifts[duty.ShiftId];
            string[] fields =
            [
                problem.FirstDay.AddDays(duty.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                duty.CourierId, couriers[duty.CourierId].Name,
                duty.ShiftId, Clock(shift.StartMinute), Clock(shift.EndMinute), shift.PaidMinutes.ToString(CultureInfo.InvariantCulture),
                duty.VehicleId ?? "", duty.VehicleId is null ? "" : vehicles[duty.VehicleId].Plate,
            ];
            output.Write(string.Join(',', fields.Select(Quote)));
            output.Write('\n');
        }
    }

    private static string Quote(string field)
    {
        // Names come from people; the apostrophe keeps a spreadsheet from running them as formulas.
        if (field.Length > 0 && "=+-@\t\r".Contains(field[0], StringComparison.Ordinal)) field = "'" + field;
        return field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");
}
