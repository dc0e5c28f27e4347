using System.Globalization;
using Logistics.Domain;

namespace Logistics.Web.Orders;

/// <summary>Reads dates, clock readings and instants as people, spreadsheets and programs write them.</summary>
public static class TimeText
{
    private static readonly string[] DateFormats =
        ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日", "yyyy年M月d号", "d-MMM-yyyy", "d MMM yyyy", "d-MMM-yy", "MMM d yyyy", "MMM d, yyyy", "d MMMM yyyy", "MMMM d, yyyy"];
    private static readonly string[] NoYearFormats = ["M月d日", "M月d号"];
    private static readonly string[] TimeFormats = ["H:m", "H:m:s", "H:m:s.FFFFFFF", "HHmm", "H点", "H时", "H点m分", "H时m分", "H点m", "H点整"];

    /// <summary>Days spreadsheets count from 1899-12-30: 2009 to 2064.</summary>
    private const int FirstSerial = 40_000, LastSerial = 60_000;

    /// <summary>A date; the midnight that spreadsheets write behind one is part of it, a weekday too. Without a year it is the one nearest to <paramref name="near"/>.</summary>
    public static bool TryDay(string text, DateOnly near, out DateOnly day)
    {
        var plain = WithoutWeekday(text);
        if (FindSerial(plain) is (var serial, 0))
        {
            day = serial;
            return true;
        }
        if (TryDate(plain, near, out day)) return true;
        var split = plain.LastIndexOfAny([' ', 'T']);
        return split > 0 && TryClock(plain[(split + 1)..].Trim(), out var minute) && minute == 0 && TryDate(plain[..split].Trim(), near, out day);
    }

