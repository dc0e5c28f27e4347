using System.Globalization;
using System.Xml.Linq;

namespace Logistics.Web.Imports;

/// <summary>Writes a workbook's numbers as people see them: dates by their format, whole numbers in full, and what lost digits as what it is.</summary>
internal sealed class WorkbookNumbers
{
    /// <summary>Excel keeps fifteen digits; a longer number is not the one that was typed.</summary>
    private const double FirstInexact = 1e15;
    private const int DaysTo1904 = 1462;

    private readonly Dictionary<int, string> _formats = [];
    private readonly int[] _formatOfStyle = [];
    private readonly int _dayOffset;

    /// <param name="styles">Root of xl/styles.xml; null where there is none.</param>
    /// <param name="isFrom1904">Days are counted from 1904, as Macs did.</param>
    public WorkbookNumbers(XElement? styles, bool isFrom1904)
    {
        _dayOffset = isFrom1904 ? DaysTo1904 : 0;
        if (styles is null) return;
        foreach (var format in styles.Descendants().Where(e => e.Name.LocalName == "numFmt"))
        {
            if (Int(format, "numFmtId") is { } id) _formats[id] = (string?)format.Attribute("formatCode") ?? "";
        }
        _formatOfStyle = [.. styles.Elements().Where(e => e.Name.LocalName == "cellXfs").Elements().Select(e => Int(e, "numFmtId") ?? 0)];
    }

    /// <param name="style">Index of the cell's style; null = none.</param>
    public string Text(string raw, int? style)
    {
        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return raw;
        if (style is { } s && s >= 0 && s < _formatOfStyle.Length && IsDate(_formatOfStyle[s]) && number is >= 0 and < 100_000) return DateText(number);
        if (Math.Abs(number) >= FirstInexact) return number.ToString("0.#####E+0", CultureInfo.InvariantCulture);
        return number == Math.Floor(number) ? number.ToString("F0", CultureInfo.InvariantCulture) : number.ToString("G15", CultureInfo.InvariantCulture);
    }

    private string DateText(double number)
    {
        var minutes = (int)Math.Round(number * 1440);
        var clock = string.Create(CultureInfo.InvariantCulture, $"{minutes % 1440 / 60:00}:{minutes % 60:00}");
        if (minutes < 1440) return clock;
        var day = DateOnly.FromDateTime(DateTime.FromOADate((minutes / 1440) + _dayOffset));
        return string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}{(minutes % 1440 == 0 ? "" : " " + clock)}");
    }

    /// <summary>ECMA-376 18.8.30; 27 to 36 and 50 to 58 are the dates of Chinese and other Asian versions.</summary>
    private bool IsDate(int format) => _formats.TryGetValue(format, out var code)
        ? !code.StartsWith("General", StringComparison.OrdinalIgnoreCase) && NamesTime(code)
        : format is (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58);

    /// <summary>Whether a letter of year, month, day, hour or second stands outside texts, colours and escapes.</summary>
    private static bool NamesTime(string code)
    {
        var end = '\0';
        for (var i = 0; i < code.Length; i++)
        {
            var c = code[i];
            if (end != '\0') end = c == end ? '\0' : end;
            else if (c is '"') end = '"';
            else if (c is '[') end = ']';
            else if (c is '\\' or '_' or '*') i++;
            else if (char.ToLowerInvariant(c) is 'y' or 'm' or 'd' or 'h' or 's') return true;
        }
        return false;
    }

    private static int? Int(XElement element, string name) => int.TryParse((string?)element.Attribute(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
