using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Checking;

/// <summary>Breaks on 0 → 10 → 25 → 0, which takes 50 s without them.</summary>
public sealed class BreakRulesTests
{
    private static readonly Problem Trip = Line.Of(0, 10, 25).WithVehicle(v => v with { LatestStart = 0 });

    private static Problem With(params Break[] breaks) => Trip.WithVehicle(v => v with { Breaks = breaks });

    [Fact]
    public void Break_is_taken_inside_its_window_and_delays_what_follows()
    {
        // Leaving place 1 at 10 would reach place 2 at 25, after 20: the rest comes first, 12 to 17, then 17 + 15 = 32 and home at 57.
        var plan = Line.AssertLegal(With(new Break { Id = "tea", Windows = [new(12, 20)], DurationSeconds = 5 }), Line.Visits(0, 0, 1));

        Assert.Equal([StepKind.Start, StepKind.Visit, StepKind.Break, StepKind.Visit, StepKind.End], plan.Routes[0].Steps.Select(s => s.Kind));
        Assert.Equal(57, plan.Routes[0].Steps[^1].Departure);
    }

    [Fact]
    public void Break_outside_its_window_is_refused()
    {
        var problem = With(new Break { Id = "tea", Windows = [new(12, 20)], DurationSeconds = 5 });
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0, 1));

        Line.AssertRefused(ViolationKind.Break, With(new Break { Id = "tea", Windows = [new(13, 20)], DurationSeconds = 5 }), plan);
    }

    [Fact]
    public void Owed_break_must_be_taken()
    {
        var plan = Line.AssertLegal(Trip, Line.Visits(0, 0, 1));

        Line.AssertRefused(ViolationKind.Break, With(new Break { Id = "tea", Windows = [new(0, 100)], DurationSeconds = 5 }), plan);
    }

    [Fact]
    public void Break_is_waived_when_the_route_is_over_before_it()
    {
        var plan = Line.AssertLegal(Trip, Line.Visits(0, 0, 1));
        var lunch = new Break { Id = "lunch", Windows = [new(50, 100)], DurationSeconds = 5, IsWaivedIfRouteEndsBefore = true };

        Assert.Empty(PlanChecker.Check(With(lunch), plan).Violations);
        Line.AssertRefused(ViolationKind.Break, With(lunch with { Windows = [new(49, 100)] }), plan);
        Line.AssertRefused(ViolationKind.Break, With(lunch with { IsWaivedIfRouteEndsBefore = false }), plan);
    }

    [Fact]
    public void Breaks_are_taken_in_their_order()
    {
        Break[] breaks = [new() { Id = "a", Windows = [new(0, 100)], DurationSeconds = 5 }, new() { Id = "b", Windows = [new(0, 100)], DurationSeconds = 5 }];
        var plan = Line.AssertLegal(With(breaks), Line.Visits(0, 0, 1));
        int first = plan.Routes[0].Steps.ToList().FindIndex(s => s.Kind == StepKind.Break);

        Line.AssertRefused(ViolationKind.Break, With(breaks), plan.WithStep(0, first, s => s with { Break = 1 }).WithStep(0, first + 1, s => s with { Break = 0 }));
    }

    [Fact]
    public void Break_may_limit_the_load_on_board()
    {
        // Rests after the first delivery with 4 on board.
        var problem = With(new Break { Id = "tea", Windows = [new(12, 20)], DurationSeconds = 5, MaxLoad = [4] })
            .WithVisit(0, v => v with { Delivery = [3] }).WithVisit(1, v => v with { Delivery = [4] });
        Line.AssertLegal(problem, Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.Break, problem.WithVehicle(v => v with { Breaks = [v.Breaks[0] with { MaxLoad = [3] }] }), Line.Visits(0, 0, 1));
    }
}
