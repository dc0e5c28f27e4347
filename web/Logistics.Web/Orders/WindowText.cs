using System.Globalization;
using Logistics.Domain;

namespace Logistics.Web.Orders;

/// <summary>Reads the cell that says when a parcel shall come: a window, a deadline, a day or a part of one.</summary>
public static class WindowText
{
    /// <summary>Ordinary hours, for a day without times.</summary>
    public const int UsualFromMinute = 9 * 60, UsualUntilMinute = 21 * 60;

    private static readonly string[] Separators = ["~", "–", "—", "至", "到", " to ", "-", "/"];
    private static readonly string[] Before = ["之前", "以前", "前"], After = ["之后", "以后", "后"];

    /// <param name="day">The day the order names elsewhere.</param>
    /// <param name="openDay">The day taken where nothing names one.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static TimeWindow? Find(string text, DateOnly? day, DateOnly openDay, ServiceArea area)
    {
        // 9/12 may be hours or a day.
        if (TimeText.IsPairOfNumbers(text)) return null;
        if (FindPart(text) is { } part) return On(day ?? openDay, part, area);
        if (TimeText.TryDay(text, openDay, out var date)) return On(date, (UsualFromMinute, UsualUntilMinute), area);
        if (FindPair(text, day, openDay, area) is { } pair) return pair;
        foreach (var word in Before)
        {
            if (text.EndsWith(word, StringComparison.Ordinal)) return FindDeadline(text[..^word.Length].Trim(), day ?? openDay, area);
        }
        foreach (var word in After)
        {
            if (!text.EndsWith(word, StringComparison.Ordinal)) continue;
            return TimeText.TryInstant(text[..^word.Length].Trim(), day ?? openDay, area, out var from) ? new TimeWindow(from, area.InstantOf(area.DayOf(from), UsualUntilMinute)) : null;
        }
        return FindPartOfDay(text, openDay, area) ?? FindDeadline(text, day ?? openDay, area);
    }

    /// <summary>A clock reading alone, not later than the usual hours begin: as a deadline it would leave no time.</summary>
    public static bool IsEarlyInstant(string text, DateOnly day, ServiceArea area) =>
        !TimeText.IsPairOfNumbers(text) && !TimeText.TryDay(text, day, out _) && FindPart(text) is null && FindPair(text, day, day, area) is null && TimeText.TryInstant(text, day, area, out var at) && at <= area.InstantOf(area.DayOf(at), UsualFromMinute);

    /// <summary>2026-11-28 上午, with or without the space.</summary>
    private static TimeWindow? FindPartOfDay(string text, DateOnly openDay, ServiceArea area)
    {
        for (var split = text.Length - 1; split > 0; split--)
        {
            if (FindPart(text[split..].Trim()) is { } named && TimeText.TryDay(text[..split].Trim(), openDay, out var date)) return On(date, named, area);
        }
        return null;
    }

    private static TimeWindow? FindDeadline(string text, DateOnly day, ServiceArea area) =>
        TimeText.TryInstant(text, day, area, out var until) ? new TimeWindow(UsualStart(until, area), until) : null;

    private static DateTimeOffset UsualStart(DateTimeOffset until, ServiceArea area)
    {
        var usual = area.InstantOf(area.DayOf(until), UsualFromMinute);
        return usual < until ? usual : area.InstantOf(area.DayOf(until), 0);
    }

    private static TimeWindow On(DateOnly day, (int From, int Until) minutes, ServiceArea area) => new(area.InstantOf(day, minutes.From), area.InstantOf(day, minutes.Until));

    /// <summary>Parts of a day within the ordinary hours.</summary>
    private static (int From, int Until)? FindPart(string text) => text.ToLowerInvariant() switch
    {
        "全天" or "不限" or "任意" or "任意时间" or "工作时间" or "any" or "any time" or "anytime" or "all day" => (UsualFromMinute, UsualUntilMinute),
        "上午" or "morning" or "am" => (UsualFromMinute, 12 * 60),
        "下午" or "afternoon" or "pm" => (12 * 60, 18 * 60),
        "晚上" or "晚间" or "夜间" or "evening" => (18 * 60, UsualUntilMinute),
        _ => null,
    };

    private static TimeWindow? FindPair(string text, DateOnly? day, DateOnly openDay, ServiceArea area)
    {
        foreach (var separator in Separators)
        {
            // 2026/11/29 18:00 is no pair.
            if (separator == "/" && text.AsSpan().Count('/') > 1) continue;
            for (var at = text.IndexOf(separator, StringComparison.Ordinal); at > 0; at = text.IndexOf(separator, at + 1, StringComparison.Ordinal))
            {
                var (left, right) = (text[..at].Trim(), text[(at + separator.Length)..].Trim());
                // 9-12点: the word stands once.
                if (IsHour(left) && !IsHour(right) && right.EndsWith('点')) left += "点";
                if (!TimeText.TryInstant(WithMinutes(left), day ?? openDay, area, out var from)) continue;
                if (!TimeText.TryInstant(WithMinutes(right), day ?? area.DayOf(from), area, out var until)) continue;
                // 下午2点-4点
                if (until <= from && left.Contains("下午", StringComparison.Ordinal) && until.AddHours(12) > from) until = until.AddHours(12);
                return new TimeWindow(from, until);
            }
        }
        return null;
    }

    private static bool IsHour(string text) => text.Length is 1 or 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hour) && hour <= 24;

    /// <summary>An hour alone, at the end: "9", "2026-11-28 9".</summary>
    private static string WithMinutes(string text) => IsHour(text) || (text.LastIndexOf(' ') is > 0 and var split && IsHour(text[(split + 1)..])) ? text + ":00" : text;
}
