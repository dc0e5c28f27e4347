using Logistics.Domain;
using Logistics.Forecasting.Dwell;
using Logistics.Planning.Forecasts;

namespace Logistics.Planning.Tests.Forecasts;

public sealed class CompartmentOutlookTests
{
    private static readonly ServiceArea Area = new("are_1", "BJ", "北京", GeoPolygon.FromBounds(116, 39, 117, 40), "Asia/Shanghai", "京", new PlanningDefaults());
    private static readonly DateTimeOffset Dawn = new(2026, 6, 1, 21, 0, 0, TimeSpan.Zero); // 05:00 on 2 June in Beijing

    // Without records half of the parcels are gone after twelve hours, by the hour.
    private static readonly CompartmentOutlook Outlook = new(new DwellModel([]));

    private static SizeState Taken(int usable, int taken) => new(usable, [.. Enumerable.Repeat(10.0, taken)]);

    [Fact]
    public void P90_promises_less_than_the_mean_and_both_more_than_now()
    {
        var state = Taken(20, 16);
        var mean = Outlook.Promise("ter_1", DayOfWeek.Monday, state, 12, ReservePolicy.Mean);
        var careful = Outlook.Promise("ter_1", DayOfWeek.Monday, state, 12, ReservePolicy.P90);

        // Sixteen coins: eight leave on average, so twelve boxes are free; nine times in ten at least five or six leave.
        Assert.Equal(12, mean);
        Assert.InRange(careful, 9, 10);
        Assert.Equal(4, Outlook.Promise("ter_1", DayOfWeek.Monday, state, 0, ReservePolicy.P90));
    }

    [Fact]
    public void Parcels_still_to_come_take_from_the_promise()
    {
        var empty = Outlook.Promise("ter_1", DayOfWeek.Monday, Taken(20, 0), 8, ReservePolicy.P90);
        var expecting = Outlook.Promise("ter_1", DayOfWeek.Monday, Taken(20, 0) with { ExpectedDeposits = 6, HighDeposits = 9 }, 8, ReservePolicy.P90);

        Assert.Equal(20, empty);
        Assert.InRange(expecting, 6, 14);
    }

    [Fact]
    public void Faulty_boxes_are_never_promised()
    {
        Compartment[] boxes =
        [
            new("cmp_1", "ter_1", "1", SizeClass.S),
            new("cmp_2", "ter_1", "2", SizeClass.S) { Service = CompartmentService.Faulty },
            new("cmp_3", "ter_1", "3", SizeClass.M) { Use = CompartmentUse.Reserved },
        ];

        var taken = Outlook.Taken(boxes, Area, Dawn, Dawn.AddHours(7), new Dictionary<(string, SizeClass), (double, double)>(), ReservePolicy.P90);

        Assert.Equal(new SizeCounts(1, 0, 0, 0), taken["ter_1"]);
    }

    [Fact]
    public void Occupancy_falls_by_the_dwell_curve_and_rises_with_deposits()
    {
        var curve = new DwellModel([])["ter_1", DayOfWeek.Monday];
        var quiet = OccupancyOutlook.Project(curve, [5, 5, 5, 5], [(0, 0)], 5, 12);
        var busy = OccupancyOutlook.Project(curve, [5, 5, 5, 5], [(18, 27)], 5, 12);

        Assert.Equal(2, quiet[^1].Mean, 0.01);
        Assert.All(quiet.Zip(quiet.Skip(1)), p => Assert.True(p.Second.Mean < p.First.Mean));
        Assert.True(busy[^1].Mean > quiet[^1].Mean + 5);
        Assert.All(busy, h => Assert.True(h.P90 > h.Mean));
    }

    [Fact]
    public void Fuller_promise_meets_more_full_lockers()
    {
        var boxes = Enumerable.Range(0, 10).Select(i => new Compartment($"cmp_{i}", "ter_1", $"{i}", SizeClass.S) { Use = CompartmentUse.Occupied, Since = Dawn.AddHours(-10) }).ToList();
        double Full(int parcels) => ArrivalSimulation.Run(Plan(parcels), boxes, Area, new DwellModel([]), Dawn, [], 400, 1).FullPerDay;

        var (mean, careful) = (Outlook.Promise("ter_1", DayOfWeek.Monday, Taken(10, 10), 7, ReservePolicy.Mean), Outlook.Promise("ter_1", DayOfWeek.Monday, Taken(10, 10), 7, ReservePolicy.P90));

        Assert.True(careful < mean);
        Assert.True(Full(careful) < Full(mean) / 2, $"{Full(careful)} {Full(mean)}");
    }

    private static DayPlan Plan(int parcels)
    {
        var stop = new PlannedStop(1, "ter_1", new GeoPoint(116.5, 39.5), Dawn.AddHours(7), Dawn.AddHours(7), Dawn.AddHours(7.1))
        {
            Tasks = [.. Enumerable.Range(0, parcels).Select(i => new PlannedTask($"par_{i}", 0, SizeClass.S, 20))],
        };
        return new DayPlan("pln_1", "are_1", new DateOnly(2026, 6, 2), 1, "", Dawn, "test")
        {
            Routes = [new PlannedRoute("rou_1", "shf_1", "veh_1", "cou_1", "hub_1") { Trips = [new PlannedTrip(1, Dawn, Dawn, Dawn) { Stops = [stop] }] }],
        };
    }
}
