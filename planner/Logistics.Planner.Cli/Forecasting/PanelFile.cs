using System.Globalization;
using Logistics.Forecasting.Panels;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary>Reads <c>series_id,date,volume</c>.</summary>
internal static class PanelFile
{
    private const int ErrorsShown = 10;

    /// <exception cref="InvalidDataException">Rows that cannot be read; the first ten are named with line, value and rule.</exception>
    public static List<Observation> Read(FileInfo file)
    {
        var rows = new List<Observation>();
        var errors = new List<string>();
        CsvRows.Read(file, ["series_id", "date", "volume"], [], (line, cells) =>
        {
            if (cells[0].Length == 0) errors.Add($"line {line}: series_id is empty.");
            if (!DateOnly.TryParseExact(cells[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                errors.Add($"line {line}: date \"{cells[1]}\" must be yyyy-MM-dd.");
            // An empty or unreadable volume is a day whose record was lost; the cleaning rules name it.
            var volume = double.TryParse(cells[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
            rows.Add(new Observation(cells[0], date, volume));
        });
        if (errors.Count > 0)
            throw new InvalidDataException($"{file.Name}: {errors.Count} rows cannot be read. {string.Join(' ', errors.Take(ErrorsShown))}");
        if (rows.Count == 0) throw new InvalidDataException($"{file.Name}: no rows after the header.");
        return rows;
    }
}
