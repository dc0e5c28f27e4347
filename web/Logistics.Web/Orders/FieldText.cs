using System.Globalization;
using System.Text;
using Logistics.Domain;

namespace Logistics.Web.Orders;

/// <summary>Reads the values people type into order files: Chinese and English words, full-width digits, numbers with units, many shapes of dates.</summary>
public static class FieldText
{
    private static readonly string[] DateFormats = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "yyyy年M月d日"];
    private static readonly string[] TimeFormats = ["H:m", "H:m:s", "H点", "H时", "H点m分", "H时m分"];

    /// <summary>Trimmed, in compatibility form (full-width digits become plain), or null when blank.</summary>
    public static string? Clean(string? text)
    {
        var clean = text?.Normalize(NormalizationForm.FormKC).Trim().Trim('\'', '"', '\t').Trim();
        return string.IsNullOrEmpty(clean) || clean is "-" or "—" or "null" or "NULL" or "N/A" or "无" ? null : clean;
    }

    /// <summary>A number in the base unit (g, ml): "2.5kg", "1,200", "0.003 m3".</summary>
    public static bool TryAmount(string text, out double amount)
    {
        var digits = text.Length;
        while (digits > 0 && !char.IsAsciiDigit(text[digits - 1])) digits--;
        // The 3 of "m3" and "cm3" belongs to the unit.
        if (digits > 1 && text[digits - 1] == '3' && char.ToLowerInvariant(text[digits - 2]) == 'm') digits -= text.Length >= 3 && digits > 2 && char.ToLowerInvariant(text[digits - 3]) is 'c' or 'd' ? 3 : 2;
        var unit = text[digits..].Trim().ToLowerInvariant();
        amount = 0;
        if (!double.TryParse(text[..digits].Trim().Replace(",", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
        if (Scale(unit) is not { } scale) return false;
        amount = number * scale;
        return true;
    }

    public static double? Scale(string unit) => unit switch
    {
        "" or "g" or "克" or "ml" or "毫升" or "cm3" or "cc" or "立方厘米" => 1,
        "kg" or "公斤" or "千克" or "l" or "升" or "dm3" => 1000,
        "斤" => 500,
        "m3" or "立方米" or "方" or "t" or "吨" => 1_000_000,
        _ => null,
    };

    public static bool? FindBoolean(string text) => text.ToLowerInvariant() switch
    {
        "是" or "有" or "同意" or "可" or "可以" or "允许" or "y" or "yes" or "true" or "1" or "t" or "√" or "✓" => true,
        "否" or "无" or "没有" or "不同意" or "不可" or "不可以" or "不允许" or "n" or "no" or "false" or "0" or "f" or "×" => false,
        _ => null,
    };

    public static SizeClass? FindSize(string text) => text.ToUpperInvariant() switch
    {
        "S" or "SMALL" or "小" or "小件" or "小格" or "小箱" => SizeClass.S,
        "M" or "MEDIUM" or "中" or "中件" or "中格" or "中箱" => SizeClass.M,
        "L" or "LARGE" or "大" or "大件" or "大格" or "大箱" => SizeClass.L,
        "XL" or "XLARGE" or "X-LARGE" or "EXTRALARGE" or "特大" or "特大件" or "超大" or "超大件" => SizeClass.XL,
        _ => null,
    };

    public static HandlingClass? FindHandling(string text) => text.ToLowerInvariant() switch
    {
        "normal" or "普通" or "普货" or "一般" or "常规" or "普通件" or "标准" or "其他" => HandlingClass.Normal,
        "fresh" or "生鲜" or "冷链" or "冷藏" or "冷冻" or "鲜花" or "食品生鲜" => HandlingClass.Fresh,
        "valuable" or "贵重" or "贵重物品" or "保价" or "贵重件" => HandlingClass.Valuable,
        "fragile" or "易碎" or "易碎品" or "易碎件" => HandlingClass.Fragile,
        "oversize" or "超规" or "超大件" or "大件" or "超限" => HandlingClass.Oversize,
        "drug" or "药品" or "医药" or "药" => HandlingClass.Drug,
        "prohibited" or "禁寄" or "违禁" or "违禁品" or "禁寄品" or "危险品" => HandlingClass.Prohibited,
        _ => null,
    };

    public static Datum? FindDatum(string text) => text.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal) switch
    {
        "WGS84" or "WGS" or "GPS" or "EPSG:4326" => Datum.Wgs84,
        "GCJ02" or "GCJ" or "火星坐标" or "高德" or "腾讯" or "AMAP" => Datum.Gcj02,
        "BD09" or "BD09LL" or "BD" or "百度" or "BAIDU" => Datum.Bd09,
        _ => null,
    };

    /// <summary>A date; the midnight that spreadsheets write behind one is part of it.</summary>
    public static bool TryDay(string text, out DateOnly day)
    {
        var split = text.IndexOf(' ', StringComparison.Ordinal);
        var date = split > 0 && TryClock(text[(split + 1)..].Trim(), out var minute) && minute == 0 ? text[..split] : text;
        return DateOnly.TryParseExact(date, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    /// <summary>True for a date with its year last, "3/4/2026": whether that is March or April nobody can tell, so such dates are never read.</summary>
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
        if (!TimeOnly.TryParseExact(reading, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return false;
        minute = (time.Hour * 60) + time.Minute;
        if (half == DayHalf.None) return true;
        // 12 begins both halves; 下午14:30 says it twice, 14:30 AM contradicts itself, and 0:30 belongs to neither clock of twelve hours.
        if (time.Hour == 12) minute -= half == DayHalf.Morning ? 720 : 0;
        else if (half == DayHalf.Afternoon && time.Hour is > 0 and < 12) minute += 720;
        return half == DayHalf.Afternoon ? time.Hour > 0 : time.Hour is > 0 and <= 12;
    }

    private enum DayHalf { None, Morning, Afternoon }

    private static (string Reading, DayHalf Half) SplitHalf(string text)
    {
        foreach (var (word, half) in (ReadOnlySpan<(string, DayHalf)>)[("上午", DayHalf.Morning), ("下午", DayHalf.Afternoon), ("AM", DayHalf.Morning), ("PM", DayHalf.Afternoon), ("A.M.", DayHalf.Morning), ("P.M.", DayHalf.Afternoon)])
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
        var split = text.IndexOfAny([' ', 'T', '日']);
        // 2026年11月22日9:00 needs no space.
        var dateLength = split > 0 && text[split] == '日' ? split + 1 : split;
        if (split > 0 && TryDay(text[..dateLength], out var date))
        {
            var rest = text[(split + 1)..].Trim();
            if (TryClock(rest, out minute))
            {
                at = area.InstantOf(date, minute);
                return true;
            }
            // Only with an offset: a reading without one would take the machine's zone.
            return rest.AsSpan().IndexOfAny("Zz+-") > 0 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
        }
        return false;
    }

    /// <summary>"09:00-12:00", "9点~12点" or two instants around a dash.</summary>
    public static bool TryWindow(string text, out string from, out string until)
    {
        (from, until) = ("", "");
        foreach (var separator in (ReadOnlySpan<string>)["~", "–", "—", "至", " - ", "到", "-"])
        {
            var parts = text.Split(separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != 2) continue;
            (from, until) = (parts[0], parts[1]);
            return true;
        }
        return false;
    }

    public static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
