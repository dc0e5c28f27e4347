using Logistics.Planning.Formats.Json;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>Reads VROOM's JSON request (API of 1.15: jobs, shipments, vehicles, matrices). Fields VROOM does not know are ignored, as VROOM does.</summary>
/// <remarks>What is mapped to what, and where we are stricter: docs/vroom.md.</remarks>
public static class VroomRequest
{
    public static bool Recognises(string text) => text.Contains("\"vehicles\"", StringComparison.Ordinal) && !text.Contains("\"format\"", StringComparison.Ordinal)
        && (text.Contains("\"jobs\"", StringComparison.Ordinal) || text.Contains("\"shipments\"", StringComparison.Ordinal));

    /// <param name="legs">Travel for requests without matrices; null = great circle with a detour factor of 1.3 at 36 km/h.</param>
    public static ReadResult<VroomProblem> Read(string text, VroomLegs? legs = null) => JsonReading.Read(
        text,
        root =>
        {
            var places = new VroomPlaces(root);
            var jobs = VroomTasks.Read(root, places);
            var vehicles = VroomFleet.Read(root, places);
            var options = VroomOptions.Read(root);
            CheckIds(root, jobs, vehicles);
            if (vehicles.Count == 0) root.Fail("vehicles", "at least one vehicle is needed.");
            if (jobs.Count == 0) root.Fail("jobs", "at least one job or shipment is needed.");
            int dimensions = CheckAmounts(root, jobs, vehicles);
            VroomSteps.Check(root, jobs, vehicles);
            if (options.HasGeometry && places.FindUnlocated() is { } unknown) root.Fail("options.g", $"the geometry of a route needs coordinates, and index {unknown} has none.");
            var travel = VroomTravel.Read(root, places, vehicles, legs ?? VroomTravel.GreatCircle, options.HasGeometry);
            var vroom = root.Errors.Count > 0 ? null : VroomMapping.Map(jobs, vehicles, places, travel, dimensions, options, root);
            return vroom is null ? null : WithRoutes(vroom, vehicles, root);
        },
        isStrict: false);

    /// <summary>The routes the request gives need a problem without faults.</summary>
    private static VroomProblem WithRoutes(VroomProblem vroom, List<VroomFleet.Entry> vehicles, JsonReading root)
    {
        if (vehicles.TrueForAll(v => v.Steps.Count == 0) && !vroom.Options.IsPlanMode) return vroom;
        var faults = ProblemValidator.Validate(vroom.Problem);
        root.Errors.AddRange(faults.Select(f => f.ToString()));
        if (faults.Count > 0) return vroom;
        return vroom.Options.IsPlanMode
            ? vroom with { Given = VroomPlanMode.TimeRoutes(vroom, vehicles, root) }
            : vroom with { Start = VroomSteps.FindStart(vroom, vehicles, root) };
    }

    private static void CheckIds(JsonReading root, List<VroomJob> jobs, List<VroomFleet.Entry> vehicles)
    {
        var seen = new HashSet<(string, long)>();
        foreach (var task in jobs.SelectMany(j => j.Tasks))
            if (!seen.Add((task.Type, task.Id))) root.Fail(task.Type == "job" ? "jobs" : "shipments", $"duplicate {task.Type} id {task.Id}.");
        foreach (var vehicle in vehicles)
            if (!seen.Add(("vehicle", vehicle.Id))) root.Fail("vehicles", $"duplicate vehicle id {vehicle.Id}.");
    }

    /// <summary>Every amount has as many dimensions as every capacity, as VROOM demands.</summary>
    private static int CheckAmounts(JsonReading root, List<VroomJob> jobs, List<VroomFleet.Entry> vehicles)
    {
        int dimensions = vehicles.Count == 0 ? 0 : vehicles[0].Model.Capacity.Count;
        foreach (var vehicle in vehicles)
            if (vehicle.Model.Capacity.Count != dimensions) root.Fail("vehicles", $"inconsistent capacity length of vehicle {vehicle.Id}: {vehicle.Model.Capacity.Count}, expected {dimensions}.");
        foreach (var job in jobs)
            foreach (var amount in job.Visits.SelectMany(v => new[] { v.Delivery, v.Pickup }))
                if (amount.Count != 0 && amount.Count != dimensions) root.Fail("jobs", $"inconsistent amount length of {job.Tasks[0].Type} {job.Tasks[0].Id}: {amount.Count}, expected {dimensions}.");
        return dimensions;
    }
}

/// <summary>A job or shipment as read, its places still being numbered and its times absolute.</summary>
internal sealed record VroomJob(IReadOnlyList<VroomTask> Tasks, IReadOnlyList<Visit> Visits, IReadOnlyList<IReadOnlyList<(long From, long Until)>> Windows, IReadOnlyList<VroomTypeTimes> Times, IReadOnlyList<int> Skills);

/// <summary>A task's seconds for vehicles of some types, in place of those it has for all.</summary>
internal sealed record VroomTypeTimes(IReadOnlyDictionary<string, int> Setup, IReadOnlyDictionary<string, int> Service)
{
    public static readonly VroomTypeTimes None = new(new Dictionary<string, int>(), new Dictionary<string, int>());
}
