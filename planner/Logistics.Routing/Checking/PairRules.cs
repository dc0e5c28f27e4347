using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>A pair is picked up, then delivered, on one trip, and rides no longer than allowed.</summary>
internal static class PairRules
{
    public static void Check(CheckedRoute route, Findings findings)
    {
        var steps = route.Route.Steps;
        int trip = 0;
        var pickups = new Dictionary<int, (int Step, int Trip)>();
        for (int i = 1; i < steps.Count; i++)
        {
            var step = steps[i];
            if (step.Kind == StepKind.Reload) trip++;
            if (step.Kind != StepKind.Visit || route.AlternativeOf(step).Visits.Count != 2) continue;
            if (step.Visit == 0)
            {
                pickups[step.Job] = (i, trip);
            }
            else if (!pickups.Remove(step.Job, out var pickup))
            {
                Add(ViolationKind.Pair, $"step {i} delivers {findings.NameJob(step.Job)} without picking it up before", i);
            }
            else
            {
                if (pickup.Trip != trip) Add(ViolationKind.Pair, $"{findings.NameJob(step.Job)} is picked up on trip {pickup.Trip} and delivered on trip {trip}", i);
                CheckRide(steps[pickup.Step], step, i);
            }
        }

        foreach (var (job, pickup) in pickups) Add(ViolationKind.Pair, $"{findings.NameJob(job)} is picked up but not delivered", pickup.Step);

        void CheckRide(RouteStep pickup, RouteStep delivery, int index)
        {
            int ride = delivery.Start - pickup.Departure;
            if (!route.IsFrozen(index) && route.AlternativeOf(delivery).MaxRideSeconds is { } most && ride > most)
                Add(ViolationKind.MaxRide, $"{findings.NameJob(delivery.Job)} rides {ride} s, at most {most} s are allowed", index);
        }

        void Add(ViolationKind kind, string message, int step) =>
            findings.Add(kind, $"{findings.NameVehicle(route.VehicleIndex)}: {message}.", route.VehicleIndex, step, steps[step].Job);
    }
}
