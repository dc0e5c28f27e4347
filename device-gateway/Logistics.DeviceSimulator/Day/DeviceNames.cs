using System.Text.Json;

namespace Logistics.DeviceSimulator.Day;

/// <summary>Which device stands for a terminal, a vehicle or a courier of a plan, as <c>GET /api/devices</c> says.</summary>
public sealed class DeviceNames
{
    private readonly Dictionary<string, string> _lockers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Name), string> _byName = [];

    private DeviceNames()
    {
    }

    /// <summary>Every thing is its own device.</summary>
    public static DeviceNames None { get; } = new();

    /// <exception cref="FormatException">It is no list of devices.</exception>
    public static DeviceNames Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("The devices are no list; expected the answer of GET /api/devices.");
        }

        var names = new DeviceNames();
        foreach (var row in document.RootElement.EnumerateArray())
        {
            var id = row.GetProperty("id").GetString()!;
            names._byName[(row.GetProperty("kind").GetString()!, row.GetProperty("name").GetString()!)] = id;
            if (row.GetProperty("terminalId").GetString() is { } terminal)
            {
                names._lockers[terminal] = id;
            }
        }

        return names;
    }

    /// <returns>Null for a terminal without a device, such as a counter.</returns>
    public string? Locker(string terminalId) => this == None ? terminalId : _lockers.GetValueOrDefault(terminalId);

    /// <param name="name">Plate of a vehicle, or name of a courier.</param>
    /// <exception cref="FormatException">There is a list of devices, and none of them stands for it.</exception>
    public string Find(string kind, string? name, string id)
    {
        if (this == None)
        {
            return id;
        }

        return name is not null && _byName.TryGetValue((kind, name), out var device) ? device : throw new FormatException($"No {kind} device is named \"{name}\" ({id}). Maybe register it on the Devices page.");
    }
}
