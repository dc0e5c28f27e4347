using Logistics.Domain;

namespace Logistics.Storage.Tests;

/// <summary>A network small enough to draw: one square area, one hub, one locker, one counter, two partners, one vehicle.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero); // 08:00 in Beijing, a Monday
    public static readonly DateOnly Day = new(2026, 6, 1);
    public static readonly Actor Admin = new("usr_admin", "test");

    public static NetworkSnapshot Network { get; } = new(
        new ServiceArea("are_1", "BJ", "北京", GeoPolygon.FromBounds(116.2, 39.8, 116.6, 40.1), "Asia/Shanghai", "京", new PlanningDefaults()),
        [new Partner("ptn_jd", "JD", "京东", PartnerKind.ECommerce), new Partner("ptn_sf", "SF", "顺丰", PartnerKind.Carrier)],
        [new Hub("hub_1", "are_1", "H1", "朝阳中心", new GeoPoint(116.5, 39.9), "朝阳路1号")],
        [
            new Terminal("ter_1", "are_1", "T1", "望京柜", TerminalKind.Locker, new GeoPoint(116.47, 39.99), "望京街1号") { Compartments = new SizeCounts(6, 3, 2, 0), District = "朝阳" },
            new Terminal("ter_2", "are_1", "T2", "小卖部", TerminalKind.Counter, new GeoPoint(116.40, 39.95), "安定路2号") { Compartments = new SizeCounts(5, 5, 5, 5) },
        ],
        [new Vehicle("veh_1", "are_1", "京A12345", VehicleClass.Van, EnergyKind.Electric, "hub_1") { CapacityCount = 200 }],
        [new Courier("cou_1", "are_1", "C1", "老李", "hub_1")],
        [new AccessRule("rul_1", "are_1", "二环限行", [GeoPolygon.FromBounds(116.35, 39.88, 116.43, 39.95)], new DateOnly(2026, 1, 1), null)],
        [new CalendarDay(new DateOnly(2026, 6, 18), DayKind.Ordinary, Festival: "618")]);

    public static OrderDraft Draft(int number = 1, string partner = "JD") => new()
    {
        Partner = partner,
        Waybill = FormattableString.Invariant($"{partner}{number:000000}"),
        Size = SizeClass.M,
        WeightGrams = 1200,
        VolumeMillilitres = 8000,
        PromiseStart = Now.AddHours(2),
        PromiseEnd = Now.AddHours(10),
        RecipientName = "王小明",
        RecipientPhone = FormattableString.Invariant($"1381234{number % 10000:0000}"),
        RecipientAddress = "朝阳区望京街道10号楼2单元301",
        Lon = 116.46,
        Lat = 39.98,
        HasTerminalConsent = true,
        Options = [new OptionDraft(DeliveryKind.Terminal, "T1"), new OptionDraft(DeliveryKind.Door, PreferenceFen: 300)],
    };

    /// <summary>A plan that brings the parcels to the locker in one trip.</summary>
    public static DayPlan Plan(string id, DateTimeOffset at, params IEnumerable<Parcel> parcels) => new(id, "are_1", Day, 0, "早班", at, "usr_admin")
    {
        Routes =
        [
            new PlannedRoute("rou_1", "shf_1", "veh_1", "cou_1", "hub_1")
            {
                Trips =
                [
                    new PlannedTrip(1, at.AddHours(1), at.AddHours(2), at.AddHours(5))
                    {
                        Stops =
                        [
                            new PlannedStop(1, "ter_1", new GeoPoint(116.47, 39.99), at.AddHours(3), at.AddHours(3), at.AddHours(4))
                            {
                                Tasks = [.. parcels.Select(p => new PlannedTask(p.Id, 0, SizeClass.L, 25))],
                            },
                        ],
                    },
                ],
            },
        ],
        Cost = new PlanCost { DistanceFen = 1234 },
    };
}
