using Logistics.Domain;
using Logistics.Planning.Travel;

namespace Logistics.Planning.Demo;

/// <summary>Access rules of the demo city: dated data in the style of Beijing's, illustrative.</summary>
internal static class DemoRules
{
    private static readonly GeoPolygon ChangAnAvenue = GeoPolygon.FromRing(
        new GeoPoint(116.3510, 39.9055), new GeoPoint(116.4295, 39.9065), new GeoPoint(116.4295, 39.9090), new GeoPoint(116.3510, 39.9085));

    public static IReadOnlyList<AccessRule> Build(DemoIds ids, DateOnly day, IReadOnlyList<Vehicle> vehicles)
    {
        var from = new DateOnly(day.Year, 1, 1);
        IReadOnlyList<EnergyKind> burning = [EnergyKind.Petrol, EnergyKind.Diesel, EnergyKind.Gas, EnergyKind.Hybrid];
        IReadOnlyList<VehicleClass> trucks = [VehicleClass.LightTruck, VehicleClass.MediumTruck];
        var permitted = vehicles.Where(v => v.Class == VehicleClass.LightTruck && v.IsLocalPlate && v.Energy != EnergyKind.Electric).Take(Math.Max(1, vehicles.Count / 13));
        return
        [
            Rule("外埠货车六环内 06–24 时禁行", BeijingRings.Sixth) with
            {
                Plates = PlateScope.NonLocalPlates, VehicleClasses = trucks, Hours = [ClockSpan.FromHours(6, 24)],
            },
            Rule("五环内载货汽车早晚高峰禁行", BeijingRings.Fifth) with
            {
                VehicleClasses = trucks, EnergyKinds = burning, Hours = [ClockSpan.FromHours(7, 9), ClockSpan.FromHours(17, 20)],
            },
            Rule("二环内货车 06–23 时禁行（新能源与持证车辆除外）", BeijingRings.Second) with
            {
                VehicleClasses = trucks, EnergyKinds = burning, Hours = [ClockSpan.FromHours(6, 23)],
                Permits = [.. permitted.Select((v, i) => new AccessPermit(v.Id, from, from.AddYears(1), $"京货通{day.Year}-{i + 1:0000}"))],
            },
            Rule("五环内工作日尾号限行 07–20 时", BeijingRings.Fifth) with
            {
                EnergyKinds = burning, AppliesOnHolidays = false, Hours = [ClockSpan.FromHours(7, 20)],
                Weekdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday],
                PlateDigits =
                [
                    new(DayOfWeek.Monday, "38"), new(DayOfWeek.Tuesday, "49"), new(DayOfWeek.Wednesday, "50"), new(DayOfWeek.Thursday, "16"), new(DayOfWeek.Friday, "27"),
                ],
            },
            new AccessRule(ids.New(IdPrefix.AccessRule), ids.AreaId, "长安街沿线三轮车禁行", [ChangAnAvenue], from, null)
            {
                VehicleClasses = [VehicleClass.Tricycle], Source = "示例规则",
            },
        ];

        AccessRule Rule(string name, IReadOnlyList<GeoPoint> ring) =>
            new(ids.New(IdPrefix.AccessRule), ids.AreaId, name, [GeoPolygon.FromRing(ring)], from, null) { Source = "示例规则" };
    }
}
