using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Checking;

/// <summary>The best start may be where overtime ends, and not where anybody is due; on 0 → 10 → 25 → 0.</summary>
public sealed class OvertimeStartTests
{
    [Fact]
    public void Route_starts_where_shorter_overtime_no_longer_pays_for_lateness()
    {
        // Leaving at s: the first visit is 2 (s + 10 − 100) late, the second waits until 1000, home is 1025: 1025 − s long.
        // Overtime above 500 s costs 3 a second, so leaving later pays until s = 525, where the first visit is 435 s late.
        var problem = Line.Of(0, 10, 25)
            .WithVisit(0, v => v with { DueTime = 100, CostPerLateSecond = 2 })
            .WithVisit(1, v => v with { Windows = [new TimeWindow(1000, 1100)] })
            .WithVehicle(v => v with { RegularSeconds = 500, CostPerOvertimeSecond = 3 });

        var plan = Line.AssertLegal(problem, Line.Visits(0, 0, 1));

        Assert.Equal((525, 0L, 870L), (plan.Routes[0].Steps[0].Departure, plan.Cost.Overtime, plan.Cost.Lateness));
    }
}
