using Logistics.Planning.Days;
using Logistics.Routing.Model;

namespace Logistics.Planning.Tests.Days;

/// <summary>What the search starts from.</summary>
public sealed class FirstPlanTests
{
    [Fact]
    public void A_break_taken_on_the_first_trip_is_not_owed_again_on_the_second()
    {
        // Out and back is 200 s, one parcel a trip; the break (1,000 s) begins on the way home of the first, so that the second sets out at 1,200 and is back at 1,400. Rested twice it would be back at
        // 2,400, after the shift, of which 600 s are kept free.
        var problem = new Problem
        {
            Places = [new Place("hub"), new Place("north"), new Place("south")],
            Profiles = [new MatrixTravel(3, [0, 100, 100, 100, 0, 200, 100, 200, 0], [0, 100, 100, 100, 0, 200, 100, 200, 0])],
            Dimensions = 1,
            Depots = [new Depot { Id = "hub", Place = 0 }],
            Vehicles =
            [
                new Vehicle
                {
                    Id = "van", StartDepot = 0, EndDepot = 0, Capacity = [1], Shift = new TimeWindow(0, 2050), MaxTrips = 2, ReloadDepots = [0],
                    Breaks = [new Break { Id = "rest", Windows = [new TimeWindow(100, 2000)], DurationSeconds = 1000 }],
                },
            ],
            Jobs = [Parcel(1), Parcel(2)],
        };

        var plan = FirstPlan.Build(problem)!;

        Assert.Equal(2, plan.Routes.SelectMany(r => r.Steps).Count(s => s.Kind == StepKind.Visit));
    }

    private static Job Parcel(int place) => new()
    {
        Id = $"parcel for {place}",
        UnservedCost = 1_000_000,
        Alternatives = [new Alternative { Visits = [new Visit { Place = place, Delivery = [1] }] }],
    };
}
