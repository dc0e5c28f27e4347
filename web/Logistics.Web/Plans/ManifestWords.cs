namespace Logistics.Web.Plans;

/// <summary>What a manifest says besides its data.</summary>
/// <param name="Language">As HTML names it.</param>
internal sealed record ManifestWords(
    string Language, string Title, string Route, string NoCourier, string Parcels, string Trips, string Times, string Place, string Count, string Codes, string Load, string Reload, string End, string Break, string Until)
{
    public static ManifestWords Chinese { get; } = new("zh-CN", "派送清单", "路线", "未指派配送员", "件", "趟", "到达–离开", "地点", "件数", "运单（收件人 · 电话尾号 · 格口）", "装车", "返回装车", "收车", "休息", "时限");

    public static ManifestWords English { get; } = new("en", "Manifest", "route", "no courier", "parcels", "trips", "Arrival – departure", "Place", "Parcels", "Waybill (recipient · phone tail · compartment)", "Load", "Back to load", "End", "Break", "by");

    /// <summary>English for en, Chinese for everything else.</summary>
    public static ManifestWords Of(string? language) => language == "en" ? English : Chinese;
}
