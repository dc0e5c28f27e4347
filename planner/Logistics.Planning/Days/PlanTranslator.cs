using Logistics.Domain;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Writes an optimiser's plan down in the words of the day: trips, stops, parcels, compartments, instants.</summary>
internal sealed class PlanTranslator(DayModel model, IdFactory ids)
{
    public IReadOnlyList<PlannedRoute> Translate(Plan plan) => [.. plan.Routes.Where(r => r.Steps.Any(s => s.Kind == StepKind.Visit)).Select(Translate)];

    /// <summary>Cost units to fen, each part rounded to nearest.</summary>
    public static PlanCost ToFen(CostBreakdown cost) => new()
    {
        UnservedFen = Fen(cost.Unserved),
        FixedFen = Fen(cost.Fixed),
        DistanceFen = Fen(cost.Distance),
        DurationFen = Fen(cost.Duration),
        OvertimeFen = Fen(cost.Overtime),
        LatenessFen = Fen(cost.Lateness),
        PreferenceFen = Fen(cost.Preference),
        BalanceFen = Fen(cost.Balance),
        DisturbanceFen = Fen(cost.Disturbance),
    };

    private static long Fen(long units) => (long)Math.Round(units / (decimal)PlanningRules.UnitsPerFen, MidpointRounding.AwayFromZero);

    private PlannedRoute Translate(Route route)
    {
        var vehicle = model.Vehicles[route.Vehicle];
        var steps = route.Steps;
        var slack = RouteSlack.Of(model.Problem, route);
        var trips = new List<PlannedTrip>();
        var breaks = new List<PlannedBreak>();
        var trip = new TripWriter(model, 1, steps[0]);
        int travel = 0, service = 0, waiting = 0;
        for (var i = 1; i < steps.Count; i++)
        {
            var step = steps[i];
            travel += step.Arrival - steps[i - 1].Departure;
            waiting += step.Start - step.Arrival;
            if (step.Kind == StepKind.Visit) service += step.Departure - step.Start;
            switch (step.Kind)
            {
                case StepKind.Visit:
                    trip.AddVisit(step, steps[i - 1], slack[i]);
                    break;
                case StepKind.Break:
                    breaks.Add(new PlannedBreak(model.Clock.InstantOf(step.Start), step.Departure - step.Start, trip.Number, trip.StopCount));
                    break;
                default:
                    trips.Add(trip.Finish(step, steps[i - 1]));
                    if (step.Kind == StepKind.Reload) trip = new TripWriter(model, trip.Number + 1, step);
                    break;
            }
        }

        var duration = steps[^1].Departure - steps[0].Arrival;
        var regular = model.Problem.Vehicles[route.Vehicle].RegularSeconds;
        return new PlannedRoute(ids.New(IdPrefix.Route), vehicle.Shift?.Id ?? "", vehicle.Vehicle.Id, vehicle.Courier?.Id ?? "", vehicle.Vehicle.HomeHubId)
        {
            Start = model.Clock.InstantOf(steps[0].Arrival),
            End = model.Clock.InstantOf(steps[^1].Departure),
            Trips = trips,
            Breaks = breaks,
            DistanceMetres = (int)steps[^1].DistanceSoFar,
            TravelSeconds = travel,
            ServiceSeconds = service,
            WaitingSeconds = waiting,
            OvertimeSeconds = regular is null ? 0 : Math.Max(0, duration - regular.Value),
            Cost = ToFen(route.Cost),
            IsLocked = model.LockedVehicles.Contains(route.Vehicle),
        };
    }
}
