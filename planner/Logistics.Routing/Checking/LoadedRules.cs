using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Goods already on board stay on their vehicle and trip, keep their order if so promised, and nothing from the depot joins a trip that has left.</summary>
internal static class LoadedRules
{
    public static void Check(IReadOnlyList<CheckedRoute> routes, Findings findings)
    {
        var holder = new Dictionary<int, int>();
        for (int v = 0; v < findings.Problem.Vehicles.Count; v++)
            foreach (int job in findings.Problem.Vehicles[v].Committed?.Loaded ?? []) holder[job] = v;

        foreach (var route in routes)
        {
            int trip = 0;
            for (int i = 1; i < route.Route.Steps.Count; i++)
            {
                var step = route.Route.Steps[i];
                if (step.Kind == StepKind.Reload) trip++;
                if (step.Kind != StepKind.Visit || route.IsFrozen(i)) continue;
                if (holder.TryGetValue(step.Job, out int vehicle))
                {
                    if (vehicle != route.VehicleIndex) Add(route, i, $"is on board of {findings.NameVehicle(vehicle)}");
                    else if (trip > 0) Add(route, i, "is on board and may not be delivered after a reload");
                }
                else if (trip == 0 && route.HasStarted && BringsFromDepot(route, step))
                {
                    Add(route, i, "is not on board of the trip that has already left the depot");
                }
            }

            CheckOrder(route, findings);
        }

        void Add(CheckedRoute route, int step, string why) => findings.Add(ViolationKind.Loaded,
            $"{findings.NameVehicle(route.VehicleIndex)}, step {step}: {findings.NameJob(route.Route.Steps[step].Job)} {why}.", route.VehicleIndex, step, route.Route.Steps[step].Job);
    }

    private static bool BringsFromDepot(CheckedRoute route, RouteStep step) =>
        route.AlternativeOf(step).Visits.Count == 1 && route.VisitOf(step).Delivery.Any(amount => amount > 0);

    private static void CheckOrder(CheckedRoute route, Findings findings)
    {
        if (route.Vehicle.Committed is not { KeepsLoadedOrder: true } committed) return;
        int last = -1;
        for (int i = 1; i < route.Route.Steps.Count; i++)
        {
            var step = route.Route.Steps[i];
            if (step.Kind != StepKind.Visit || route.IsFrozen(i)) continue;
            int position = IndexOf(committed.Loaded, step.Job);
            if (position < 0) continue;
            if (position < last)
                findings.Add(ViolationKind.Loaded, $"{findings.NameVehicle(route.VehicleIndex)}, step {i}: {findings.NameJob(step.Job)} is served out of the loaded order.", route.VehicleIndex, i, step.Job);
            last = Math.Max(last, position);
        }
    }

    private static int IndexOf(IReadOnlyList<int> jobs, int job)
    {
        for (int i = 0; i < jobs.Count; i++)
            if (jobs[i] == job) return i;
        return -1;
    }
}
