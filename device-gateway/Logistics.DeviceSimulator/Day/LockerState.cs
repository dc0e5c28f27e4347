using System.Text.Json;

namespace Logistics.DeviceSimulator.Day;

/// <summary>What a locker knows of its compartments: it follows the locker's own events, so that a snapshot says what they said. Owned by its device.</summary>
internal sealed class LockerState
{
    private readonly SortedDictionary<string, Box> _boxes = new(StringComparer.Ordinal);

    /// <summary>Takes in an event the locker is about to send.</summary>
    /// <param name="members">Its JSON members without braces.</param>
    public void Follow(string message, string members)
    {
        using var document = JsonDocument.Parse($"{{{members}}}");
        var root = document.RootElement;
        switch (message)
        {
            case "snapshot":
                foreach (var box in root.GetProperty("compartments").EnumerateArray())
                {
                    Of(box).Read(box);
                }

                break;
            case "door":
                Of(root).Door = root.GetProperty("state").GetString()!;
                break;
            case "occupancy":
                Of(root).IsOccupied = root.GetProperty("state").GetString() == "occupied";
                break;
        }
    }

    public void SetBlocked(string compartment, bool isBlocked)
    {
        if (_boxes.TryGetValue(compartment, out var box))
        {
            box.Service = isBlocked ? "blocked" : "inService";
        }
    }

    /// <summary>The members of a snapshot.</summary>
    public string Snapshot() => $"\"compartments\":[{string.Join(',', _boxes.Select(pair =>
        $$"""{"compartment":{{JsonSerializer.Serialize(pair.Key)}},"door":"{{pair.Value.Door}}","occupied":{{(pair.Value.IsOccupied ? "true" : "false")}},"service":"{{pair.Value.Service}}"}"""))}]";

    private Box Of(JsonElement element)
    {
        var label = element.GetProperty("compartment").GetString()!;
        if (!_boxes.TryGetValue(label, out var box))
        {
            _boxes[label] = box = new Box();
        }

        return box;
    }

    private sealed class Box
    {
        public string Door { get; set; } = "closed";

        public bool IsOccupied { get; set; }

        public string Service { get; set; } = "inService";

        public void Read(JsonElement said)
        {
            Door = said.GetProperty("door").GetString()!;
            IsOccupied = said.GetProperty("occupied").GetBoolean();
            Service = said.GetProperty("service").GetString()!;
        }
    }
}
