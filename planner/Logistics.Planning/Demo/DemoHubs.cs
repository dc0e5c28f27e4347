using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>Hubs of the demo city, in districts of three: two consolidation centres and a forward store between them, from which tricycles work.</summary>
/// <remarks>A district suits some five thousand parcels a day: the docks of a centre load no more, and a van that crosses the whole city delivers little.</remarks>
internal static class DemoHubs
{
    public const int PerDistrict = 3;
    private const int ParcelsPerDistrict = 5_000;
    private const int VehiclesPerDistrict = 10;

    /// <summary>From this many vehicles on one of them is a tricycle.</summary>
    private const int LeastForStore = 5;

    private static readonly (string Name, string District, double Lon, double Lat, string Address)[] Places =
    [
        ("京南共同配送中心", "通州区", 116.5720, 39.7380, "通州区马驹桥镇物流基地融商二路1号"),
        ("京北共同配送中心", "顺义区", 116.5360, 40.0900, "顺义区后沙峪镇空港物流园2号"),
        ("十里堡前置仓", "朝阳区", 116.5010, 39.9210, "朝阳区十里堡路3号院"),
        ("衙门口共同配送中心", "石景山区", 116.2150, 39.8850, "石景山区衙门口东街8号"),
        ("沙河共同配送中心", "昌平区", 116.2850, 40.1400, "昌平区沙河镇物流园5号"),
        ("望京前置仓", "朝阳区", 116.4700, 39.9960, "朝阳区望京北路16号院"),
        ("黄村共同配送中心", "大兴区", 116.3450, 39.7150, "大兴区黄村镇京南物流园11号"),
        ("东坝共同配送中心", "朝阳区", 116.5600, 39.9700, "朝阳区东坝乡东苇路6号"),
        ("中关村前置仓", "海淀区", 116.3160, 39.9820, "海淀区科学院南路9号院"),
        ("张家湾共同配送中心", "通州区", 116.7000, 39.8500, "通州区张家湾镇广源东街4号"),
        ("西北旺共同配送中心", "海淀区", 116.2650, 40.0450, "海淀区西北旺镇永丰路7号"),
        ("方庄前置仓", "丰台区", 116.4300, 39.8660, "丰台区方庄路12号院"),
        ("长阳共同配送中心", "房山区", 116.2050, 39.7550, "房山区长阳镇物流街3号"),
        ("来广营共同配送中心", "朝阳区", 116.4650, 40.0350, "朝阳区来广营西路10号"),
        ("回龙观前置仓", "昌平区", 116.3360, 40.0750, "昌平区回龙观西大街18号院"),
        ("新发地共同配送中心", "丰台区", 116.3450, 39.8150, "丰台区新发地京开路2号"),
        ("四季青共同配送中心", "海淀区", 116.2650, 39.9550, "海淀区四季青镇杏石口路20号"),
        ("马家堡前置仓", "丰台区", 116.3720, 39.8530, "丰台区马家堡东路15号院"),
        ("十八里店共同配送中心", "朝阳区", 116.4850, 39.8450, "朝阳区十八里店乡横街子9号"),
        ("北七家共同配送中心", "昌平区", 116.4250, 40.1100, "昌平区北七家镇宏福路13号"),
        ("果园前置仓", "通州区", 116.6470, 39.8940, "通州区果园环岛西路5号院"),
        ("亦庄共同配送中心", "大兴区", 116.5200, 39.7800, "大兴区亦庄经海路21号"),
        ("清河共同配送中心", "海淀区", 116.3450, 40.0350, "海淀区清河安宁庄路17号"),
        ("天通苑前置仓", "昌平区", 116.4130, 40.0660, "昌平区天通苑中街8号院"),
        ("卢沟桥共同配送中心", "丰台区", 116.2250, 39.8500, "丰台区卢沟桥南路14号"),
        ("高碑店共同配送中心", "朝阳区", 116.5300, 39.9050, "朝阳区高碑店乡半壁店19号"),
        ("鲁谷前置仓", "石景山区", 116.2400, 39.9020, "石景山区鲁谷路22号院"),
        ("南苑共同配送中心", "丰台区", 116.3950, 39.8250, "丰台区南苑路30号"),
        ("孙河共同配送中心", "朝阳区", 116.5300, 40.0500, "朝阳区孙河乡京平路6号"),
        ("旧宫前置仓", "大兴区", 116.4600, 39.8080, "大兴区旧宫路11号院"),
    ];

    /// <summary>Districts of a city of that size; every hub of them gets a vehicle.</summary>
    public static int CountDistricts(int parcels, int vehicles) =>
        Math.Clamp(Math.Min(parcels / ParcelsPerDistrict, vehicles / VehiclesPerDistrict), 1, Places.Length / PerDistrict);

    /// <summary>All hubs, district by district; with very few vehicles the two centres only.</summary>
    public static IReadOnlyList<Hub> Build(DemoIds ids, int parcels, int vehicles)
    {
        var hours = WeeklyHours.EveryDay(ClockSpan.FromHours(5, 23.5));
        var districts = CountDistricts(parcels, vehicles);
        var count = vehicles < LeastForStore ? PerDistrict - 1 : districts * PerDistrict;
        return [.. Places.Take(count).Select((p, i) => new Hub(ids.New(IdPrefix.Hub), ids.AreaId, FormattableString.Invariant($"H{i + 1}"), p.Name, new(p.Lon, p.Lat), p.Address)
        {
            District = p.District,
            Hours = hours,
            DockCount = (i % PerDistrict) switch
            {
                0 => Math.Max(16, vehicles * 2 / (5 * districts)),
                1 => Math.Max(12, vehicles * 2 / (5 * districts)),
                _ => Math.Max(4, vehicles / (5 * districts)),
            },
        })];
    }

    public static bool IsStore(int hub) => hub % PerDistrict == PerDistrict - 1;
}
