using Logistics.Domain;

namespace Logistics.Planning.Demo;

/// <summary>Vehicles, couriers and shifts of the demo city.</summary>
internal static class DemoFleet
{
    private static readonly string[] Surnames = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗"];
    private static readonly string[] GivenNames =
    [
        "伟", "强", "磊", "洋", "勇", "军", "杰", "涛", "超", "明", "刚", "平", "辉", "鹏", "建国", "志强", "海燕", "秀英", "晓东", "文博",
        "佳怡", "梓涵", "雨桐", "浩然", "子轩", "思远", "俊杰", "丽娟", "春梅", "国庆",
    ];

    /// <summary>One vehicle in five is a tricycle of a forward store, three in ten are light trucks, the rest vans; districts take turns, ten vehicles at a time.</summary>
    public static IReadOnlyList<Vehicle> BuildVehicles(DemoIds ids, Draws draws, int count, IReadOnlyList<Hub> hubs)
    {
        var plates = new HashSet<string>(StringComparer.Ordinal);
        var vehicles = new List<Vehicle>(count);
        var districts = Math.Max(1, hubs.Count / DemoHubs.PerDistrict);
        for (var i = 0; i < count; i++)
        {
            var kind = (i % 10) switch { 4 or 9 when hubs.Count >= DemoHubs.PerDistrict => VehicleClass.Tricycle, 1 or 5 or 7 => VehicleClass.LightTruck, _ => VehicleClass.Van };
            var isElectric = kind == VehicleClass.Tricycle || draws.Chance(kind == VehicleClass.Van ? 0.60 : 0.65);
            // Every city has some trucks registered in the neighbouring province.
            var isLocal = kind == VehicleClass.Tricycle || !draws.Chance(kind == VehicleClass.LightTruck ? 0.25 : 0.10);
            var (first, turn) = (i / 10 % districts * DemoHubs.PerDistrict, i / 10 / districts);
            var isSecond = i % 10 is 0 or 3 or 5 || (i % 10 == 8 && turn % 2 == 0);
            var hub = hubs[first + (kind == VehicleClass.Tricycle ? 2 : isSecond ? 1 : 0)];
            vehicles.Add(Build(ids, NewPlate(draws, plates, isLocal, isElectric), kind, isElectric, isLocal, hub));
        }

        return vehicles;
    }

    public static IReadOnlyList<Courier> BuildCouriers(DemoIds ids, Draws draws, IReadOnlyList<Vehicle> vehicles) =>
        [.. vehicles.Index().Select(v => new Courier(ids.New(IdPrefix.Courier), ids.AreaId, $"C{v.Index + 1:0000}", PersonName(draws), v.Item.HomeHubId)
        {
            Phone = Phone(draws),
            Skills = v.Item.Class == VehicleClass.Tricycle ? [] : [.. DrawSkills(draws, isAllRounder: v.Index % 10 is 0 or 2)],
            LicensedFor = v.Item.Class == VehicleClass.LightTruck ? [VehicleClass.Van, VehicleClass.LightTruck] : [v.Item.Class],
        })];

    /// <summary>An early, a day and a late shift, each with its meal break.</summary>
    public static IReadOnlyList<Shift> BuildShifts(
        DemoIds ids, ServiceArea area, DateOnly day, IReadOnlyList<Vehicle> vehicles, IReadOnlyList<Courier> couriers)
    {
        var shifts = new List<Shift>(vehicles.Count);
        for (var i = 0; i < vehicles.Count; i++)
        {
            // Every hub keeps a quarter of its vans for the evening; all-rounders work the day.
            var (start, length, mealFrom, mealUntil) = (i % 10) switch
            {
                0 or 2 or 9 => (8.0, 9.5, 11.5, 13.5),
                3 or 6 => (12.0, 9.5, 16.0, 18.0),
                _ => (6.5, 9.5, 11.0, 13.0),
            };
            shifts.Add(new Shift(
                ids.New(IdPrefix.Shift), ids.AreaId, day, couriers[i].Id, vehicles[i].Id, At(start), At(start + length))
            {
                Breaks = [new ShiftBreak(At(mealFrom), At(mealUntil), 2_400)],
                MaxOvertimeSeconds = 3_600,
                MaxTrips = vehicles[i].Class == VehicleClass.Tricycle ? 4 : 2,
            });
        }

        return shifts;

        DateTimeOffset At(double hour) => area.InstantOf(day, (int)(hour * 60));
    }

    public static string PersonName(Draws draws) => draws.Pick(Surnames) + draws.Pick(GivenNames);

    /// <summary>Eleven digits in a range no operator has given out.</summary>
    public static string Phone(Draws draws) => FormattableString.Invariant($"1000{draws.Integer(0, 10_000_000):0000000}");

    /// <summary>Both large hubs keep some all-rounders, so that no kind of parcel is stranded in a small city.</summary>
    private static IEnumerable<string> DrawSkills(Draws draws, bool isAllRounder)
    {
        yield return "oversize";
        if (draws.Chance(0.5) || isAllRounder) yield return "cold";
        if (draws.Chance(0.5) || isAllRounder) yield return "valuable";
        if (draws.Chance(0.3) || isAllRounder) yield return "drug";
    }

    private static Vehicle Build(DemoIds ids, string plate, VehicleClass kind, bool isElectric, bool isLocal, Hub hub)
    {
        var vehicle = new Vehicle(ids.New(IdPrefix.Vehicle), ids.AreaId, plate, kind, isElectric ? EnergyKind.Electric : EnergyKind.Diesel, hub.Id)
        {
            IsLocalPlate = isLocal,
            OvertimeCentifenPerSecond = 60,
        };
        return kind switch
        {
            VehicleClass.Tricycle => vehicle with
            {
                AccessClass = "tricycle",
                CapacityGrams = 300_000,
                CapacityMillilitres = 2_200_000,
                CapacityCount = 120,
                FixedFen = 3_000,
                CentifenPerMetre = 2,
                CentifenPerSecond = 75,
                SpeedFactor = 0.8,
                MaxDistanceMetres = 80_000,
            },
            VehicleClass.Van => vehicle with
            {
                AccessClass = "van",
                CapacityGrams = 900_000,
                CapacityMillilitres = 5_500_000,
                CapacityCount = 260,
                FixedFen = 12_000,
                CentifenPerMetre = isElectric ? 4 : 8,
                CentifenPerSecond = 90,
                MaxDistanceMetres = isElectric ? 240_000 : null,
            },
            _ => vehicle with
            {
                AccessClass = "truck",
                CapacityGrams = 1_800_000,
                CapacityMillilitres = 13_000_000,
                CapacityCount = 600,
                FixedFen = 20_000,
                CentifenPerMetre = isElectric ? 6 : 12,
                CentifenPerSecond = 95,
                SpeedFactor = 0.95,
                MaxDistanceMetres = isElectric ? 260_000 : null,
            },
        };
    }

    private static string NewPlate(Draws draws, HashSet<string> taken, bool isLocal, bool isElectric)
    {
        while (true)
        {
            var letter = isLocal ? draws.Pick(["A", "N", "P", "Q"]) : draws.Pick(["R", "A", "J"]);
            // New-energy plates have six places, the first D for pure electric.
            var number = isElectric ? $"D{draws.Integer(0, 100_000):00000}" : $"{draws.Integer(0, 100_000):00000}";
            var plate = (isLocal ? "京" : "冀") + letter + number;
            if (taken.Add(plate)) return plate;
        }
    }
}
