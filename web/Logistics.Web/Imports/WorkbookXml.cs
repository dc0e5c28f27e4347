using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Logistics.Web.Imports;

/// <summary>The parts of a workbook (ECMA-376) an order file needs, read as a stream; nothing outside the file is ever fetched.</summary>
internal static class WorkbookXml
{
    /// <summary>More than any order file within the size limit needs; what unpacks to more is no order file. Sheets are read as they come, texts and what describes the workbook are held in memory.</summary>
    private const long MostInSheet = 256L * 1024 * 1024, MostInTexts = 64L * 1024 * 1024, MostInDescription = 8L * 1024 * 1024;
    private const int MostColumns = 500;

    private static XmlReader Reader(Stream part, long mostCharacters) =>
        XmlReader.Create(part, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = mostCharacters, IgnoreComments = true, IgnoreProcessingInstructions = true });

    public static XElement? Load(ZipArchive archive, string name)
    {
        if (archive.GetEntry(name) is not { } entry) return null;
        using var part = entry.Open();
        return XDocument.Load(Reader(part, MostInDescription)).Root;
    }

    /// <summary>Texts that cells refer to by number.</summary>
    public static List<string> SharedTexts(ZipArchive archive)
    {
        var texts = new List<string>();
        if (archive.GetEntry("xl/sharedStrings.xml") is not { } entry) return texts;
        using var part = entry.Open();
        using var xml = Reader(part, MostInTexts);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "si") texts.Add(ReadText(xml));
        }
        return texts;
    }

    /// <summary>First row and last row of each range merged downwards, by its first column.</summary>
    public static ILookup<int, (int First, int Last)> MergedDown(ZipArchiveEntry sheet)
    {
        var merged = new List<(int Column, int First, int Last)>();
        using var part = sheet.Open();
        using var xml = Reader(part, MostInSheet);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "mergeCell" || xml.GetAttribute("ref")?.Split(':') is not [var from, var to]) continue;
            var (first, last) = (Position(from), Position(to));
            if (last.Row > first.Row) merged.Add((first.Column, first.Row, last.Row));
        }
        return merged.ToLookup(m => m.Column, m => (m.First, m.Last));
    }

    /// <summary>The rows that have cells, each with its number from 1 and its cells by column from 0.</summary>
    public static IEnumerable<(int Row, List<string> Cells)> Rows(ZipArchiveEntry sheet, List<string> texts, WorkbookNumbers numbers)
    {
        using var part = sheet.Open();
        using var xml = Reader(part, MostInSheet);
        var row = 0;
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "row") continue;
            row = int.TryParse(xml.GetAttribute("r"), CultureInfo.InvariantCulture, out var stated) ? stated : row + 1;
            yield return (row, ReadCells(xml, texts, numbers));
        }
    }

    private static List<string> ReadCells(XmlReader xml, List<string> texts, WorkbookNumbers numbers)
    {
        var cells = new List<string>();
        if (xml.IsEmptyElement) return cells;
        var depth = xml.Depth;
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c") continue;
            var column = xml.GetAttribute("r") is { } at ? Position(at).Column : cells.Count;
            if (column >= MostColumns) throw new InvalidDataException($"The sheet has more than {MostColumns} columns.");
            while (cells.Count <= column) cells.Add("");
            cells[column] = ReadCell(xml, texts, numbers);
        }
        return cells;
    }

    private static string ReadCell(XmlReader xml, List<string> texts, WorkbookNumbers numbers)
    {
        var (type, style) = (xml.GetAttribute("t"), int.TryParse(xml.GetAttribute("s"), CultureInfo.InvariantCulture, out var s) ? s : (int?)null);
        if (xml.IsEmptyElement) return "";
        var (depth, raw) = (xml.Depth, "");
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "is") raw = ReadText(xml);
            else if (xml.LocalName == "v" && !xml.IsEmptyElement)
            {
                xml.Read();
                raw = xml.Value;
            }
        }
        return type switch
        {
            "s" => int.TryParse(raw, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < texts.Count ? texts[index] : "",
            "b" => raw == "1" ? "yes" : "no",
            null or "n" => numbers.Text(raw, style),
            _ => raw,
        };
    }

    /// <summary>All runs of a text without the readings above it.</summary>
    private static string ReadText(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (depth, text, phonetic) = (xml.Depth, new StringBuilder(), -1);
        while (xml.Read() && xml.Depth > depth)
        {
            if (phonetic >= 0 && xml.Depth <= phonetic) phonetic = -1;
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh" && !xml.IsEmptyElement) phonetic = xml.Depth;
            else if (phonetic < 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA) text.Append(xml.Value);
        }
        return text.ToString();
    }

    /// <summary>Column from 0 and row from 1 of "AB12".</summary>
    private static (int Column, int Row) Position(string cell)
    {
        int letters = 0, column = 0;
        while (letters < cell.Length && char.IsAsciiLetter(cell[letters]) && letters < 3) column = (column * 26) + (char.ToUpperInvariant(cell[letters++]) - 'A' + 1);
        return int.TryParse(cell.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var row) && column > 0 ? (column - 1, row) : throw new InvalidDataException($"\"{cell}\" is no cell.");
    }
}
