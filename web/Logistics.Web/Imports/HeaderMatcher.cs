using System.Text;

namespace Logistics.Web.Imports;

/// <summary>Finds which column a header means, and the unit it names.</summary>
public static class HeaderMatcher
{
    private static readonly Dictionary<string, string> BySynonym = OrderColumns.All
        .SelectMany(c => c.Synonyms.Append(c.Name), (c, s) => (Synonym: Normalise(s), c.Name))
        .GroupBy(p => p.Synonym, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.First().Name, StringComparer.Ordinal);

    /// <summary>The mapping a dispatcher would most likely choose: each column name with the header it takes, or null.</summary>
    /// <remarks>An exact synonym wins; else the header that contains the longest synonym. A header serves one column.</remarks>
    public static Dictionary<string, string?> Guess(IReadOnlyList<string> headers)
    {
        var mapping = OrderColumns.All.ToDictionary(c => c.Name, _ => (string?)null, StringComparer.Ordinal);
        var open = new List<string>();
        foreach (var header in headers)
        {
            if (BySynonym.TryGetValue(Normalise(header), out var name) && mapping[name] is null) mapping[name] = header;
            else open.Add(header);
        }
        foreach (var header in open)
        {
            var text = Normalise(header);
            var best = BySynonym
                .Where(s => s.Key.Length >= 2 && (!char.IsAscii(s.Key[0]) || s.Key.Length >= 5) && text.Contains(s.Key, StringComparison.Ordinal) && mapping[s.Value] is null)
                .OrderByDescending(s => s.Key.Length).ThenBy(s => s.Key, StringComparer.Ordinal)
                .Select(s => s.Value).FirstOrDefault();
            if (best is not null) mapping[best] = header;
        }
        return mapping;
    }

    /// <summary>Lower case without spaces, marks, and anything in brackets (which holds the unit).</summary>
    public static string Normalise(string header)
    {
        var text = new StringBuilder(header.Length);
        var depth = 0;
        foreach (var c in header.Normalize(NormalizationForm.FormKC))
        {
            if (c is '(' or '[' or '【') depth++;
            else if (c is ')' or ']' or '】') depth = Math.Max(0, depth - 1);
            else if (depth == 0 && char.IsLetterOrDigit(c)) text.Append(char.ToLowerInvariant(c));
        }
        var plain = text.ToString();
        foreach (var unit in (ReadOnlySpan<string>)["kg", "grams", "cm3", "m3", "litres", "ml", "公斤", "千克"])
        {
            // "weight_kg" is the column weight in kg; "volumeml" stays, it is a name of its own.
            if (plain.Length > unit.Length && plain.EndsWith(unit, StringComparison.Ordinal) && unit is not ("grams" or "ml")) return plain[..^unit.Length];
        }
        return plain;
    }

    /// <summary>The unit a header names, such as kg in 重量(kg); null when it names none.</summary>
    public static string? UnitOf(string header)
    {
        var text = header.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        foreach (var (mark, unit) in (ReadOnlySpan<(string, string)>)
            [("kilogram", "kg"), ("kg", "kg"), ("公斤", "kg"), ("千克", "kg"), ("吨", "t"), ("克", "g"), ("gram", "g"), ("(g)", "g"), ("cm3", "ml"), ("立方厘米", "ml"), ("毫升", "ml"), ("ml", "ml"), ("cc", "ml"),
             ("m3", "m3"), ("立方米", "m3"), ("方数", "m3"), ("litre", "l"), ("liter", "l"), ("升", "l"), ("(l)", "l"), ("mm", "mm"), ("毫米", "mm"), ("cm", "cm"), ("厘米", "cm"), ("(m)", "m")])
        {
            if (text.Contains(mark, StringComparison.Ordinal)) return unit;
        }
        return null;
    }
}
