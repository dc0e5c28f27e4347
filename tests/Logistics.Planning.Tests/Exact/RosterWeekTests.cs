using Logistics.Domain;
using Logistics.Planning.Exact.Rosters;
using Logistics.Planning.Exact.Rosters.Weeks;

namespace Logistics.Planning.Tests.Exact;

/// <summary>The domain's week as a roster problem, and rules broken by hand.</summary>
public sealed class RosterWeekTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    private static readonly ServiceArea Area = new("are_1", "BJ", "北京", GeoPolygon.FromBounds(116.2, 39.8, 116.6, 40.1), "Asia/Shanghai", "京", new PlanningDefaults());

    private static readonly RosterSetup Setup = new("are_1")
    {
        Shifts = [new("early", "早", 360, 840, 0), new("late", "晚", 840, 1320, 0, IsUnpopular: true)],
        ParcelsPerCourierHour = 10,
        HourShares = [.. Enumerable.Range(0, 24).Select(h => h is >= 6 and < 22 ? 1.0 : 0)],
    };

    private static RosterWeekInput Input(RosterWeek? week = null, IReadOnlyList<Shift>? before = null, IReadOnlyList<AccessRule>? rules = null, Dictionary<string, int>? byHub = null) => new(
        new NetworkSnapshot(
            Area, [], [.. new[] { "hub_1", "hub_2" }.Take(byHub is null ? 1 : 2).Select(id => new Hub(id, "are_1", id, id, new GeoPoint(116.4, 39.9), ""))], [],
            [new Vehicle("veh_1", "are_1", "京A10003", VehicleClass.Van, EnergyKind.Diesel, "hub_1"), new Vehicle("veh_2", "are_1", "京A10004", VehicleClass.Van, EnergyKind.Diesel, "hub_1")],
            [
                new Courier("cou_1", "are_1", "C1", "李", "hub_1") { LicensedFor = [VehicleClass.Van], Skills = ["cold"] },
                new Courier("cou_2", "are_1", "C2", "王", "hub_1") { LicensedFor = [VehicleClass.Van], Limits = new EmploymentLimits { MaxDaysPerWeek = 2 } },
                new Courier("cou_3", "are_1", "C3", "张", "hub_1") { IsActive = false },
            ],
            rules),
        Setup, week ?? new RosterWeek("are_1", Monday, 0), [.. Enumerable.Range(0, 7).Select(day => new RosterDayVolume(day, day == 0 ? 320 : null, day == 1 ? [160] : []))], byHub ?? [], before ?? []);

    [Fact]
    public void Demand_comes_from_the_forecast_and_from_history_where_there_is_none()
    {
        // 320 parcels evenly over 16 hours are 20 an hour: two couriers at 10 an hour; 160 need one.
        Assert.Equal(
            [(0, 360, 2), (0, 840, 2), (1, 360, 1), (1, 840, 1)],
            RosterWeekProblem.Build(Input()).Demand.Where(d => d.Couriers > 0).Select(d => (d.Day, d.StartMinute, d.Couriers)));
    }

    [Fact]
    public void Demand_is_divided_among_hubs_as_their_parcels_were_and_only_their_couriers_count()
    {
        // 320 parcels over 16 hours are 20 an hour: 15 for hub_1, 5 for hub_2, hence 2 and 1 couriers; day 1 has half of that: 7.5 and 2.5.
        var problem = RosterWeekProblem.Build(Input(byHub: new() { ["hub_2"] = 100, ["hub_1"] = 300 }));
        Assert.Equal(
            [("hub_1", 0, 360, 2), ("hub_1", 0, 840, 2), ("hub_1", 1, 360, 1), ("hub_1", 1, 840, 1), ("hub_2", 0, 360, 1), ("hub_2", 0, 840, 1), ("hub_2", 1, 360, 1), ("hub_2", 1, 840, 1)],
            problem.Demand.Where(d => d.Couriers > 0).Select(d => (d.Hub!, d.Day, d.StartMinute, d.Couriers)));
        // Both couriers are hub_1's: they leave hub_2 uncovered.
        RosterDuty[] duties = [new("cou_1", 0, "early", null), new("cou_2", 0, "early", null)];
        Assert.Equal([("hub_1", 2), ("hub_2", 0)], BrokenWishes.ListCoverage(problem, duties).Where(c => c.Demand is { Day: 0, StartMinute: 360 }).Select(c => (c.Demand.Hub!, c.Scheduled)));
        Assert.Contains("1 of 1 couriers of hub hub_2 are missing", BrokenWishes.List(problem, duties).First(b => b is { Kind: BrokenWishKind.Shortage, Demand: { Hub: "hub_2", StartMinute: 360 } }).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Couriers_bring_limits_absences_and_the_days_worked_before()
    {
        var week = new RosterWeek("are_1", Monday, 1) { Wishes = [new("cou_1", 2, CourierWishKind.Absent), new("cou_1", 3, CourierWishKind.DayOff, Weight: 5)] };
        Shift[] before = [.. Enumerable.Range(1, 3).Select(back => new Shift($"s{back}", "are_1", Monday.AddDays(-back), "cou_1", "veh_1", Area.InstantOf(Monday.AddDays(-back), 840), Area.InstantOf(Monday.AddDays(-back), 1320)))];

        var problem = RosterWeekProblem.Build(Input(week, before));

        Assert.Equal(["cou_1", "cou_2"], problem.Couriers.Select(c => c.Id));
        var first = problem.Couriers[0];
        Assert.Equal((3, 120, 3, 2400 - 480), (first.DaysWorkedBefore, first.RestedMinutesBefore, first.UnpopularBefore, first.ContractMinutes));
        Assert.Equal([2], first.AbsentDays);
        Assert.Equal(2, problem.Couriers[1].MaxDays);
        Assert.Equal([new RosterWish("cou_1", 3, RosterWishKind.DayOff, null, 5)], problem.Wishes);
    }

    [Fact]
    public void Plate_rotation_around_the_hub_keeps_the_plate_in_the_yard_that_day()
    {
        var ring = GeoPolygon.FromBounds(116.3, 39.85, 116.5, 39.95);
        AccessRule Rotation(IReadOnlyList<ClockSpan> hours) => new("rul_1", "are_1", "尾号", [ring], new DateOnly(2026, 1, 1), null) { Hours = hours, PlateDigits = [new(DayOfWeek.Monday, "38"), new(DayOfWeek.Friday, "4")] };

        var allDay = RosterWeekProblem.Build(Input(rules: [Rotation([ClockSpan.FromHours(7, 20)])])).Vehicles;
        var rushHour = RosterWeekProblem.Build(Input(rules: [Rotation([ClockSpan.FromHours(7, 9)])])).Vehicles;

        Assert.Equal([0], allDay[0].BarredDays);
        Assert.Equal([4], allDay[1].BarredDays);
        Assert.All(rushHour, v => Assert.Empty(v.BarredDays));
    }

    [Fact]
    public void Cells_of_what_is_gone_are_left_out_and_locks_survive_a_solve()
    {
        var week = new RosterWeek("are_1", Monday, 1)
        {
            Cells = [new("cou_1", 0, "early", "veh_9", true), new("cou_2", 1, null, null, true), new("cou_3", 0, "early", "veh_1", true), new("cou_1", 1, "night", null, false)],
        };
        var input = Input(week);

        Assert.Equal([new("cou_1", 0, "early", null, true), new("cou_2", 1, null, null, true)], RosterWeekProblem.Cells(input));
        Assert.Equal(
            [new("cou_1", 0, "early", "veh_1", true), new("cou_2", 0, "late", "veh_1", false), new("cou_2", 1, null, null, true)],
            RosterWeekProblem.ToCells(input, [new("cou_1", 0, "early", "veh_1"), new("cou_2", 0, "late", "veh_1")]));
    }

    public static TheoryData<string, RosterDuty[], RosterFaultKind[]> Faults => new()
    {
        { "lawful", [new("cou_1", 0, "early", "veh_1"), new("cou_2", 0, "late", "veh_1")], [] },
        { "late, then early", [new("cou_1", 0, "late", "veh_1"), new("cou_1", 1, "early", "veh_1")], [RosterFaultKind.Rest] },
        { "three of two days", [new("cou_2", 0, "early", "veh_1"), new("cou_2", 2, "early", "veh_1"), new("cou_2", 4, "early", "veh_1")], [RosterFaultKind.DaysOff] },
        { "one vehicle for two", [new("cou_1", 0, "early", "veh_1"), new("cou_2", 0, "early", "veh_1")], [RosterFaultKind.VehicleTwice] },
        { "on foot", [new("cou_1", 0, "early", null)], [RosterFaultKind.NoVehicle] },
        { "six days of eight hours", [.. Enumerable.Range(0, 6).Select(day => new RosterDuty("cou_1", day, "early", "veh_1"))], [RosterFaultKind.WeekMinutes] },
        { "seven days", [.. Enumerable.Range(0, 7).Select(day => new RosterDuty("cou_1", day, "early", "veh_1"))], [RosterFaultKind.WeekMinutes, RosterFaultKind.DaysInARow, RosterFaultKind.DaysOff] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Rules_broken_by_hand_are_named(string what, RosterDuty[] duties, RosterFaultKind[] expected)
    {
        var problem = RosterWeekProblem.Build(Input());

        var found = RosterFaults.List(problem, duties);

        Assert.Equal((what, string.Join(' ', expected)), (what, string.Join(' ', found.Select(f => f.Kind))));
        // The independent checker sees a fault where this one does; it does not ask for a vehicle's sake twice.
        Assert.Equal(expected.Length > 0, RosterChecker.ListViolations(problem, duties).Count > 0);
    }
}
