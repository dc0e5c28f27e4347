using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Checking;

/// <summary>Congestion by time of day and legs closed at certain times, on 0 → 100 → 0.</summary>
public sealed class TravelRulesTests
{
    private static readonly Problem Trip = Line.Of(0, 100).WithVehicle(v => v with { LatestStart = 0 });

    [Theory]
    // Before the border at 40 nothing is slowed: 100 s would end at 100, so at 40 there are 60 % left, which take 120 s of the doubled band.
    [InlineData(new[] { 40 }, new[] { 1000, 2000 }, 40 + 120)]
    // Doubled at once: 200 s.
    [InlineData(new[] { 1000 }, new[] { 2000, 1000 }, 200)]
    // Ends exactly at the border: 100 s, the next band is not entered.
    [InlineData(new[] { 100 }, new[] { 1000, 5000 }, 100)]
    // 30 s at factor 3 do 30/300 = 10 %; the other 90 % take 90 s.
    [InlineData(new[] { 30 }, new[] { 3000, 1000 }, 30 + 90)]
    // Three bands: 10 s do 10 %, then 20 s at factor 2 do 10 %, then 80 % at half time take 40 s.
    [InlineData(new[] { 10, 30 }, new[] { 1000, 2000, 500 }, 30 + 40)]
    public void Leg_across_bands_is_driven_proportionally(int[] borders, int[] factors, int arrival)
    {
        var plan = Line.AssertLegal(Trip.WithTravel(new TimeBands(borders, [factors], null), null), Line.Visits(0, 0));

        Assert.Equal(arrival, plan.Routes[0].Steps[1].Arrival);
    }

    [Fact]
    public void Band_factor_follows_the_class_of_the_leg()
    {
        // Out in class 1 (double), home in class 0.
        var plan = Line.AssertLegal(Trip.WithTravel(new TimeBands([], [[1000], [2000]], [0, 1, 0, 0]), null), Line.Visits(0, 0));

        Assert.Equal((200, 300), (plan.Routes[0].Steps[1].Arrival, plan.Routes[0].Steps[2].Arrival));
    }

    [Fact]
    public void Closed_leg_is_waited_out()
    {
        // Under way in [0, 100) would meet [50, 60): leaves at 60, arrives at 160; the travel time stays 100.
        var closures = new LegClosures([0, 1, 0, 0], [[new ClosedInterval(50, 60)]], null, null);
        var problem = Trip.WithTravel(null, closures).WithVehicle(v => v with { MaxTravelSeconds = 200 });
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0));
        Assert.Equal(160, plan.Routes[0].Steps[1].Arrival);

        // A plan that drives through the closed leg.
        var through = Line.AssertLegal(Trip, Line.Visits(0, 0));
        Line.AssertRefused(ViolationKind.Timing, problem, through);
    }

    [Fact]
    public void Leg_may_end_the_second_the_closure_begins_and_leave_the_second_it_ends()
    {
        var closures = new LegClosures([0, 1, 1, 0], [[new ClosedInterval(100, 120)]], null, null);
        var plan = Line.AssertLegal(Trip.WithTravel(null, closures), Line.Visits(0, 0));

        Assert.Equal((100, 220), (plan.Routes[0].Steps[1].Arrival, plan.Routes[0].Steps[2].Arrival));
    }

    [Theory]
    // Waiting arrives at 160; a detour of 159 s is faster, of 160 s is a tie and waits.
    [InlineData(159, 159, 170)]
    [InlineData(160, 160, 100)]
    public void Detour_is_taken_when_it_arrives_first(int detourSeconds, int arrival, long metres)
    {
        var closures = new LegClosures([0, 1, 0, 0], [[new ClosedInterval(50, 60)]], [0, 170, 170, 0], [0, detourSeconds, detourSeconds, 0]);
        var plan = Line.AssertLegal(Trip.WithTravel(null, closures), Line.Visits(0, 0));

        Assert.Equal((arrival, metres), (plan.Routes[0].Steps[1].Arrival, plan.Routes[0].Steps[1].DistanceSoFar));
    }

    [Fact]
    public void Starting_later_avoids_the_wait()
    {
        // Closed in [20, 60): leaving at 0 waits until 60. Paid by the second, the route starts at 60 instead and lasts 200 s.
        var closures = new LegClosures([0, 1, 0, 0], [[new ClosedInterval(20, 60)]], null, null);
        var problem = Trip.WithTravel(null, closures).WithVehicle(v => v with { LatestStart = null, CostPerSecond = 1 });
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0));

        Assert.Equal(200, plan.Cost.Duration);
    }
}
