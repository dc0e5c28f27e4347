namespace Logistics.Domain.Tests;

public sealed class AccessRuleTests
{
    private static readonly DateOnly Monday = new(2026, 6, 1);

    private static readonly AccessRule Rule = new(
        "rul_1", "are_1", "五环内外地货车", [GeoPolygon.FromBounds(116.3, 39.85, 116.5, 40.0)], new DateOnly(2026, 1, 1), new DateOnly(2026, 7, 1))
    {
        Hours = [ClockSpan.FromHours(7, 9), ClockSpan.FromHours(17, 20)],
    };

    private static readonly Vehicle Truck = new("veh_1", "are_1", "冀B12348", VehicleClass.LightTruck, EnergyKind.Diesel, "hub_1")
    {
        IsLocalPlate = false,
        AccessClass = "truck",
    };

    public static TheoryData<string, AccessRule, Vehicle, DateOnly, DayKind, bool> Cases => new()
    {
        { "plain", Rule, Truck, Monday, DayKind.Ordinary, true },
        { "last day", Rule, Truck, new(2026, 6, 30), DayKind.Ordinary, true },
        { "expired", Rule, Truck, new(2026, 7, 1), DayKind.Ordinary, false },
        { "not yet", Rule, Truck, new(2025, 12, 31), DayKind.Ordinary, false },
        { "switched off", Rule with { IsActive = false }, Truck, Monday, DayKind.Ordinary, false },
        { "other weekday", Rule with { Weekdays = [DayOfWeek.Tuesday] }, Truck, Monday, DayKind.Ordinary, false },
        { "rests on holidays", Rule with { AppliesOnHolidays = false }, Truck, Monday, DayKind.Holiday, false },
        { "make-up workday counts", Rule with { AppliesOnHolidays = false }, Truck, Monday, DayKind.MakeUpWorkday, true },
        { "local plates only", Rule with { Plates = PlateScope.LocalPlates }, Truck, Monday, DayKind.Ordinary, false },
        { "non-local plates", Rule with { Plates = PlateScope.NonLocalPlates }, Truck, Monday, DayKind.Ordinary, true },
        { "other class", Rule with { VehicleClasses = [VehicleClass.Van] }, Truck, Monday, DayKind.Ordinary, false },
        { "same access class", Rule with { AccessClasses = ["TRUCK"] }, Truck, Monday, DayKind.Ordinary, true },
        { "electric spared", Rule with { EnergyKinds = [EnergyKind.Diesel, EnergyKind.Petrol] }, Truck with { Energy = EnergyKind.Electric }, Monday, DayKind.Ordinary, false },
        { "digit of the day", Rule with { PlateDigits = [new(DayOfWeek.Monday, "38")] }, Truck, Monday, DayKind.Ordinary, true },
        { "digit of another day", Rule with { PlateDigits = [new(DayOfWeek.Tuesday, "38")] }, Truck, Monday, DayKind.Ordinary, false },
        { "letter at the end", Rule with { PlateDigits = [new(DayOfWeek.Monday, "3")] }, Truck with { Plate = "京AF123A" }, Monday, DayKind.Ordinary, true },
        { "permit", Rule with { Permits = [new("veh_1", Monday)] }, Truck, Monday, DayKind.Ordinary, false },
        { "permit ran out", Rule with { Permits = [new("veh_1", new(2026, 5, 1), Monday)] }, Truck, Monday, DayKind.Ordinary, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rule_bars_a_vehicle_only_where_every_condition_holds(string name, AccessRule rule, Vehicle vehicle, DateOnly day, DayKind kind, bool isBarred)
    {
        Assert.NotEmpty(name);
        Assert.Equal(isBarred ? rule.Hours : [], rule.BannedHours(vehicle, day, kind));
    }

    [Fact]
    public void Rule_without_hours_bars_all_day() => Assert.Equal([ClockSpan.AllDay], (Rule with { Hours = [] }).BannedHours(Truck, Monday));
}
