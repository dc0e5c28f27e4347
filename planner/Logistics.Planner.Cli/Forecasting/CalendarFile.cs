using Logistics.Forecasting.Calendars;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary>Reads <c>date,holiday_name,is_public_holiday,is_adjusted_workday,promo</c>; all columns but the date may be absent.</summary>
internal static class CalendarFile
{
    public static DayCalendar Read(FileInfo? file)
    {
        if (file is null) return DayCalendar.Empty;
        if (!file.Exists) throw new InvalidDataException($"--calendar {file.FullName} does not exist.");
        var days = new List<CalendarDay>();
        CsvRows.Read(file, ["date"], ["holiday_name", "is_public_holiday", "is_adjusted_workday", "promo"], (line, cells) =>
        {
            if (!CsvRows.TryDate(cells[0], out var date)) throw new InvalidDataException($"{file.Name} line {line}: date \"{cells[0]}\" {CsvRows.DateRule}");
            days.Add(new CalendarDay(date, cells[1], IsTrue(cells[2]), IsTrue(cells[3]), cells[4]));
        });
        return new DayCalendar(days);
    }

    private static bool IsTrue(string cell) => cell is "1" || cell.Equals("true", StringComparison.OrdinalIgnoreCase);
}
