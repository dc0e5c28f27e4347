using System.Globalization;
using Logistics.Forecasting.Panels;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary>Reads <c>series_id,date,volume</c>.</summary>
internal static class PanelFile
{
    private const int ErrorsShown = 10;

    // A mistyped year would make a panel of days on which nothing came.
    private const int MostDays = 10_000;

    /// <exception cref="InvalidDataException">Rows that cannot be read; the first ten are named with line, value and rule.</exception>
    public static List<Observation> Read(FileInfo file)
    {
        var rows = new List<Observation>();
        var errors = new List<string>();
        string? notANumber = null;
        CsvRows.Read(file, ["series_id", "date", "volume"], [], (line, cells) =>
        {
            if (cells[0].Length == 0) errors.Add($"line {line}: series_id is empty.");
            if (!CsvRows.TryDate(cells[1], out var date)) errors.Add($"line {line}: date \"{cells[1]}\" {CsvRows.DateRule}");
            // An empty or unreadable volume is a day whose record was lost; the cleaning rules name it.
            var volume = double.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
            if (double.IsNaN(volume)) notANumber ??= $"line {line}: volume \"{cells[2]}\"";
            rows.Add(new Observation(cells[0], date, volume));
        });
        if (errors.Count > 0)
            throw new InvalidDataException($"{file.Name}: {(errors.Count == 1 ? "1 row" : $"{errors.Count} rows")} cannot be read. {string.Join(' ', errors.Take(ErrorsShown))}");
        if (rows.Count == 0) throw new InvalidDataException($"{file.Name}: no rows after the header.");
        if (rows.TrueForAll(r => double.IsNaN(r.Volume))) throw new InvalidDataException($"{file.Name}: no volume is a number; {notANumber} must be one like 12 or 12.5.");
        var (first, last) = (rows.MinBy(r => r.Date)!, rows.MaxBy(r => r.Date)!);
        if (last.Date.DayNumber - first.Date.DayNumber >= MostDays)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file.Name}: rows span {first.Date:yyyy-MM-dd} ({first.SeriesId}) to {last.Date:yyyy-MM-dd} ({last.SeriesId}), more than {MostDays} days. Maybe a mistyped year."));
        return rows;
    }
}
