using System.Globalization;

namespace Logistics.Planner.Cli.Forecasting;

/// <summary>Reads plain CSV with a header line: columns by name, quotes allowed, UTF-8 with or without a mark.</summary>
internal static class CsvRows
{
    public const string DateRule = "must be yyyy-MM-dd, 1902 to 2099.";

    // The years of which Spring Festival is known.
    private const int FirstYear = 1902;
    private const int LastYear = 2099;

    public static bool TryDate(string cell, out DateOnly date) =>
        DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) && date.Year is >= FirstYear and <= LastYear;

    /// <summary>Calls <paramref name="onRow"/> with the line number and the wanted cells; an optional column that is absent gives "".</summary>
    /// <exception cref="InvalidDataException">A required column is missing; the message names it and what is there.</exception>
    public static void Read(FileInfo file, string[] required, string[] optional, Action<int, string[]> onRow)
    {
        using var reader = new StreamReader(file.FullName);
        var header = Split(reader.ReadLine() ?? "").ConvertAll(c => c.Trim().ToLowerInvariant());
        var missing = required.Where(c => !header.Contains(c)).ToArray();
        if (missing.Length > 0)
            throw new InvalidDataException($"{file.Name}: column {string.Join(", ", missing)} is missing; the header is \"{string.Join(',', header)}\".");
        int[] positions = [.. required.Concat(optional).Select(name => header.IndexOf(name))];
        var line = 1;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            var cells = Split(text);
            onRow(line, Array.ConvertAll(positions, p => p >= 0 && p < cells.Count ? cells[p].Trim() : ""));
        }
    }

    private static List<string> Split(string line)
    {
        if (!line.Contains('"', StringComparison.Ordinal)) return [.. line.Split(',')];
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (isQuoted && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
                else isQuoted = !isQuoted;
            }
            else if (line[i] == ',' && !isQuoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }

    /// <summary>A volume by four decimals; of one under 1, which may be of a panel in thousands, by ten.</summary>
    public static string Number(double volume) => volume.ToString(volume < 1 ? "0.##########" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>Quotes a cell if it needs it.</summary>
    public static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(',', '"', '\n') < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
