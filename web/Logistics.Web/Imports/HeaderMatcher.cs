using System.Text;

namespace Logistics.Web.Imports;

/// <summary>Finds which column a header means.</summary>
/// <remarks>
/// A header that is a known name wins. Else the head of the phrase decides – it stands last in Chinese and in English: 客户地址 is an address, not a customer –,
/// and among several the longest name. Columns about the sender, about when the order was made, or about weight by volume are nobody's.
/// </remarks>
public static class HeaderMatcher
{
    private static readonly string[] ForeignWords = ["寄件", "发件", "寄方", "发货", "发运", "下单", "订单日期", "订单时间", "订购", "创建", "制单", "录入", "导出", "更新", "付款", "支付", "揽收", "收寄", "收件日期", "收件时间", "签收", "打印", "退货", "体积重", "泡重", "抛重"];
    private static readonly string[] ForeignTokens = ["sender", "created", "ordered", "payment", "paid", "return", "printed"];

    private sealed record Synonym(string Text, string Column, bool IsAscii);

    private static readonly Synonym[] Synonyms = [.. OrderColumns.All
        .SelectMany(c => c.Synonyms.Append(c.Name), (c, s) => (Text: Normalise(s), c.Name))
        .DistinctBy(p => p.Text, StringComparer.Ordinal)
        .Select(p => new Synonym(p.Text, p.Name, char.IsAscii(p.Text[0])))];

    private static readonly Dictionary<string, string> BySynonym = Synonyms.ToDictionary(s => s.Text, s => s.Column, StringComparer.Ordinal);

    /// <summary>How many of the cells are names of columns, exactly.</summary>
    public static int CountNames(IReadOnlyList<string> cells) => cells.Select(c => BySynonym.GetValueOrDefault(Normalise(c))).Where(n => n is not null).Distinct(StringComparer.Ordinal).Count();

    /// <summary>The mapping a dispatcher would most likely choose: each column name with the header it takes, or null. A header serves one column.</summary>
    public static Dictionary<string, string?> Guess(IReadOnlyList<string> headers)
    {
        var mapping = OrderColumns.All.ToDictionary(c => c.Name, _ => (string?)null, StringComparer.Ordinal);
        var open = new List<string>();
        foreach (var header in headers)
        {
            if (BySynonym.TryGetValue(Normalise(header), out var name) && mapping[name] is null) mapping[name] = header;
            else open.Add(header);
        }
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (header, synonym, _) in open.SelectMany(Candidates).OrderByDescending(c => c.Score).ThenBy(c => c.Synonym.Text, StringComparer.Ordinal))
        {
            if (mapping[synonym.Column] is null && taken.Add(header)) mapping[synonym.Column] = header;
        }
        return mapping;
    }

    private static IEnumerable<(string Header, Synonym Synonym, int Score)> Candidates(string header)
    {
        const int atItsEnd = 100, asWords = 50;
        var text = Normalise(header);
        var words = Words(header);
        if (ForeignWords.Any(w => text.Contains(w, StringComparison.Ordinal)) || words.Any(w => ForeignTokens.Contains(w, StringComparer.Ordinal)) || words is ["order", "date" or "time", ..]) yield break;
        // 手机1 and 重量g end in the name all the same.
        var trunk = text.Any(c => c >= 128) ? text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz0123456789"]) : text;
        foreach (var synonym in Synonyms)
        {
            if (synonym.IsAscii)
            {
                if (FindWords(words, synonym.Text) is { } isLast) yield return (header, synonym, asWords + (isLast ? atItsEnd : 0) + synonym.Text.Length);
                else if (synonym.Text.Length >= 5 && text.Contains(synonym.Text, StringComparison.Ordinal)) yield return (header, synonym, synonym.Text.Length);
            }
            else if (synonym.Text.Length >= 2 && trunk.EndsWith(synonym.Text, StringComparison.Ordinal)) yield return (header, synonym, atItsEnd + synonym.Text.Length);
            else if (synonym.Text.Length >= 3 && text.Contains(synonym.Text, StringComparison.Ordinal)) yield return (header, synonym, synonym.Text.Length);
        }
    }

    /// <summary>Whether consecutive words spell the name, and then whether they are the last ones; null when they do not.</summary>
    private static bool? FindWords(List<string> words, string name)
    {
        bool? found = null;
        for (var first = 0; first < words.Count; first++)
        {
            var length = 0;
            for (var last = first; last < words.Count && length < name.Length; last++)
            {
                if (string.CompareOrdinal(name, length, words[last], 0, words[last].Length) != 0) break;
                length += words[last].Length;
                if (length == name.Length) found = found is true || last == words.Count - 1;
            }
        }
        return found;
    }

    /// <summary>The Latin words of a header in lower case, without what brackets hold: "deliveryDate (local)" → delivery, date.</summary>
    private static List<string> Words(string header)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var depth = 0;
        var previous = ' ';
        foreach (var c in header.Normalize(NormalizationForm.FormKC).Append(' '))
        {
            if (word.Length > 0 && (!char.IsAsciiLetterOrDigit(c) || depth > 0 || (char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(previous))))
            {
                words.Add(word.ToString());
                word.Clear();
            }
            if (c is '(' or '[' or '【') depth++;
            else if (c is ')' or ']' or '】') depth = Math.Max(0, depth - 1);
            else if (depth == 0 && char.IsAsciiLetterOrDigit(c)) word.Append(char.ToLowerInvariant(c));
            previous = c;
        }
        // A unit behind the name is no part of it.
        if (words.Count > 1 && HeaderUnits.IsUnit(words[^1])) words.RemoveAt(words.Count - 1);
        return words;
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
        foreach (var unit in (ReadOnlySpan<string>)["kg", "cm3", "m3", "litres", "公斤", "千克"])
        {
            // "weight_kg" is the column weight in kg; "volumeml" stays, it is a name of its own.
            if (plain.Length > unit.Length && plain.EndsWith(unit, StringComparison.Ordinal)) return plain[..^unit.Length];
        }
        return plain;
    }
}
