using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Checking;

/// <summary>Lockers with nested compartment sizes, quotas by slot, and docks.</summary>
public sealed class ResourceRulesTests
{
    private static Problem Locker(int small, int large, params int[] asked) => Line.Of([0, .. asked.Select(_ => 10)]) with
    {
        Resources = [new SharedResource { Id = "locker", CapacityByClass = [small, large] }],
        Jobs = [.. asked.Select((c, i) => Line.Single($"j{i}", new Visit { Place = i + 1, Uses = [new(0, c)] }))],
    };

    [Fact]
    public void Small_parcels_may_take_large_compartments_but_not_the_other_way()
    {
        // Two small parcels, one small and one large compartment: the second takes the large one.
        var plan = Line.AssertLegal(Locker(1, 1, 0, 0), Line.Visits(0, 0, 1));
        Assert.Equal([0, 1], plan.Routes[0].Steps.Where(s => s.Kind == StepKind.Visit).Select(s => s.GivenClasses[0]).Order());

        Line.AssertRefused(ViolationKind.Resource, Locker(1, 1, 1, 1), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.Resource, Locker(1, 1, 0, 0, 0), Line.Visits(0, 0, 1, 2));
    }

    [Fact]
    public void Uses_count_over_all_routes()
    {
        Line.AssertLegal(Locker(2, 0, 0, 0).WithVehicles(2), Line.Visits(0, 0), Line.Visits(1, 1));
        Line.AssertRefused(ViolationKind.Resource, Locker(1, 0, 0, 0).WithVehicles(2), Line.Visits(0, 0), Line.Visits(1, 1));
    }

    [Fact]
    public void Given_class_must_hold_the_parcel()
    {
        var problem = Locker(1, 1, 1);
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0));

        Line.AssertRefused(ViolationKind.Resource, problem, plan.WithStep(0, 1, s => s with { GivenClasses = [0] }));
        Line.AssertRefused(ViolationKind.Resource, problem, plan.WithStep(0, 1, s => s with { GivenClasses = [2] }));
    }

    [Fact]
    public void Slots_are_counted_apart_by_the_second_the_visit_starts()
    {
        // Slots of 20 s with one unit each: visits at 10 and 25 fall in different slots, at 10 and 15 in the same one.
        Problem With(int second) => Line.Of(0, 10, second).WithVehicle(v => v with { LatestStart = 0 }) with
        {
            Resources = [new SharedResource { Id = "quota", CapacityByClass = [1], SlotSeconds = 20 }],
            Jobs = [Line.Single("a", new Visit { Place = 1, Uses = [new(0, 0)] }), Line.Single("b", new Visit { Place = 2, Uses = [new(0, 0)] })],
        };
        Line.AssertLegal(With(25), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.Resource, With(15), Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Every_loading_takes_a_dock()
    {
        var problem = Line.Of(0, 10, 25).WithVehicles(2);
        problem = problem with { Resources = [new SharedResource { Id = "dock", CapacityByClass = [2], SlotSeconds = 60 }], Depots = [problem.Depots[0] with { Dock = new ResourceUse(0, 0) }] };
        Line.AssertLegal(problem, Line.Visits(0, 0), Line.Visits(1, 1));
        Line.AssertRefused(ViolationKind.Resource, problem with { Resources = [problem.Resources[0] with { CapacityByClass = [1] }] }, Line.Visits(0, 0), Line.Visits(1, 1));
    }

    [Fact]
    public void Use_may_take_several_units()
    {
        var problem = Locker(3, 0, 0).WithVisit(0, v => v with { Uses = [new(0, 0, 3)] });
        Line.AssertLegal(problem, Line.Visits(0, 0));
        Line.AssertRefused(ViolationKind.Resource, problem with { Resources = [problem.Resources[0] with { CapacityByClass = [2, 0] }] }, Line.Visits(0, 0));
    }
}
