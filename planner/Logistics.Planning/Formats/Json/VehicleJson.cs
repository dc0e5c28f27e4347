using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Json;

/// <summary>Vehicles with their breaks and committed parts.</summary>
internal static class VehicleJson
{
    public static Vehicle Read(JsonReading vehicle) => new()
    {
        Id = vehicle.RequireText("id"),
        Profile = vehicle.Int("profile"),
        StartDepot = ReadDepot(vehicle, "startDepot"),
        EndDepot = ReadDepot(vehicle, "endDepot"),
        Capacity = vehicle.Longs("capacity"),
        Shift = vehicle.Get("shift", ProblemJson.ReadWindow, TimeWindow.Always),
        LatestStart = vehicle.FindInt("latestStart"),
        MaxDistance = vehicle.FindLong("maxDistance"),
        MaxDurationSeconds = vehicle.FindInt("maxDurationSeconds"),
        MaxTravelSeconds = vehicle.FindInt("maxTravelSeconds"),
        MaxStops = vehicle.FindInt("maxStops"),
        MaxTasks = vehicle.FindInt("maxTasks"),
        FixedCost = vehicle.Long("fixedCost", 0),
        CostPerMetre = vehicle.Long("costPerMetre", 0),
        CostPerSecond = vehicle.Long("costPerSecond", 0),
        CostPerTravelSecond = vehicle.Long("costPerTravelSecond", 0),
        RegularSeconds = vehicle.FindInt("regularSeconds"),
        CostPerOvertimeSecond = vehicle.Long("costPerOvertimeSecond", 0),
        Skills = vehicle.Ints("skills"),
        Zones = vehicle.FindInts("zones"),
        MaxTrips = vehicle.Int("maxTrips", 1),
        ReloadDepots = vehicle.Ints("reloadDepots"),
        Breaks = vehicle.List("breaks", b => new Break
        {
            Id = b.RequireText("id"),
            Windows = b.List("windows", ProblemJson.ReadWindow),
            DurationSeconds = b.RequireInt("durationSeconds"),
            IsWaivedIfRouteEndsBefore = b.Bool("isWaivedIfRouteEndsBefore"),
            MaxLoad = b.Longs("maxLoad"),
        }),
        Committed = vehicle.Find("committed", ReadCommitted),
    };

    // Absent means the first depot; −1 means none, so that a field left out does what most fleets need.
    private static int? ReadDepot(JsonReading vehicle, string name) => vehicle.Int(name) is var depot and not -1 ? depot : null;

    private static CommittedRoute ReadCommitted(JsonReading committed) => new()
    {
        Frozen = committed.List("frozen", f => new FrozenVisit(
            f.RequireInt("job"), f.Int("alternative"), f.Int("visit"), f.RequireInt("arrival"), f.RequireInt("start"), f.RequireInt("departure"))),
        StartedAt = committed.FindInt("startedAt"),
        Position = committed.FindInt("position"),
        ReadyAt = committed.Int("readyAt"),
        DistanceSoFar = committed.Long("distanceSoFar", 0),
        Loaded = committed.Ints("loaded"),
        KeepsLoadedOrder = committed.Bool("keepsLoadedOrder"),
    };
}
