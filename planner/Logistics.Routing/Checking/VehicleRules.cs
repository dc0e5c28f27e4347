using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Limits of a route as a whole, and which vehicle may do what.</summary>
internal static class VehicleRules
{
    public static void Check(CheckedRoute route, Findings findings)
    {
        var vehicle = route.Vehicle;
        Limit(ViolationKind.MaxDistance, "drives", route.Distance, vehicle.MaxDistance, "m");
        Limit(ViolationKind.MaxDuration, "takes", route.DurationSeconds, vehicle.MaxDurationSeconds, "s");
        Limit(ViolationKind.MaxTravel, "is at the wheel", route.TravelSeconds, vehicle.MaxTravelSeconds, "s");
        Limit(ViolationKind.MaxStops, "makes", route.Stops, vehicle.MaxStops, "stops");
        Limit(ViolationKind.MaxTasks, "does", route.Tasks, vehicle.MaxTasks, "tasks");

        for (int i = 1; i < route.Route.Steps.Count; i++)
            if (route.Route.Steps[i].Kind == StepKind.Visit && !route.IsFrozen(i)) CheckVisit(i);

        void Limit(ViolationKind kind, string verb, long value, long? most, string unit)
        {
            if (value > most) findings.Add(new Violation(kind, $"{findings.NameVehicle(route.VehicleIndex)} {verb} {value} {unit}, at most {most} are allowed.", route.VehicleIndex) { Compared = (value, most.Value) });
        }

        void CheckVisit(int index)
        {
            var step = route.Route.Steps[index];
            var alternative = route.AlternativeOf(step);
            foreach (int skill in alternative.Skills)
                if (!vehicle.Skills.Contains(skill)) Add(ViolationKind.Skill, $"needs skill {skill}");
            if (alternative.AllowedVehicles is { } allowed && !allowed.Contains(route.VehicleIndex)) Add(ViolationKind.AllowedVehicle, "is not allowed on this vehicle");
            if (alternative.ForbiddenVehicles.Contains(route.VehicleIndex)) Add(ViolationKind.ForbiddenVehicle, "is forbidden on this vehicle");
            if (route.VisitOf(step).Zone is { } zone && vehicle.Zones is { } zones && !zones.Contains(zone)) Add(ViolationKind.Zone, $"lies in zone {zone}");

            void Add(ViolationKind kind, string why) =>
                findings.Add(kind, $"{findings.NameVehicle(route.VehicleIndex)}, step {index}: {findings.NameJob(step.Job)} {why}.", route.VehicleIndex, index, step.Job);
        }
    }
}
