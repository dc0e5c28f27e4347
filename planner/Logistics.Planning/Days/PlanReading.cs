using Logistics.Domain;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>A stored plan as sequences of the model's jobs: the form edits, locks and warm starts work on.</summary>
internal static class PlanReading
{
    /// <summary>One trip list for each vehicle that has a route; parcels and options the model no longer knows are left out.</summary>
    public static SortedDictionary<int, List<List<BareStep>>> Read(DayModel model, DayPlan plan)
    {
        var routes = new SortedDictionary<int, List<List<BareStep>>>();
        foreach (var route in plan.Routes)
        {
            if (!model.IndexOfVehicle.TryGetValue(route.VehicleId, out var vehicle)) continue;
            routes[vehicle] = [.. route.Trips.Select(t => t.Stops.SelectMany(s => s.Tasks).Select(task => Find(model, task)).OfType<BareStep>().ToList())];
        }

        return routes;
    }

    public static IReadOnlyList<BareRoute> ToBareRoutes(DayModel model, SortedDictionary<int, List<List<BareStep>>> routes)
    {
        var bare = new List<BareRoute>(routes.Count);
        foreach (var (vehicle, trips) in routes)
        {
            var steps = new List<BareStep>();
            foreach (var trip in trips.Where(t => t.Count > 0))
            {
                if (steps.Count > 0) steps.Add(BareStep.ReloadAt(model.Problem.Vehicles[vehicle].ReloadDepots[0]));
                steps.AddRange(trip);
            }

            if (steps.Count > 0) bare.Add(new BareRoute(vehicle, steps));
        }

        return bare;
    }

    private static BareStep? Find(DayModel model, PlannedTask task) =>
        FindStep(model, task.ParcelId, task.OptionIndex);

    /// <summary>The visit that serves a parcel by one of its options; null when the model has no such job or alternative.</summary>
    public static BareStep? FindStep(DayModel model, string parcelId, int optionIndex)
    {
        if (!model.JobOfParcel.TryGetValue(parcelId, out var job)) return null;
        var alternative = Array.IndexOf(model.OptionOfAlternative[job], optionIndex);
        return alternative < 0 ? null : BareStep.VisitOf(job, alternative, 0);
    }
}
