namespace Logistics.Web.Imports;

/// <summary>Finds the delimiter of an order file and the record its headers are in, from the file's first characters.</summary>
/// <remarks>Exports often begin with a title, the day of the export or Excel's "sep=;"; the headers are the first record that names the most columns.</remarks>
internal static class HeaderRow
{
    private const int MostRecords = 12;
    private static readonly char[] Delimiters = [',', '\t', ';', '|'];

    /// <returns>The delimiter and how many records stand before the headers; null when there is no header at all.</returns>
    public static (char Delimiter, int Before)? Find(string head)
    {
        var best = (Names: 1, Delimiter: ',', Before: 0);
        foreach (var delimiter in Delimiters)
        {
            var records = Records(head, delimiter);
            for (var i = 0; i < records.Count; i++)
            {
                // Of headers in two lines the lower counts for both: 运单号 may be merged from above.
                var names = HeaderMatcher.CountNames(records[i]);
                if (names > 1 && i > 0) names = HeaderMatcher.CountNames(HeaderGroups.Combine(records[i - 1], records[i]));
                if (names > best.Names) best = (names, delimiter, i);
            }
        }
        return best.Names > 1 ? (best.Delimiter, best.Before) : FirstLine(head);
    }

    /// <summary>Names nobody knows: the first line that holds something, cut at the mark it has most of.</summary>
    private static (char Delimiter, int Before)? FirstLine(string head)
    {
        const char never = '\u0001';
        var lines = Records(head, never);
        var before = lines.FindIndex(l => !string.IsNullOrWhiteSpace(string.Concat(l)));
        if (before < 0) return null;
        var line = string.Concat(lines[before]);
        if (line is ['s', 'e', 'p', '=', var stated] && before + 1 < lines.Count) return (stated, before + 1);
        var delimiter = Delimiters.MaxBy(mark => Records(head, mark).ElementAtOrDefault(before)?.Count ?? 0);
        // 13812345678 and 116.4725 name no columns: an order stands where the headers should, and would be lost.
        return Records(head, delimiter).ElementAtOrDefault(before)?.Count(IsAmount) > 1 ? null : (delimiter, before);
    }

    private static bool IsAmount(string cell) => cell.Count(char.IsAsciiDigit) >= 4 && cell.Trim().All(c => char.IsAsciiDigit(c) || c is '.' or '-' or '/' or ':' or ' ');

    private static List<IReadOnlyList<string>> Records(string head, char delimiter)
    {
        var records = new List<IReadOnlyList<string>>(MostRecords);
        using var rows = new CsvRows(new StringReader(head), delimiter);
        try
        {
            while (records.Count < MostRecords && rows.Read() is { } record) records.Add(record);
        }
        catch (InvalidDataException)
        {
            // The head ends inside quotes, or this is not the delimiter; what was read before it counts.
        }
        return records;
    }
}
