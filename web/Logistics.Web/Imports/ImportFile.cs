using System.Globalization;

namespace Logistics.Web.Imports;

/// <summary>One row of an order file.</summary>
/// <param name="Number">Row number a person would count: 1 is the first row after the header.</param>
/// <param name="Surplus">Cells beyond the last header that hold something.</param>
/// <param name="IsAside">It says something about the table and is no order.</param>
public sealed record ImportRow(int Number, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<string> Surplus, bool IsAside);

/// <summary>Reads an uploaded order file row by row; memory does not grow with the file.</summary>
public static class ImportFile
{
    private const int MostPreviewChars = 200;

    /// <summary>The header row, with empty names replaced by "column N" and repeated ones numbered.</summary>
    public static IReadOnlyList<string> ReadHeaders(string path, CsvShape shape)
    {
        using var rows = Open(path, shape);
        return ReadHeaders(rows, shape);
    }

    /// <summary>The raw cells of the first rows, for the preview.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ReadHead(string path, CsvShape shape, int count)
    {
        using var rows = Open(path, shape);
        ReadHeaders(rows, shape);
        var head = new List<IReadOnlyList<string>>(count);
        while (head.Count < count && rows.Read() is { } record)
        {
            if (!IsBlank(record)) head.Add([.. record.Select(c => c.Length <= MostPreviewChars ? c : c[..MostPreviewChars] + "…")]);
        }
        return head;
    }

    /// <summary>Every row that is not blank, as fields by column name.</summary>
    /// <param name="mapping">Column name to header; null entries and values that are no header are left out.</param>
    /// <exception cref="InvalidDataException">See <see cref="CsvRows.Read"/>.</exception>
    public static IEnumerable<ImportRow> ReadRows(string path, CsvShape shape, IReadOnlyDictionary<string, string?> mapping)
    {
        using var rows = Open(path, shape);
        var headers = ReadHeaders(rows, shape);
        var columns = mapping.Where(m => m.Value is not null).Select(m => (Name: m.Key, Index: headers.IndexOf(m.Value!))).Where(c => c.Index >= 0).ToArray();
        var waybill = mapping.GetValueOrDefault(OrderColumns.Waybill) is { } header ? headers.IndexOf(header) : -1;
        for (var number = 1; rows.Read() is { } record; number++)
        {
            if (IsBlank(record)) continue;
            var fields = new Dictionary<string, string>(columns.Length, StringComparer.Ordinal);
            foreach (var (name, index) in columns)
            {
                if (index < record.Count && record[index].Length > 0) fields[name] = record[index];
            }
            var surplus = record.Count > headers.Count ? [.. record.Skip(headers.Count).Where(c => !string.IsNullOrWhiteSpace(c))] : (List<string>)[];
            yield return new ImportRow(number, fields, surplus, AsideRows.IsAside(record, waybill));
        }
    }

    private static CsvRows Open(string path, CsvShape shape)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan);
        return new CsvRows(new StreamReader(file, shape.Encoding, detectEncodingFromByteOrderMarks: true), shape.Delimiter);
    }

    private static bool IsBlank(IReadOnlyList<string> record) => record.All(string.IsNullOrWhiteSpace);

    private static List<string> ReadHeaders(CsvRows rows, CsvShape shape)
    {
        IReadOnlyList<string>? above = null;
        for (var i = 0; i < shape.RecordsBeforeHeader; i++) above = rows.Read();
        var record = HeaderGroups.Combine(above, rows.Read() ?? []);
        var names = new List<string>(record.Count);
        for (var i = 0; i < record.Count; i++)
        {
            var name = record[i].Trim().TrimStart('\uFEFF');
            if (name.Length == 0) name = string.Create(CultureInfo.InvariantCulture, $"column {i + 1}");
            var unique = name;
            for (var n = 2; names.Contains(unique, StringComparer.Ordinal); n++) unique = string.Create(CultureInfo.InvariantCulture, $"{name} ({n})");
            names.Add(unique);
        }
        return names;
    }
}
