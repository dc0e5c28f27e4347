using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Routing.Tests.Checking;

/// <summary>Windows, setup, due times, shifts and depot opening on 0 → 10 → 25 → 0.</summary>
public sealed class TimeRulesTests
{
    private static readonly Problem Trip = Line.Of(0, 10, 25).WithVehicle(v => v with { LatestStart = 0 });

    [Fact]
    public void Start_must_lie_in_one_of_the_windows()
    {
        // Arrives at 10: the first window has just ended, the second begins at 20, so 10 s of waiting.
        var plan = Line.AssertLegal(Trip.WithVisit(0, v => v with { Windows = [new(0, 9), new(20, 30)] }), Line.Visits(0, 0, 1));
        Assert.Equal((10, 20, 20), (plan.Routes[0].Steps[1].Arrival, plan.Routes[0].Steps[1].Start, plan.Routes[0].Steps[1].Departure));

        Line.AssertLegal(Trip.WithVisit(0, v => v with { Windows = [new(0, 10)] }), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.Window, Trip.WithVisit(0, v => v with { Windows = [new(0, 9)] }), Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Setup_is_paid_once_per_stop()
    {
        // Two tasks at place 1, setup 7, handling 2 and 3: departs 10 + 7 + 2 = 19, then 19 + 3 = 22.
        var problem = Trip with { Jobs = [Line.Single("a", new Visit { Place = 1, SetupSeconds = 7, HandlingSeconds = 2 }), Line.Single("b", new Visit { Place = 1, SetupSeconds = 7, HandlingSeconds = 3 })] };
        var plan = Line.AssertLegal(problem, Line.Visits(0, 0, 1));
        Assert.Equal([19, 22], plan.Routes[0].Steps.Where(s => s.Kind == StepKind.Visit).Select(s => s.Departure));

        Line.AssertRefused(ViolationKind.Timing, problem, plan.WithStep(0, 2, s => s with { Departure = 29 }).WithStep(0, 3, s => s with { Arrival = 39, Start = 39, Departure = 39 }));
    }

    [Fact]
    public void Window_on_stop_arrival_judges_the_first_task_of_the_stay()
    {
        // Both tasks close at 12; the stay arrives at 10 and is busy until 10 + 7 + 2 = 19 with the first. Judged on start, the second is late.
        Visit Task(bool onArrival) => new() { Place = 1, SetupSeconds = 7, HandlingSeconds = 2, Windows = [new(0, 12)], IsWindowOnStopArrival = onArrival };
        Line.AssertLegal(Trip with { Jobs = [Line.Single("a", Task(true)), Line.Single("b", Task(true))] }, Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.Window, Trip with { Jobs = [Line.Single("a", Task(false)), Line.Single("b", Task(false))] }, Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Window_on_stop_arrival_still_waits_for_its_opening_and_refuses_a_late_arrival()
    {
        var opensLate = Trip.WithVisit(0, v => v with { Windows = [new(15, 20)], IsWindowOnStopArrival = true });
        Assert.Equal(15, Line.AssertLegal(opensLate, Line.Visits(0, 0, 1)).Routes[0].Steps[1].Start);

        Line.AssertRefused(ViolationKind.Window, Trip.WithVisit(0, v => v with { Windows = [new(0, 9)], IsWindowOnStopArrival = true }), Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Lateness_is_paid_by_the_second_after_the_due_time()
    {
        // Starts at 25, due at 20: 5 × 6 = 30.
        var plan = Line.AssertLegal(Trip.WithVisit(1, v => v with { DueTime = 20, CostPerLateSecond = 6 }), Line.Visits(0, 0, 1));

        Assert.Equal(30, plan.Cost.Lateness);
    }

    [Fact]
    public void Route_must_start_and_end_in_its_shift()
    {
        Line.AssertLegal(Trip.WithVehicle(v => v with { Shift = new(0, 50) }), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.Shift, Trip.WithVehicle(v => v with { Shift = new(0, 49) }), Line.Visits(0, 0, 1));

        var plan = Line.AssertLegal(Trip.WithVehicle(v => v with { LatestStart = null }), Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.Shift, Trip.WithVehicle(v => v with { LatestStart = 5, Shift = new(1, 100) }), plan);
    }

    [Fact]
    public void Route_starts_as_late_as_it_may_when_waiting_costs()
    {
        // Place 1 opens at 100. Leaving at 90 would save all waiting, but 30 is the latest: at place 1 at 40, waits 60, home at 110; 110 − 30 = 80 s.
        var problem = Line.Of(0, 10).WithVisit(0, v => v with { Windows = [new(100, 200)] }).WithVehicle(v => v with { CostPerSecond = 1, LatestStart = 30 });

        Assert.Equal(80, RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 10 }, TestContext.Current.CancellationToken).Plan.Cost.Duration);
    }

    [Fact]
    public void Depot_serves_only_while_it_is_open()
    {
        // Comes home at 50.
        Line.AssertLegal(Trip with { Depots = [Trip.Depots[0] with { Open = new(0, 50) }] }, Line.Visits(0, 0, 1));
        Line.AssertRefused(ViolationKind.DepotOpening, Trip with { Depots = [Trip.Depots[0] with { Open = new(0, 49) }] }, Line.Visits(0, 0, 1));
    }

    [Fact]
    public void Loading_takes_its_time_before_each_trip()
    {
        // Loading 30, 10 to place 1, 10 back, loading 30, 25 and 25: 30 + 20 + 30 + 50 = 130.
        var problem = (Trip with { Depots = [Trip.Depots[0] with { LoadingSecondsPerTrip = 30 }] }).WithVehicle(v => v with { MaxTrips = 2, ReloadDepots = [0] });
        var plan = Line.AssertLegal(problem, Line.Route(0, Line.Visit(0), Line.Reload, Line.Visit(1)));

        Assert.Equal(130, plan.Routes[0].Steps[^1].Departure);
    }

    [Fact]
    public void Stated_times_must_follow_from_one_another()
    {
        var plan = Line.AssertLegal(Trip, Line.Visits(0, 0, 1));

        Line.AssertRefused(ViolationKind.Timing, Trip, plan.WithStep(0, 1, s => s with { Arrival = 9 }));
        Line.AssertRefused(ViolationKind.StatedMeasure, Trip, plan.WithStep(0, 2, s => s with { DistanceSoFar = 24 }));
        Line.AssertRefused(ViolationKind.StatedCost, Trip, plan with { Cost = plan.Cost with { Distance = 49 } });
    }

    [Fact]
    public void Unreachable_place_is_refused_and_nothing_else()
    {
        var travel = (MatrixTravel)Trip.Profiles[0];
        int[] cut = [.. travel.Distances];
        cut[1] = TravelProfile.Unreachable;
        Line.AssertRefused(ViolationKind.Unreachable, Trip with { Profiles = [new MatrixTravel(3, cut, travel.Durations)] }, Line.AssertLegal(Trip, Line.Visits(0, 0, 1)) is var plan ? WithoutFirstLeg(plan) : throw new InvalidOperationException());

        // The unreachable leg has no metres: 10 less everywhere.
        static Plan WithoutFirstLeg(Plan plan)
        {
            var route = plan.Routes[0] with { Cost = new CostBreakdown { Distance = 40 }, Steps = [.. plan.Routes[0].Steps.Select((s, i) => i == 0 ? s : s with { DistanceSoFar = s.DistanceSoFar - 10 })] };
            return plan with { Routes = [route], Cost = new CostBreakdown { Distance = 40 } };
        }
    }
}
