using Logistics.Planning.Exact.Rosters;

namespace Logistics.Planning.Tests.Exact;

public sealed class RosterOutputTests
{
    [Fact]
    public void Csv_holds_one_line_per_duty_with_plate_and_times()
    {
        var problem = new RosterProblem
        {
            FirstDay = new DateOnly(2026, 11, 30),
            Shifts = [new("早班", 390, 870, 450, ["van"])],
            Couriers = [new() { Id = "c1", Name = "=cmd|王, 芳", ContractMinutes = 0 }],
            Vehicles = [new("v1", "京A12345", "van", new HashSet<int>())],
            Demand = [],
        };
        using var text = new StringWriter();

        RosterCsv.Write(problem, [new("c1", 1, "早班", "v1")], text);

        Assert.Equal(
            "date,courierId,courier,shift,start,end,paidMinutes,vehicleId,plate\n"
            + "2026-12-01,c1,\"'=cmd|王, 芳\",早班,06:30,14:30,450,v1,京A12345\n",
            text.ToString());
    }

    [Fact]
    public void Demand_follows_what_came_then_the_forecast_then_history()
    {
        RosterPeriodShare[] profile = [new(480, 720, 0.75), new(720, 960, 0.25)];

        var demand = RosterDemandCurve.From(
            [new(0, 800, []), new(1, null, [100, 400, 200, 300, 500]), new(2, null, []), new(3, 800, [900], Came: 80)], profile, parcelsPerCourierHour: 20);

        // Day 0: 600 in 4 h = 150 an hour = 7.5 couriers → 8; 200 in 4 h = 50 → 2.5 → 3.
        // Day 1: the 90th percentile of the history is 460: 345/4/20 = 4.3 → 5; 115/4/20 = 1.4 → 2. Day 2: nothing known. Day 3 is over: 60/4/20 → 1, 20/4/20 → 1.
        Assert.Equal([8, 3, 5, 2, 0, 0, 1, 1], demand.Select(d => d.Couriers));
        Assert.Equal(new RosterDemand(1, 720, 960, 2), demand[3]);
    }
}
