using Logistics.DeviceGateway.Meaning;
using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Twins;

/// <summary>What lists, the map and the alarm rules need of a twin; small enough to keep for every device.</summary>
public sealed record DeviceSummary(string Device, DeviceKind Kind)
{
    public long LastSeenUnixMs { get; init; }

    public bool IsConnected { get; init; }

    /// <summary>When it came or went; 0 for never.</summary>
    public long ConnectionUnixMs { get; init; }

    public double? Battery { get; init; }

    public PowerSource? Power { get; init; }

    public string? Firmware { get; init; }

    public int Compartments { get; init; }

    public int Occupied { get; init; }

    /// <summary>In service and empty.</summary>
    public int Free { get; init; }

    /// <summary>Blocked or faulty.</summary>
    public int OutOfService { get; init; }

    public IReadOnlyList<OpenDoor> OpenDoors { get; init; } = [];

    /// <summary>Faults that are raised.</summary>
    public IReadOnlyList<RaisedCondition> Faults { get; init; } = [];

    public IReadOnlyList<RaisedCondition> Tampers { get; init; } = [];

    public TwinPosition? Position { get; init; }

    /// <summary>Differences found by the last snapshot.</summary>
    public int Differences { get; init; }

    /// <summary>The summary of a twin; the connection is known to the gateway only and is carried over.</summary>
    public static DeviceSummary Of(DeviceTwin twin, DeviceSummary? known)
    {
        var (compartments, occupied, free, outOfService) = (0, 0, 0, 0);
        var open = new List<OpenDoor>();
        foreach (var compartment in twin.Compartments.Where(c => !TwinProjection.IsMissing(twin, c)))
        {
            compartments++;
            var isOut = compartment.Service?.Now.Value is CompartmentService.Blocked or CompartmentService.Faulty;
            outOfService += isOut ? 1 : 0;
            occupied += compartment.Occupied?.Now.Value == true ? 1 : 0;
            free += !isOut && compartment.Occupied?.Now.Value == false ? 1 : 0;
            if (compartment.Door is { Now.Value: DoorState.Open } door)
            {
                // A device whose clock runs ahead must not delay its alarm.
                open.Add(new OpenDoor(compartment.Label, Math.Min(door.SinceUnixMs, twin.LastSeenUnixMs)));
            }
        }

        return new DeviceSummary(twin.Device, twin.Kind)
        {
            LastSeenUnixMs = twin.LastSeenUnixMs,
            IsConnected = known?.IsConnected ?? false,
            ConnectionUnixMs = known?.ConnectionUnixMs ?? 0,
            Battery = twin.Battery?.Value,
            Power = twin.Power?.Value,
            Firmware = twin.Firmware?.Value,
            Compartments = compartments,
            Occupied = occupied,
            Free = free,
            OutOfService = outOfService,
            OpenDoors = open,
            Faults = [.. twin.Faults.Where(f => f.IsRaised.Value).Select(f => new RaisedCondition(f.Compartment.Length == 0 ? f.Code : $"{f.Compartment} {f.Code}", f.IsRaised.AtUnixMs, f.Detail))],
            Tampers = [.. twin.Tampers.Where(t => t.IsRaised.Value).Select(t => new RaisedCondition(t.Compartment, t.IsRaised.AtUnixMs, t.Detail))],
            Position = twin.Position,
            Differences = TwinProjection.FindDifferences(twin).Count,
        };
    }
}

/// <param name="SinceUnixMs">When it opened, as far as it is known.</param>
public sealed record OpenDoor(string Compartment, long SinceUnixMs);

public sealed record RaisedCondition(string Subject, long SinceUnixMs, string? Detail);
