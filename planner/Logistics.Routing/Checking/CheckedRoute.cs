using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>A route whose indexes are sound, cut into trips, with its recomputed measures.</summary>
internal sealed class CheckedRoute(Problem problem, Route route)
{
    public Route Route { get; } = route;

    public int VehicleIndex => Route.Vehicle;

    public Vehicle Vehicle { get; } = problem.Vehicles[route.Vehicle];

    /// <summary>Steps that are history: visits of <see cref="CommittedRoute.Frozen"/>, which follow the start step.</summary>
    public int FrozenCount { get; } = problem.Vehicles[route.Vehicle].Committed is { StartedAt: not null } committed ? committed.Frozen.Count : 0;

    public bool HasStarted => Vehicle.Committed?.StartedAt is not null;

    /// <summary>Step ranges [first, end) of the trips: each begins with its start or reload step; the end step belongs to none.</summary>
    public List<Range> Trips { get; } = CutTrips(route);

    /// <summary>Metres from the route's start, what was driven before included.</summary>
    public long Distance { get; set; }

    /// <summary>Seconds at the wheel.</summary>
    public long TravelSeconds { get; set; }

    public long LateCost { get; set; }

    public int Stops { get; set; }

    public int Tasks => Route.Steps.Count(s => s.Kind == StepKind.Visit);

    public long DurationSeconds => (long)Route.Steps[^1].Departure - Route.Steps[0].Arrival;

    public bool IsFrozen(int step) => step >= 1 && step <= FrozenCount;

    public Alternative AlternativeOf(RouteStep step) => problem.Jobs[step.Job].Alternatives[step.Alternative];

    public Visit VisitOf(RouteStep step) => AlternativeOf(step).Visits[step.Visit];

    private static List<Range> CutTrips(Route route)
    {
        var trips = new List<Range>();
        int first = 0, last = route.Steps.Count - 1;
        for (int i = 1; i <= last; i++)
        {
            if (i < last && route.Steps[i].Kind != StepKind.Reload) continue;
            trips.Add(first..i);
            first = i;
        }

        return trips;
    }
}
