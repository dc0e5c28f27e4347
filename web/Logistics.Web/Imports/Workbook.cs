using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Logistics.Web.Imports;

/// <summary>Turns the first visible sheet of an .xlsx workbook into the table it would be as CSV, so that everything after reads one kind of file.</summary>
/// <remarks>Cells merged downwards repeat their value: here, unlike in a CSV, it is certain that they belong together.</remarks>
internal static class Workbook
{
    /// <summary>Empty lines kept between rows; wider gaps are no part of a table.</summary>
    private const int MostGap = 50;

    /// <summary>Whether the file is packed as workbooks are.</summary>
    public static bool IsPacked(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[4];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head.SequenceEqual("PK\x03\x04"u8);
    }

    /// <summary>Writes the table beside the workbook.</summary>
    /// <returns>The sheet taken where there are several, or why the file cannot be read.</returns>
    public static (string? SheetOfSeveral, string? Problem) ToCsv(string workbook, string csv)
    {
        try
        {
            using var archive = ZipFile.OpenRead(workbook);
            if (WorkbookXml.Load(archive, "xl/workbook.xml") is not { } book || WorkbookXml.Load(archive, "xl/_rels/workbook.xml.rels") is not { } relations) return (null, "This is a ZIP file and no Excel workbook (.xlsx). Upload the order file itself.");
            var sheets = book.Descendants().Where(e => e.Name.LocalName == "sheet" && (string?)e.Attribute("state") is null or "visible").ToList();
            var isFrom1904 = (string?)book.Elements().FirstOrDefault(e => e.Name.LocalName == "workbookPr")?.Attribute("date1904") is "1" or "true";
            if (sheets.Count == 0 || FindPart(archive, relations, sheets[0]) is not { } sheet) return (null, "The Excel workbook has no sheet that can be read. Save the sheet as CSV and upload that.");
            Write(sheet, WorkbookXml.SharedTexts(archive), new WorkbookNumbers(WorkbookXml.Load(archive, "xl/styles.xml"), isFrom1904), csv);
            return (sheets.Count > 1 ? (string?)sheets[0].Attribute("name") : null, null);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException)
        {
            return (null, $"The Excel workbook is damaged or was cut off ({e.Message}) Save the sheet as CSV and upload that.");
        }
    }

    private static ZipArchiveEntry? FindPart(ZipArchive archive, XElement relations, XElement sheet)
    {
        // Transitional and strict workbooks have another namespace for it; the sheet's own number has none.
        var id = sheet.Attributes().FirstOrDefault(a => a.Name.LocalName == "id" && a.Name.NamespaceName.Length > 0)?.Value;
        var target = (string?)relations.Elements().FirstOrDefault(r => (string?)r.Attribute("Id") == id)?.Attribute("Target");
        return target is null ? null : archive.GetEntry(target.StartsWith('/') ? target[1..] : "xl/" + target);
    }

    private static void Write(ZipArchiveEntry sheet, List<string> texts, WorkbookNumbers numbers, string csv)
    {
        var merged = WorkbookXml.MergedDown(sheet);
        var above = new Dictionary<int, string>();
        using var file = new StreamWriter(csv, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        var (written, rows) = (0L, 0);
        var previous = 0;
        foreach (var (row, cells) in WorkbookXml.Rows(sheet, texts, numbers))
        {
            foreach (var ranges in merged)
            {
                var column = ranges.Key;
                if (!ranges.Any(r => row >= r.First && row <= r.Last)) continue;
                while (cells.Count <= column) cells.Add("");
                if (ranges.Any(r => row == r.First)) above[column] = cells[column];
                else if (cells[column].Length == 0) cells[column] = above.GetValueOrDefault(column, "");
            }
            for (var gap = Math.Min(row - previous - 1, MostGap); gap > 0; gap--) file.WriteLine();
            previous = row;
            var line = string.Join(',', cells.Select(Quoted));
            file.WriteLine(line);
            written += line.Length;
            if (written > UploadFolder.MostBytes || ++rows > 2 * ImportService.MostRows) throw new InvalidDataException("The sheet unpacks to more than an order file may hold.");
        }
    }

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
