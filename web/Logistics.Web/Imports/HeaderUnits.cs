using System.Text;

namespace Logistics.Web.Imports;

/// <summary>What a header says about its values beside their name: the unit in 重量(kg), the datum in 经度(GCJ-02).</summary>
public static class HeaderUnits
{
    private static readonly string[] Short = ["g", "kg", "kgs", "t", "lb", "lbs", "ml", "l", "cc", "m3", "cm3", "mm", "cm", "m"];

    public static bool IsUnit(string word) => Short.Contains(word, StringComparer.Ordinal);

    /// <summary>The unit, such as kg; null when it names none.</summary>
    public static string? UnitOf(string header)
    {
        var text = header.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        foreach (var (mark, unit) in (ReadOnlySpan<(string, string)>)
            [("kilogram", "kg"), ("kg", "kg"), ("公斤", "kg"), ("千克", "kg"), ("吨", "t"), ("克", "g"), ("gram", "g"), ("斤", "斤"), ("cm3", "ml"), ("立方厘米", "ml"), ("毫升", "ml"), ("ml", "ml"),
             ("m3", "m3"), ("立方米", "m3"), ("方数", "m3"), ("cbm", "m3"), ("litre", "l"), ("liter", "l"), ("升", "l"), ("毫米", "mm"), ("厘米", "cm")])
        {
            if (text.Contains(mark, StringComparison.Ordinal)) return unit;
        }
        // A letter alone is a unit only at the end: "weight_g", 重量g, "Volume (L)".
        var end = text.TrimEnd(')', ']', '】', ' ');
        var start = end.Length;
        while (start > 0 && char.IsAsciiLetterOrDigit(end[start - 1])) start--;
        return start > 0 && IsUnit(end[start..]) ? end[start..] : null;
    }

    /// <summary>The datum as a cell would name it; null when the header names none.</summary>
    public static string? DatumOf(string header)
    {
        var text = header.Normalize(NormalizationForm.FormKC).ToUpperInvariant();
        foreach (var (mark, datum) in (ReadOnlySpan<(string, string)>)
            [("GCJ", "GCJ02"), ("火星", "GCJ02"), ("高德", "GCJ02"), ("腾讯", "GCJ02"), ("国测局", "GCJ02"), ("BD09", "BD09"), ("BD-09", "BD09"), ("百度", "BD09"), ("WGS", "WGS84"), ("GPS", "WGS84")])
        {
            if (text.Contains(mark, StringComparison.Ordinal)) return datum;
        }
        return null;
    }
}
