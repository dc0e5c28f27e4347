using System.Globalization;
using System.Text;
using Logistics.Domain;

namespace Logistics.Web.Orders;

/// <summary>Reads the values people type into order files: Chinese and English words, full-width digits, numbers with units, coordinates.</summary>
public static class FieldText
{
    /// <summary>Trimmed, in compatibility form (full-width digits become plain), or null when blank.</summary>
    public static string? Clean(string? text)
    {
        if (text is null) return null;
        var plain = Ascii.IsValid(text) ? text : text.Normalize(NormalizationForm.FormKC);
        // ="0012" is how digits are kept from a spreadsheet.
        var clean = plain.Trim().TrimStart('=').Trim('\'', '"', '\t', '\u200B', '\uFEFF').Trim();
        return clean is "" or "-" or "--" or "—" or "/" or "null" or "NULL" or "None" or "N/A" or "n/a" or "无" or "空" or "暂无" ? null : clean;
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
        if (!double.TryParse(WithPoint(text[..digits].Trim()), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return false;
        if (Scale(unit) is not { } scale) return false;
        amount = number * scale;
        // "1e400" parses, as infinity.
        return double.IsFinite(amount);
    }

    /// <summary>"1,200" and "1.200,5" with a plain point: a comma before three digits parts thousands, any other is the decimal one.</summary>
    private static string WithPoint(string number)
    {
        var comma = number.LastIndexOf(',');
        if (comma < 0) return number;
        var isDecimal = number.IndexOf(',', StringComparison.Ordinal) == comma && (number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? point < comma : number.Length - comma != 4 || number[..comma] is "0" or "-0");
        return isDecimal ? number[..comma].Replace(".", "", StringComparison.Ordinal) + "." + number[(comma + 1)..] : number.Replace(",", "", StringComparison.Ordinal);
    }

    public static double? Scale(string unit) => unit switch
    {
        "" or "g" or "gram" or "grams" or "克" or "ml" or "毫升" or "cm3" or "cc" or "立方厘米" => 1,
        "kg" or "kgs" or "公斤" or "千克" or "l" or "升" or "公升" or "litre" or "litres" or "liter" or "liters" or "dm3" => 1000,
        "斤" or "市斤" => 500,
        "lb" or "lbs" or "磅" => 453.592_37,
        "m3" or "cbm" or "立方米" or "立方" or "方" or "t" or "吨" => 1_000_000,
        _ => null,
    };

    /// <summary>Degrees: "116.47", "116,47", "116.47°E", "东经116.47".</summary>
    public static double? FindDegrees(string text)
    {
        var digits = text.Trim([.. "东西南北经纬度°EWNS "]).Replace(',', '.');
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) || !double.IsFinite(degrees)) return null;
        return text.AsSpan().IndexOfAny("WS西南") >= 0 ? -degrees : degrees;
    }

    /// <summary>Both coordinates in one cell: "116.47,39.99", "(39.99 116.47)", "POINT(116.47 39.99)". What cannot be a latitude is the longitude.</summary>
    public static (double Lon, double Lat)? FindPlace(string text)
    {
        var inner = text.StartsWith("POINT", StringComparison.OrdinalIgnoreCase) ? text["POINT".Length..] : text;
        if (inner.Trim('(', ')', '[', ']', ' ').Split([',', ';', ' ', '/', '|', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [var one, var two]) return null;
        if (FindDegrees(one) is not { } first || FindDegrees(two) is not { } second) return null;
        return Math.Abs(second) > 90 && Math.Abs(first) <= 90 ? (second, first) : (first, second);
    }

    public static bool? FindBoolean(string text) => text.ToLowerInvariant() switch
    {
        "是" or "有" or "同意" or "已同意" or "授权" or "已授权" or "愿意" or "接受" or "可" or "可以" or "允许" or "支持" or "y" or "yes" or "true" or "1" or "t" or "√" or "✓" => true,
        "否" or "无" or "没有" or "不" or "不同意" or "未同意" or "未授权" or "不愿意" or "不接受" or "拒绝" or "不支持" or "完好" or "不可" or "不可以" or "不允许" or "n" or "no" or "false" or "0" or "f" or "×" => false,
        _ => null,
    };

    public static SizeClass? FindSize(string text) => text.ToUpperInvariant() switch
    {
        "S" or "SMALL" or "小" or "小号" or "S号" or "小型" or "小件" or "小格" or "小箱" => SizeClass.S,
        "M" or "MEDIUM" or "中" or "中号" or "M号" or "中型" or "中件" or "中格" or "中箱" => SizeClass.M,
        "L" or "LARGE" or "大" or "大号" or "L号" or "大型" or "大件" or "大格" or "大箱" => SizeClass.L,
        "XL" or "XLARGE" or "X-LARGE" or "EXTRALARGE" or "EXTRA LARGE" or "XL号" or "特大号" or "加大" or "特大" or "特大件" or "超大" or "超大件" => SizeClass.XL,
        _ => null,
    };

    public static HandlingClass? FindHandling(string text) => text.ToLowerInvariant() switch
    {
        "normal" or "普通" or "常温" or "普货" or "一般" or "常规" or "普通件" or "标准" or "其他" or "普通货物" or "general" or "standard" or "regular" or "服装" or "服饰" or "鞋帽" or "日用" or "日用品" or "百货" or "图书" or "书籍" or "文件" or "资料" or "玩具" or "家居" or "母婴" or "母婴用品" or "洗护" or "食品" or "饮料" or "粮油" or "文具" or "办公用品" or "配件" or "小家电" or "数码" or "电子" or "电子产品" or "美妆" or "化妆品" or "零食" or "clothing" or "books" or "documents" or "household" or "electronics" => HandlingClass.Normal,
        "fresh" or "生鲜" or "冷链" or "冷藏" or "冷冻" or "保鲜" or "低温" or "鲜花" or "食品生鲜" or "水果" or "蔬菜" or "果蔬" or "肉类" or "海鲜" or "水产" or "冷鲜" or "perishable" or "chilled" or "frozen" or "fresh food" => HandlingClass.Fresh,
        "valuable" or "贵重" or "贵重物品" or "保价" or "贵重件" or "珠宝" or "首饰" or "黄金" or "high value" or "jewellery" or "jewelry" => HandlingClass.Valuable,
        "fragile" or "易碎" or "易碎品" or "易碎件" or "玻璃" or "玻璃制品" or "陶瓷" or "瓷器" or "glass" or "breakable" => HandlingClass.Fragile,
        "oversize" or "超规" or "超大件" or "大件" or "超限" or "大家电" or "家具" or "bulky" or "oversized" or "furniture" => HandlingClass.Oversize,
        "drug" or "药品" or "医药" or "药" or "处方药" or "medicine" or "drugs" or "pharmacy" or "pharmaceutical" => HandlingClass.Drug,
        "prohibited" or "禁寄" or "违禁" or "违禁品" or "禁寄品" or "危险品" or "易燃易爆" or "dangerous" or "hazmat" or "dangerous goods" => HandlingClass.Prohibited,
        _ => null,
    };

    public static Datum? FindDatum(string text) => text.ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal) switch
    {
        "WGS84" or "WGS" or "GPS" or "EPSG:4326" or "CGCS2000" or "国家2000" or "大地2000" => Datum.Wgs84,
        "GCJ02" or "GCJ02LL" or "GCJ" or "火星" or "火星坐标" or "国测局" or "高德" or "腾讯" or "AMAP" => Datum.Gcj02,
        "BD09" or "BD09LL" or "BD" or "百度" or "百度坐标" or "百度地图" or "BAIDU" => Datum.Bd09,
        _ => null,
    };
}
