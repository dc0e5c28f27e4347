namespace Logistics.Domain.Tests;

/// <summary>A network small enough to draw: one square area, one hub, one locker, one counter, two partners.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero); // 08:00 in Beijing, a Monday

    public static ServiceArea Area { get; } = new(
        "are_1", "BJ", "北京", GeoPolygon.FromBounds(116.2, 39.8, 116.6, 40.1), "Asia/Shanghai", "京", new PlanningDefaults());

    public static Partner Jd { get; } = new("ptn_jd", "JD", "京东", PartnerKind.ECommerce);
    public static Partner Fresh { get; } = new("ptn_fresh", "FRESH", "鲜到家", PartnerKind.Retailer);
    public static Hub Hub { get; } = new("hub_1", "are_1", "H1", "朝阳中心", new GeoPoint(116.5, 39.9), "朝阳路1号");

    public static Terminal Locker { get; } = new("ter_1", "are_1", "T1", "望京柜", TerminalKind.Locker, new GeoPoint(116.47, 39.99), "望京街1号")
    {
        Compartments = new SizeCounts(10, 5, 2, 0),
    };

    public static Terminal Counter { get; } = new("ter_2", "are_1", "T2", "小卖部", TerminalKind.Counter, new GeoPoint(116.40, 39.95), "安定路2号")
    {
        Compartments = new SizeCounts(20, 20, 20, 5),
        Partners = [new TerminalPartner("ptn_jd", 30)],
    };

    public static NetworkSnapshot Network { get; } = new(Area, [Jd, Fresh], [Hub], [Locker, Counter]);

    public static OrderDraft Draft { get; } = new()
    {
        Partner = "JD",
        Waybill = "JDX000000000001",
        Size = SizeClass.M,
        WeightGrams = 1200,
        VolumeMillilitres = 8000,
        PromiseStart = Now.AddHours(2),
        PromiseEnd = Now.AddHours(10),
        RecipientName = "王小明",
        RecipientPhone = "13812345678",
        RecipientAddress = "朝阳区望京街道10号楼2单元301",
        Lon = 116.46,
        Lat = 39.98,
    };

    public static Parcel Parcel(OrderDraft? draft = null) =>
        OrderRules.Accept(draft ?? Draft, Network, Now, new IdFactory(TimeProvider.System, seed: 1)).Parcel!;
}
