using System.Globalization;

namespace Logistics.Forecasting.Calendars;

/// <summary>Reads the main day out of the name of a promotion.</summary>
internal static class SaleNames
{
    // Where month and day are the same number the name says it once.
    private static readonly string[] Doubled = ["双", "double"];

    private static readonly Dictionary<string, string> Written = new(StringComparer.Ordinal) { ["双十一"] = "1111", ["双十二"] = "1212" };

    /// <summary>618 is 18 June, 99 is 9 September, 1111, 11.11, 双11 and 双十一 are 11 November; null if the name says no day from start to last.</summary>
    public static DateOnly? FindMainDay(string family, DateOnly start, DateOnly last)
    {
        var digits = Written.GetValueOrDefault(family) ?? string.Concat(family.Where(char.IsAsciiDigit));
        if (digits.Length is 1 or 2 && Array.Exists(Doubled, d => family.StartsWith(d, StringComparison.OrdinalIgnoreCase))) digits += digits;
        if (digits.Length is < 2 or > 4) return null;
        var (month, day) = digits.Length == 2 ? (digits[0] - '0', digits[1] - '0') : (int.Parse(digits[..^2], CultureInfo.InvariantCulture), int.Parse(digits[^2..], CultureInfo.InvariantCulture));
        if (month is < 1 or > 12 || day < 1) return null;
        for (var year = start.Year; year <= last.Year; year++)
            if (day <= DateTime.DaysInMonth(year, month) && new DateOnly(year, month, day) is var main && main >= start && main <= last) return main;
        return null;
    }
}
