using System.Globalization;
using System.Text;
using Logistics.Domain;

namespace Logistics.Planning.Demo.Files;

/// <summary>How one partner writes its order files: every partner has its own habits, and intake must read them all.</summary>
/// <param name="Headers">Header of each column of <see cref="Columns"/>.</param>
/// <param name="IsGb18030">GB18030 instead of UTF-8 with a byte order mark.</param>
/// <param name="WritesKilograms">Weights in kg with the unit in the header.</param>
internal sealed record OrderSheet(IReadOnlyList<string> Headers, Datum Datum, bool IsGb18030, bool WritesKilograms)
{
    /// <summary>Times without dates, which intake takes as the day the file is imported for; terminal windows are left to the promise.</summary>
    public bool IsTimeless { get; init; }

    /// <summary>What the columns mean, in the order all sheets keep.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "partner", "waybill", "hub", "size", "weight", "volume", "handling", "damaged", "priority", "release", "from", "until", "name", "phone", "address", "district",
        "lon", "lat", "datum", "consent", "agreement", "terminals", "door", "epc",
    ];

    private static readonly string[] Chinese =
    [
        "合作企业", "运单号", "配送中心", "尺寸等级", "重量(克)", "体积(毫升)", "物品类别", "是否破损", "优先级", "到仓时间", "最早送达", "最晚送达", "收件人", "收件电话", "收件地址", "区域",
        "经度", "纬度", "坐标系", "同意代收", "寄件方同意入柜", "可投终端", "可送上门", "EPC",
    ];

    private static readonly string[] ChineseKilograms = [.. Chinese.Select(h => h == "重量(克)" ? "重量(kg)" : h)];

    private static readonly string[] Habitual =
    [
        "客户编码", "快递单号", "分拨中心", "箱型", "毛重(g)", "体积(ml)", "货物类型", "外包装破损", "优先级", "预计到仓时间", "时间窗开始", "时间窗结束", "收货人", "手机号", "收货地址", "区县",
        "收货经度", "收货纬度", "坐标类型", "是否同意投柜", "寄件人约定入柜", "候选终端", "是否上门", "RFID标签",
    ];

    private static readonly string[] English =
    [
        "partner", "tracking_no", "hub", "size_class", "weight_grams", "volume_ml", "handling", "is_damaged", "priority", "release_at", "promise_from", "promise_until", "consignee", "phone", "address", "district",
        "lon", "lat", "datum", "terminal_consent", "sender_agreement", "terminals", "door", "epc",
    ];

    /// <summary>The sheet of a partner by its place in the network.</summary>
    public static OrderSheet Of(int partner) => partner switch
    {
        1 => new(Habitual, Datum.Gcj02, false, false),
        2 => new(English, Datum.Wgs84, false, false),
        3 => new(ChineseKilograms, Datum.Wgs84, false, true),
        4 => new(Chinese, Datum.Bd09, true, false),
        _ => new(Chinese, Datum.Wgs84, false, false),
    };

    /// <summary>The cells of one parcel, in the order of <see cref="Columns"/>.</summary>
    public string[] Cells(Parcel p, NetworkSnapshot network)
    {
        var at = DatumConversion.FromWgs84(p.Recipient.Location, Datum);
        var door = p.Options.FirstOrDefault(o => o.Kind == DeliveryKind.Door);
        var zone = network.Area.Zone();
        return
        [
            network.FindPartner(p.PartnerId)!.Code, p.Waybill, network.FindHub(p.HubId)!.Code, p.Size.ToString(),
            WritesKilograms ? Number(p.WeightGrams / 1000.0) : Number(p.WeightGrams), Number(p.VolumeMillilitres), HandlingWord(p.Handling), p.IsDamaged ? "是" : "否", Number(p.Priority),
            Local(p.ReleaseAt), Local(p.Promise.Start), Local(p.Promise.End), p.Recipient.Name, p.Recipient.Phone, p.Recipient.Address, p.Recipient.District ?? "",
            Number(Math.Round(at.Lon, 6)), Number(Math.Round(at.Lat, 6)), Datum switch { Datum.Gcj02 => "GCJ02", Datum.Bd09 => "BD09", _ => "WGS84" },
            p.HasTerminalConsent ? "是" : "否", p.HasSenderLockerAgreement ? "是" : "否",
            string.Join(';', p.Options.Where(o => o.Kind == DeliveryKind.Terminal).Select(o => Option(network.FindTerminal(o.TerminalId)!.Code, o, p))),
            door is null ? "否" : Option("是", door, p), p.Epc ?? "",
        ];

        string Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).ToString(IsTimeless ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    public byte[] Encode(IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(Headers)) text.AppendJoin(',', row.Select(Quote)).Append("\r\n");
        if (!IsGb18030) return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding("GB18030").GetBytes(text.ToString());
    }

    /// <summary>place[@from/until][=fen]; the window is left out when it is the promise.</summary>
    private string Option(string place, DeliveryOption option, Parcel parcel)
    {
        var window = IsTimeless || option.Window == parcel.Promise ? "" : $"@{Instant(option.Window.Start)}/{Instant(option.Window.End)}";
        return option.PreferenceFen == 0 ? place + window : FormattableString.Invariant($"{place}{window}={option.PreferenceFen}");
    }

    private static string Instant(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string HandlingWord(HandlingClass handling) => handling switch
    {
        HandlingClass.Fresh => "生鲜",
        HandlingClass.Valuable => "贵重",
        HandlingClass.Fragile => "易碎",
        HandlingClass.Oversize => "超规",
        HandlingClass.Drug => "药品",
        HandlingClass.Prohibited => "禁寄",
        _ => "普通",
    };

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
