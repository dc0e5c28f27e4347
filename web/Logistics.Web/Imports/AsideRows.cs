namespace Logistics.Web.Imports;

/// <summary>Tells lines about a table from lines of it: totals, remarks below, numbers waiting for orders that never came.</summary>
internal static class AsideRows
{
    private static readonly string[] Totals = ["合计", "总计", "小计", "共计", "汇总", "total", "totals", "subtotal", "grandtotal", "sum"];

    /// <param name="waybill">Index of the waybill's column; −1 when there is none.</param>
    public static bool IsAside(IReadOnlyList<string> record, int waybill)
    {
        if (waybill < 0) return false;
        var filled = Enumerable.Range(0, record.Count).Where(i => !string.IsNullOrWhiteSpace(record[i])).ToList();
        if (filled.Count == 0) return false;
        var number = waybill < record.Count ? record[waybill] : "";
        var first = record[filled[0]];
        // What names a waybill is an order, however little of it there is.
        if (!string.IsNullOrWhiteSpace(number) && filled[0] != waybill) return IsTotal(first) && IsCount(number);
        return IsTotal(first) || (filled.Count == 1 && (string.IsNullOrWhiteSpace(number) || first.AsSpan().IndexOfAnyExceptInRange('\0', '\x7F') >= 0));
    }

    /// <summary>128 or 128单, as a total's line says below the waybills.</summary>
    private static bool IsCount(string cell) => cell.Trim().TrimEnd('单', '件', '票', '笔', '个', '条', ' ') is { Length: > 0 and < 6 } digits && digits.All(char.IsAsciiDigit);

    private static bool IsTotal(string cell)
    {
        var word = HeaderMatcher.Normalise(cell).TrimEnd([.. "0123456789"]);
        return Totals.Any(t => char.IsAscii(t[0]) ? word == t : word.StartsWith(t, StringComparison.Ordinal));
    }
}
