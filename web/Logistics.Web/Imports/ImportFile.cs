using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Logistics.Web.Imports;

/// <summary>One line of an order file.</summary>
/// <param name="Number">Row number a person would count: 1 is the first line after the header.</param>
public sealed record ImportRow(int Number, IReadOnlyDictionary<string, string> Fields);

/// <summary>Reads an uploaded order file row by row; memory does not grow with the file.</summary>
public static class ImportFile
{
    /// <summary>A longer line is no order; it is usually an unclosed quote.</summary>
    public const int MostLineChars = 32_000;

    /// <summary>The header line, with empty names replaced by "column N" and repeated ones numbered.</summary>
    public static async Task<IReadOnlyList<string>> ReadHeadersAsync(string path, CsvShape shape)
    {
        using var csv = Open(path, shape);
        if (!await csv.ReadAsync()) return [];
        return Unique(csv.Parser.Record ?? []);
    }

    /// <summary>The raw cells of the first rows, for the preview.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> ReadHeadAsync(string path, CsvShape shape, int rows, CancellationToken cancellationToken)
    {
        using var csv = Open(path, shape);
        var head = new List<IReadOnlyList<string>>(rows);
        await csv.ReadAsync();
        while (head.Count < rows && await csv.ReadAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsBlank(csv.Parser.Record)) head.Add([.. csv.Parser.Record!.Select(c => c.Length <= 200 ? c : c[..200] + "…")]);
        }
        return head;
    }

    /// <summary>Every row that is not blank, as fields by column name.</summary>
    /// <param name="mapping">Column name to header; null entries are left out.</param>
    /// <exception cref="InvalidDataException">A line is too long or its quotes do not close; the message names the line.</exception>
    public static IEnumerable<ImportRow> ReadRows(string path, CsvShape shape, IReadOnlyDictionary<string, string?> mapping)
    {
        using var csv = Open(path, shape);
        if (!csv.Read()) yield break;
        var headers = Unique(csv.Parser.Record ?? []);
        var columns = mapping
            .Where(m => m.Value is not null).Select(m => (Name: m.Key, Index: IndexOf(headers, m.Value!))).Where(c => c.Index >= 0).ToArray();
        var number = 0;
        while (csv.Read())
        {
            var record = csv.Parser.Record;
            number++;
            if (csv.Parser.RawRecord.Length > MostLineChars)
            {
                throw new InvalidDataException($"Row {number} (line {csv.Parser.RawRow}) is longer than {MostLineChars} characters. Maybe a quote (\") opens before it and never closes.");
            }
            if (IsBlank(record)) continue;
            var fields = new Dictionary<string, string>(columns.Length, StringComparer.Ordinal);
            foreach (var (name, index) in columns)
            {
                if (index < record!.Length && record[index].Length > 0) fields[name] = record[index];
            }
            yield return new ImportRow(number, fields);
        }
    }

    private static CsvReader Open(string path, CsvShape shape)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.SequentialScan | FileOptions.Asynchronous);
        return new CsvReader(new StreamReader(file, shape.Encoding, detectEncodingFromByteOrderMarks: true), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = shape.Delimiter.ToString(),
            BadDataFound = null,
            MissingFieldFound = null,
            DetectColumnCountChanges = false,
            IgnoreBlankLines = true,
            MaxFieldSize = MostLineChars,
            // A half-quoted cell such as 5" pipe is text, not an error.
            Mode = CsvMode.RFC4180,
        });
    }

    private static bool IsBlank(string[]? record) => record is null || record.All(string.IsNullOrWhiteSpace);

    private static List<string> Unique(string[] headers)
    {
        var names = new List<string>(headers.Length);
        for (var i = 0; i < headers.Length; i++)
        {
            var name = headers[i].Trim().TrimStart('\uFEFF');
            if (name.Length == 0) name = string.Create(CultureInfo.InvariantCulture, $"column {i + 1}");
            var unique = name;
            for (var n = 2; names.Contains(unique, StringComparer.Ordinal); n++) unique = string.Create(CultureInfo.InvariantCulture, $"{name} ({n})");
            names.Add(unique);
        }
        return names;
    }

    private static int IndexOf(List<string> headers, string header) => headers.FindIndex(h => string.Equals(h, header, StringComparison.Ordinal));
}
