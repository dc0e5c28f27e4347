using System.Text;

namespace Logistics.Web.Imports;

/// <summary>Finds which column a header means.</summary>
/// <remarks>
/// A header that is a known name wins. Else the head of the phrase decides – it stands last in Chinese and in English: 客户地址 is an address, not a customer –,
/// and among several the longest name. Names that others use for things of their own, 订单号 or 电话, give way to headers that say more, 物流运单号 or 收货人手机. Columns about the sender, about when the order was made, or about weight by volume are nobody's.
/// </remarks>
public static class HeaderMatcher
{
    private static readonly string[] ForeignWords = ["寄件", "发件", "寄方", "发货", "发运", "下单", "订单日期", "订单时间", "订购", "创建", "制单", "录入", "导出", "更新", "付款", "支付", "揽收", "收寄", "收件日期", "收件时间", "签收", "打印", "退货", "体积重", "泡重", "抛重"];
    private static readonly string[] ForeignTokens = ["sender", "created", "ordered", "payment", "paid", "return", "printed"];

    /// <summary>Names of ours that a file may also give to a seller's number, a sender's phone or an order's date.</summary>
    private static readonly HashSet<string> Vague =
    [
        "单号", "出库单号", "订单号", "订单编号", "条码", "order", "orderno", "ordernumber", "orderid", "reference", "barcode", "姓名", "联系人", "客户名称", "name", "contact", "contactname", "customername",
        "手机", "手机号", "手机号码", "电话", "电话号码", "联系电话", "联系方式", "phone", "phonenumber", "mobile", "mobilephone", "tel", "telephone", "contactphone", "contactnumber", "contactno",
        "地址", "详细地址", "address", "fulladdress", "street", "addr", "日期", "date",
    ];

    private static readonly string[] OurWords = ["收件", "收货", "收方", "到件", "recipient", "consignee", "receiver", "shipto"];

    private sealed record Synonym(string Text, string Column, bool IsAscii, bool IsVague, int Rank);

    private static readonly Synonym[] Synonyms = [.. OrderColumns.All
        .SelectMany(c => c.Synonyms.Append(c.Name).Select((s, rank) => (Text: Normalise(s), c.Name, rank)))
        .DistinctBy(p => p.Text, StringComparer.Ordinal)
        .Select(p => new Synonym(p.Text, p.Name, char.IsAscii(p.Text[0]), Vague.Contains(p.Text), p.rank))];

    private static readonly Dictionary<string, Synonym> BySynonym = Synonyms.ToDictionary(s => s.Text, StringComparer.Ordinal);

    /// <summary>How many of the cells are names of columns, exactly.</summary>
    public static int CountNames(IReadOnlyList<string> cells) => cells.Select(c => BySynonym.GetValueOrDefault(Normalise(c))?.Column).Where(n => n is not null).Distinct(StringComparer.Ordinal).Count();

    /// <summary>The mapping a dispatcher would most likely choose: each column name with the header it takes, or null. A header serves one column.</summary>
    public static Dictionary<string, string?> Guess(IReadOnlyList<string> headers)
    {
        var mapping = OrderColumns.All.ToDictionary(c => c.Name, _ => (string?)null, StringComparer.Ordinal);
        var sender = SenderColumns(headers);
        var candidates = headers.Where((_, i) => !sender.Contains(i)).SelectMany(Candidates).OrderByDescending(c => c.Score).ThenBy(c => c.Synonym.Rank).ThenBy(c => c.Synonym.Text, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (header, synonym, _) in candidates)
        {
            if (mapping[synonym.Column] is null && taken.Add(header)) mapping[synonym.Column] = header;
        }
        return mapping;
    }

    /// <summary>寄件人, 电话, 地址, 收件人, 电话, 地址: of names that stand twice, those behind a column of the sender and before one of the recipient are the sender's.</summary>
    private static HashSet<int> SenderColumns(IReadOnlyList<string> headers)
    {
        var names = headers.Select(Normalise).ToList();
        var last = names.Select((name, i) => (name, i)).GroupBy(n => n.name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Max(n => n.i), StringComparer.Ordinal);
        var sender = new HashSet<int>();
        var isSender = false;
        for (var i = 0; i < names.Count; i++)
        {
            if (IsForeign(headers[i], names[i])) isSender = true;
            else if (OurWords.Any(w => names[i].Contains(w, StringComparison.Ordinal))) isSender = false;
            if (isSender && Vague.Contains(names[i]) && last[names[i]] > i) sender.Add(i);
        }
        return sender;
    }

    private static bool IsForeign(string header, string normalised)
    {
        var words = Words(header);
        return ForeignWords.Any(w => normalised.Contains(w, StringComparison.Ordinal)) || words.Any(w => ForeignTokens.Contains(w, StringComparer.Ordinal)) || words is ["order", "date" or "time", ..];
    }

    private static IEnumerable<(string Header, Synonym Synonym, int Score)> Candidates(string header)
    {
        const int exact = 1000, vagueExact = 150, vague = -150, ours = 120, atItsEnd = 200, asWords = 50;
        var text = Normalise(header);
        if (BySynonym.TryGetValue(text, out var name)) yield return (header, name, name.IsVague ? vagueExact : exact);
        if (IsForeign(header, text)) yield break;
        var words = Words(header);
        var bonus = OurWords.Any(w => text.Contains(w, StringComparison.Ordinal)) ? ours : 0;
        // 手机1 and 重量g end in the name all the same.
        var trunk = text.Any(c => c >= 128) ? text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyz0123456789"]) : text;
        foreach (var synonym in Synonyms)
        {
            // A vague name at the end says less than the same name alone, unless the header says whose it is.
            var worth = synonym.Text.Length + bonus + (synonym.IsVague ? vague : 0);
            if (synonym.IsAscii)
            {
                if (FindWords(words, synonym.Text) is { } isLast) yield return (header, synonym, asWords + (isLast ? atItsEnd : 0) + worth);
                else if (synonym.Text.Length >= 5 && text.Contains(synonym.Text, StringComparison.Ordinal)) yield return (header, synonym, synonym.Text.Length);
            }
            else if (synonym.Text.Length >= 2 && trunk.EndsWith(synonym.Text, StringComparison.Ordinal)) yield return (header, synonym, atItsEnd + worth);
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

    /// <summary>Characters of headers in the script of Taiwan and Hong Kong, and the same in that of the mainland, in this order.</summary>
    private const string Traditional = "運單號電話經緯體積貨訂編碼機聯絡時間區達遞郵條願點櫃臺規類別優級開終寬長數儲溫層驛", Simplified = "运单号电话经纬体积货订编码机联络时间区达递邮条愿点柜台规类别优级开终宽长数储温层驿";

    private static char InMainlandScript(char c) => Traditional.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? Simplified[at] : c;

    /// <summary>Lower case without spaces, marks, and anything in brackets (which holds the unit).</summary>
    public static string Normalise(string header)
    {
        var text = new StringBuilder(header.Length);
        var depth = 0;
        foreach (var c in header.Normalize(NormalizationForm.FormKC))
        {
            if (c is '(' or '[' or '【') depth++;
            else if (c is ')' or ']' or '】') depth = Math.Max(0, depth - 1);
            else if (depth == 0 && char.IsLetterOrDigit(c)) text.Append(InMainlandScript(char.ToLowerInvariant(c)));
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
