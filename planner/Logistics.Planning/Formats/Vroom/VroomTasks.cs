using Logistics.Planning.Formats.Json;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>Jobs and shipments of a request.</summary>
internal static class VroomTasks
{
    public static List<VroomJob> Read(JsonReading root, VroomPlaces places) =>
        [.. root.List("jobs", job => ReadJob(job, places)), .. root.List("shipments", shipment => ReadShipment(shipment, places))];

    private static VroomJob ReadJob(JsonReading job, VroomPlaces places)
    {
        var (task, visit, windows, times) = ReadTask(job, "job", places, ReadPriority(job));
        // "amount" is the older name of "delivery".
        return new VroomJob([task], [visit with { Delivery = ReadAmount(job, job.Has("delivery") ? "delivery" : "amount"), Pickup = ReadAmount(job, "pickup") }], [windows], [times], ReadSkills(job));
    }

    private static VroomJob ReadShipment(JsonReading shipment, VroomPlaces places)
    {
        int priority = ReadPriority(shipment);
        var amount = ReadAmount(shipment, "amount");
        var pickup = ReadEnd("pickup");
        var delivery = ReadEnd("delivery");
        return new VroomJob([pickup.Task, delivery.Task], [pickup.Visit with { Pickup = amount }, delivery.Visit], [pickup.Windows, delivery.Windows], [pickup.Times, delivery.Times], ReadSkills(shipment));

        Entry ReadEnd(string type)
        {
            shipment.Require(type);
            return shipment.Find(type, end => ReadTask(end, type, places, priority)) ?? new Entry(new VroomTask(type, 0, "", null, null, 0), new Visit { Place = 0 }, [], VroomTypeTimes.None);
        }
    }

    private static Entry ReadTask(JsonReading task, string type, VroomPlaces places, int priority)
    {
        task.Require("id");
        var place = places.Require(task);
        var visit = new Visit { Place = place.Place, SetupSeconds = task.Int("setup", 0, 0), HandlingSeconds = task.Int("service", 0, 0) };
        return new Entry(
            new VroomTask(type, task.Long("id", 0, 0), task.Text("description"), place.Location, place.LocationIndex, priority), visit, ReadWindows(task),
            new VroomTypeTimes(task.IntMap("setup_per_type", 0, TimeWindow.Horizon), task.IntMap("service_per_type", 0, TimeWindow.Horizon)));
    }

    public static List<(long From, long Until)> ReadWindows(JsonReading owner, string name = "time_windows")
    {
        var windows = new List<(long, long)>();
        foreach (var row in owner.NumberRows(name))
        {
            if (row.Count != 2 || row[0] > row[1] || row[0] < 0) owner.Fail(name, $"[{string.Join(", ", row)}] must be [start, end] with 0 ≤ start ≤ end.");
            else windows.Add(((long)row[0], (long)row[1]));
        }

        for (int i = 1; i < windows.Count; i++)
            if (windows[i].Item1 <= windows[i - 1].Item2) owner.Fail(name, "must be ascending and apart from one another.");
        return windows;
    }

    private static List<long> ReadAmount(JsonReading owner, string name)
    {
        var amount = owner.Longs(name);
        if (amount.Any(a => a < 0)) owner.Fail(name, "must not be negative.");
        return amount;
    }

    private static List<int> ReadSkills(JsonReading owner) => owner.Ints("skills");

    private static int ReadPriority(JsonReading owner) => owner.Int("priority", 0, 0, 100);

    private sealed record Entry(VroomTask Task, Visit Visit, List<(long From, long Until)> Windows, VroomTypeTimes Times);
}