    private static bool TryDate(string text, DateOnly near, out DateOnly day)
    {
        if (DateOnly.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return true;
        if (IsPairOfNumbers(text)) return TryMonthAndDay(text, near, out day);
        if (!DateOnly.TryParseExact(text, NoYearFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var other)) return false;
        day = Nearest(other.Month, other.Day, near);
        return true;
    }

    private static DateOnly Nearest(int month, int dayOfMonth, DateOnly near) =>
        Enumerable.Range(near.Year - 1, 3).Where(y => dayOfMonth <= DateTime.DaysInMonth(y, month)).Select(y => new DateOnly(y, month, dayOfMonth)).MinBy(d => Math.Abs(d.DayNumber - near.DayNumber));

    /// <summary>True for "11/26": two short numbers that may be a month and a day.</summary>
    public static bool IsPairOfNumbers(string text) => text.Split('/') is [{ Length: 1 or 2 } first, { Length: 1 or 2 } second] && (first + second).All(char.IsAsciiDigit);

    /// <summary>11/26 can only be one day; 12/1 is the reading within a month of <paramref name="near"/>, if the other is not.</summary>
    private static bool TryMonthAndDay(string text, DateOnly near, out DateOnly day)
    {
        const int month = 31, longestFebruary = 29;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (first, second) = (int.Parse(text[..slash], CultureInfo.InvariantCulture), int.Parse(text[(slash + 1)..], CultureInfo.InvariantCulture));
        (int Month, int Day)[] orders = [(first, second), (second, first)];
        var readings = orders.Where(o => o.Month is >= 1 and <= 12 && o.Day >= 1 && o.Day <= (o.Month == 2 ? longestFebruary : DateTime.DaysInMonth(near.Year, o.Month)))
            .Select(o => Nearest(o.Month, o.Day, near)).Distinct().ToList();
        if (readings.Count > 1) readings.RemoveAll(d => Math.Abs(d.DayNumber - near.DayNumber) > month);
        day = readings.Count == 1 ? readings[0] : default;
        return readings.Count == 1;
    }

    private static string WithoutWeekday(string text)
    {
        var at = text.IndexOf("星期", StringComparison.Ordinal) is >= 0 and var week ? week : text.IndexOf('周', StringComparison.Ordinal);
        return at > 0 ? text[..at].TrimEnd(' ', '(', ',') : text;
    }

    /// <summary>A spreadsheet's day number, with the time as its fraction: 46354.375.</summary>
    private static (DateOnly Day, int Minute)? FindSerial(string text)
    {
        if (text.Length < 5 || text.AsSpan(0, 5).ContainsAnyExceptInRange('0', '9') || (text.Length > 5 && text[5] != '.')) return null;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) || days is < FirstSerial or > LastSerial) return null;
        var minutes = (int)Math.Round(days * 1440);
        return (DateOnly.FromDateTime(DateTime.FromOADate(minutes / 1440)), minutes % 1440);
    }

    /// <summary>True for a date with its year last, "3/4/2026": whether that is March or April nobody can tell, so such dates are never read alone.</summary>
    public static bool IsYearLast(string text)
    {
        var parts = text.Split(' ', 2)[0].Split('/', '-', '.');
        return parts.Length == 3 && parts[0].Length is 1 or 2 && parts[1].Length is 1 or 2 && parts[2].Length is 2 or 4 && parts.All(p => p.All(char.IsAsciiDigit));
    }

    /// <summary>Minutes since midnight; "24:00" is 1440. Halves of the day are told by AM, PM, 上午, 下午.</summary>
    public static bool TryClock(string text, out int minute)
    {
        minute = 1440;
        if (text is "24:00" or "24:00:00" or "24点" or "24时") return true;
        var (reading, half) = SplitHalf(text);
        if (!TimeOnly.TryParseExact(reading, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return TryHalfHour(reading, half, out minute);
        return TryHalved(time.Hour, time.Minute, half, out minute);
    }

    // 9点半
    private static bool TryHalfHour(string reading, DayHalf half, out int minute)
    {
        minute = 0;
        return reading.EndsWith("点半", StringComparison.Ordinal) && int.TryParse(reading[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour < 24 && TryHalved(hour, 30, half, out minute);
    }

    private static bool TryHalved(int hour, int minutes, DayHalf half, out int minute)
    {
        minute = (hour * 60) + minutes;
        if (half == DayHalf.None) return true;
        // 12 begins both halves; 下午14:30 says it twice, 14:30 AM contradicts itself, and 0:30 belongs to neither clock of twelve hours.
        if (hour == 12) minute -= half == DayHalf.Morning ? 720 : 0;
        else if (half == DayHalf.Afternoon && hour is > 0 and < 12) minute += 720;
        return half == DayHalf.Afternoon ? hour > 0 : hour is > 0 and <= 12;
    }

    private enum DayHalf { None, Morning, Afternoon }

    private static (string Reading, DayHalf Half) SplitHalf(string text)
    {
        foreach (var (word, half) in (ReadOnlySpan<(string, DayHalf)>)[("上午", DayHalf.Morning), ("下午", DayHalf.Afternoon), ("晚上", DayHalf.Afternoon), ("AM", DayHalf.Morning), ("PM", DayHalf.Afternoon), ("A.M.", DayHalf.Morning), ("P.M.", DayHalf.Afternoon)])
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) return (WithMinutes(text[word.Length..]), half);
            if (text.EndsWith(word, StringComparison.OrdinalIgnoreCase)) return (WithMinutes(text[..^word.Length]), half);
        }
        return (text, DayHalf.None);
    }

    // "9 AM" has no minutes.
    private static string WithMinutes(string reading) => reading.Trim() is var hour && hour.Length is 1 or 2 && hour.All(char.IsAsciiDigit) ? hour + ":00" : hour;

    /// <summary>An instant: with an offset as written, without one in the area's zone; a bare clock reading falls on <paramref name="day"/>.</summary>
    public static bool TryInstant(string text, DateOnly? day, ServiceArea area, out DateTimeOffset at)
    {
        at = default;
        if (TryClock(text, out var minute))
        {
            if (day is null) return false;
            at = area.InstantOf(day.Value, minute);
            return true;
        }
        if (FindSerial(text) is (var serial, var past))
        {
            at = area.InstantOf(serial, past);
            return true;
        }
        return TryDateAndClock(text, day ?? DateOnly.FromDateTime(DateTime.UnixEpoch), area, out at);
    }

    private static bool TryDateAndClock(string text, DateOnly near, ServiceArea area, out DateTimeOffset at)
    {
        at = default;
        foreach (var split in Splits(text))
        {
            if (!TryDay(text[..split].Trim(), near, out var date)) continue;
            var rest = text[split..].TrimStart('T', ' ');
            if (TryClock(rest, out var minute))
            {
                at = area.InstantOf(date, minute);
                return true;
            }
            // Only with an offset: a reading without one would take the machine's zone. Behind a space 09:00-12:00 is a window, no offset.
            if (rest.AsSpan().IndexOfAny(text[split] == 'T' ? "Zz+-" : "Zz+") > 0 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at)) return true;
        }
        return false;
    }

    /// <summary>Where a date may end and its time begin; 2026年11月22日9:00 needs no space, "28 Nov 2026 9:00" has spaces of its own.</summary>
    private static IEnumerable<int> Splits(string text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] is ' ' or 'T') yield return i;
            else if (text[i - 1] is '日' or '号') yield return i;
        }
    }

    public static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
