using Logistics.Planning.Formats.Json;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>Vehicles of a request.</summary>
internal static class VroomFleet
{
    /// <summary>A vehicle as read: our limits in <paramref name="Model"/>, everything that still needs numbers or times beside it.</summary>
    public sealed record Entry(
        long Id, string Description, string Type, string Profile, double SpeedFactor, VroomPlace? Start, VroomPlace? End, long Fixed, long PerHour, long PerKm, long PerTaskHour,
        (long From, long Until)? Window, IReadOnlyList<BreakEntry> Breaks, IReadOnlyList<VroomStep> Steps, Vehicle Model);

    public sealed record BreakEntry(long Id, string Description, IReadOnlyList<(long From, long Until)> Windows, Break Model);

    public static List<Entry> Read(JsonReading root, VroomPlaces places) => root.List("vehicles", vehicle => ReadVehicle(vehicle, places));

    private static Entry ReadVehicle(JsonReading vehicle, VroomPlaces places)
    {
        vehicle.Require("id");
        var (start, end) = (places.Find(vehicle, "start", "start_index"), places.Find(vehicle, "end", "end_index"));
        if (start is null && end is null) vehicle.Fail("start", "a vehicle needs a start, an end or both.");
        var window = vehicle.Longs("time_window");
        if (window.Count > 0 && (window.Count != 2 || window[0] < 0 || window[0] > window[1])) vehicle.Fail("time_window", $"[{string.Join(", ", window)}] must be [start, end] with 0 ≤ start ≤ end.");
        var costs = vehicle.Find("costs", c => new Costs(c.Long("fixed", 0, 0), c.Long("per_hour", 3600, 0), c.Long("per_km", 0, 0), c.Long("per_task_hour", 0, 0))) ?? new Costs(0, 3600, 0, 0);
        double speed = vehicle.Number("speed_factor", 1);
        if (speed is <= 0 or > 5) vehicle.Fail("speed_factor", $"{speed} must be in (0, 5].");
        return new Entry(
            vehicle.Long("id", 0, 0), vehicle.Text("description"), vehicle.Text("type"), vehicle.Text("profile", "car"), speed, start, end, costs.Fixed, costs.PerHour, costs.PerKm, costs.PerTaskHour,
            window.Count == 2 ? (window[0], window[1]) : null,
            vehicle.List("breaks", ReadBreak),
            vehicle.List("steps", VroomSteps.Read),
            new Vehicle
            {
                Id = $"{vehicle.Long("id", 0, 0)}",
                Capacity = vehicle.Longs("capacity"),
                Skills = vehicle.Ints("skills"),
                MaxTasks = vehicle.Has("max_tasks") ? vehicle.Int("max_tasks", 0, 0) : null,
                MaxTravelSeconds = vehicle.Has("max_travel_time") ? vehicle.Int("max_travel_time", 0, 0) : null,
                MaxDistance = vehicle.Has("max_distance") ? vehicle.Long("max_distance", 0, 0) : null,
            });
    }

    private static BreakEntry ReadBreak(JsonReading rest)
    {
        rest.Require("id");
        return new BreakEntry(
            rest.Long("id", 0, 0), rest.Text("description"), VroomTasks.ReadWindows(rest),
            new Break { Id = $"{rest.Long("id", 0, 0)}", Windows = [], DurationSeconds = rest.Int("service", 0, 0), MaxLoad = rest.Longs("max_load") });
    }

    private sealed record Costs(long Fixed, long PerHour, long PerKm, long PerTaskHour);
}
