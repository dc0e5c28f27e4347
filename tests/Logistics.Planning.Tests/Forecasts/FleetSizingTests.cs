using Logistics.Domain;
using Logistics.Forecasting;
using Logistics.Planning.Forecasts;

namespace Logistics.Planning.Tests.Forecasts;

public sealed class FleetSizingTests
{
    private static readonly DateOnly Day = new(2026, 6, 2);

    [Theory]
    [InlineData(0.5, 1000)]
    [InlineData(0.9, 1300)]
    public void Volume_at_the_known_quantiles_is_the_forecast(double level, double expected) => Assert.Equal(expected, FleetSizing.VolumeAt(1000, 1300, level), 1.0);

    [Theory]
    [InlineData(1000, 0.5)]
    [InlineData(1300, 0.9)]
    [InlineData(0, 0)]
    public void Confidence_is_the_level_whose_volume_it_is(double parcels, double expected) => Assert.Equal(expected, FleetSizing.ConfidenceOf(1000, 1300, parcels), 0.001);

    [Fact]
    public void Shifts_keep_their_share_and_vehicles_are_rounded_up()
    {
        // The early shift serves two thirds of the parcels with two thirds of the vehicles.
        ShiftProductivity[] shifts = [new("06:30–16:00", 390, 960, 8, 100), new("12:00–21:30", 720, 1290, 4, 100)];

        var proposal = FleetSizing.Propose(Day, 1200, 1500, 0.9, 1400, shifts);

        Assert.Equal([10, 5], proposal.Shifts.Select(s => s.Vehicles));
        Assert.Equal(1500, proposal.Shifts.Sum(s => s.Parcels), 0.5);
    }

    [Fact]
    public void A_day_is_never_sized_for_less_than_is_ordered()
    {
        var proposal = FleetSizing.Propose(Day, 1200, 1500, 0.9, 2000, [new("06:30–16:00", 390, 960, 18, 100)]);

        Assert.Equal((2000.0, 0.0, 20), (proposal.Parcels, proposal.Confidence, proposal.Shifts[0].Vehicles));
    }

    [Fact]
    public void Productivity_is_read_from_the_plan()
    {
        var area = new ServiceArea("are_1", "BJ", "北京", GeoPolygon.FromBounds(116, 39, 117, 40), "Asia/Shanghai", "京", new PlanningDefaults());
        var start = area.InstantOf(Day, 390);
        var shifts = new[] { "a", "b" }.Select(id => new Shift(id, "are_1", Day, $"cou_{id}", $"veh_{id}", start, start.AddHours(9.5))).ToList();
        var stop = new PlannedStop(1, null, new GeoPoint(116.5, 39.5), start, start, start) { Tasks = [.. Enumerable.Range(0, 60).Select(i => new PlannedTask($"par_{i}", 0, null, 20))] };
        var plan = new DayPlan("pln_1", "are_1", Day, 1, "", start, "test")
        {
            Routes = [new PlannedRoute("rou_1", "a", "veh_a", "cou_a", "hub_1") { Trips = [new PlannedTrip(1, start, start, start) { Stops = [stop] }] }],
        };

        var measured = Assert.Single(FleetSizing.Measure(area, shifts, plan, 10));

        Assert.Equal(("06:30–16:00", 2, 60.0), (measured.ShiftName, measured.Vehicles, measured.ParcelsPerVehicle));
    }

    [Fact]
    public void A_usual_day_is_neither_the_sale_nor_the_holiday_that_the_history_ends_with()
    {
        var volumes = from d in Enumerable.Range(0, 120)
                      from t in new[] { "ter_1", null }
                      select new DailyVolume(Day.AddDays(d - 120), t, "ptn_1", SizeClass.S, d switch { >= 116 => 5, >= 95 => 300, _ => 100 });

        Assert.Equal(200, ForecastHistory.FindUsualDay(ForecastHistory.Clean(volumes, Day.AddDays(-1))!.Panel));
    }

    [Fact]
    public void Stored_forecasts_of_a_history_add_up_by_terminal_and_area()
    {
        var random = new Random(5);
        var history = (from d in Enumerable.Range(0, 60)
                       from t in new[] { "ter_1", null }
                       from p in new[] { "ptn_1", "ptn_2" }
                       from s in new[] { SizeClass.S, SizeClass.L }
                       select new DailyVolume(Day.AddDays(-60 + d), t, p, s, random.Next(3, 9))).ToList();
        var cleaned = ForecastHistory.Clean(history, Day.AddDays(-1))!;
        var calendar = ForecastCalendar.Of([new CalendarDay(Day.AddDays(-20), DayKind.Ordinary, Festival: "双11"), new CalendarDay(Day, DayKind.Holiday, "端午节")]);
        var model = ForecastMaker.Train("are_1", cleaned.Panel, calendar, new ForecastOptions { RowBudget = 2000, Members = 1, Networks = 0, Trees = 20 }, null, CancellationToken.None);

        var series = ForecastMaker.Predict("are_1", model, cleaned.Panel, calendar, CancellationToken.None);

        var area = series.Single(s => s.Scope == ForecastScope.Area).P50;
        var terminals = series.Where(s => s.Scope == ForecastScope.Terminal).ToList();
        Assert.Equal(["ter_1", null], terminals.Select(t => t.TerminalId).OrderByDescending(t => t, StringComparer.Ordinal));
        Assert.Equal(8, series.Count(s => s.Scope == ForecastScope.Series));
        for (var i = 0; i < area.Count; i++)
        {
            Assert.Equal(area[i], terminals.Sum(t => t.P50[i]), 1e-6);
            Assert.Equal(area[i], series.Where(s => s.Scope == ForecastScope.Series).Sum(s => s.P50[i]), 1e-6);
        }
        Assert.DoesNotContain(cleaned.Notes, n => n.Kind == Logistics.Forecasting.Panels.CleaningKind.Gap);
    }
}
