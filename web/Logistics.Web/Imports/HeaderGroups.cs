namespace Logistics.Web.Imports;

/// <summary>Headers of two lines: groups such as 寄件信息 and 收件信息 above 姓名, 电话, 地址 of each.</summary>
internal static class HeaderGroups
{
    private const int FewestGroups = 2;

    /// <summary>The headers of both lines: a name that stands twice gets its group before it, an empty one the name merged from above.</summary>
    /// <param name="above">The line before; a title or a remark of one cell is no line of groups.</param>
    public static IReadOnlyList<string> Combine(IReadOnlyList<string>? above, IReadOnlyList<string> headers)
    {
        if (above is null || above.Count(HasText) < FewestGroups) return headers;
        var twice = headers.Where(HasText).Select(Trimmed).GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var combined = new List<string>(headers.Count);
        var group = "";
        for (var i = 0; i < Math.Max(headers.Count, above.Count); i++)
        {
            var (own, over) = (i < headers.Count ? Trimmed(headers[i]) : "", i < above.Count ? Trimmed(above[i]) : "");
            if (over.Length > 0) group = over;
            combined.Add(own.Length == 0 ? over : twice.Contains(own) && group.Length > 0 ? $"{group} {own}" : own);
        }
        return combined;
    }

    private static bool HasText(string cell) => Trimmed(cell).Length > 0;

    private static string Trimmed(string cell) => cell.Trim().TrimStart('\uFEFF');
}
