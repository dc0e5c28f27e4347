using Logistics.Domain;
using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Twins;

/// <summary>The last reported truth about a device: what it said, and nothing that was only asked of it.</summary>
public sealed record DeviceTwin(string Device, DeviceKind Kind)
{
    /// <summary>When the gateway last took an event of it; 0 for never.</summary>
    public long LastSeenUnixMs { get; init; }

    public Said<string>? Firmware { get; init; }

    public Said<string>? Model { get; init; }

    /// <summary>Share of full.</summary>
    public Said<double>? Battery { get; init; }

    public Said<Meaning.PowerSource>? Power { get; init; }

    public Said<double>? TemperatureCelsius { get; init; }

    public Said<string>? LastCommand { get; init; }

    /// <summary>Latest by the device's clock, not by arrival.</summary>
    public TwinPosition? Position { get; init; }

    /// <summary>Compartments listed in the last snapshot.</summary>
    public Said<int>? Snapshot { get; init; }

    /// <summary>Ordered by label.</summary>
    public IReadOnlyList<TwinCompartment> Compartments { get; init; } = [];

    /// <summary>Ordered by compartment and code; those cleared stay, so that a late report cannot raise them again.</summary>
    public IReadOnlyList<TwinFault> Faults { get; init; } = [];

    /// <summary>Ordered by compartment; empty for the whole device.</summary>
    public IReadOnlyList<TwinTamper> Tampers { get; init; } = [];
}

/// <param name="Point">WGS-84.</param>
public sealed record TwinPosition(GeoPoint Point, long AtUnixMs, long Boot, long Sequence, double? SpeedMetresPerSecond, double? HeadingDegrees, double? AccuracyMetres);

/// <summary>One compartment: door, occupancy and service state are three facts; null for never said.</summary>
public sealed record TwinCompartment(string Label)
{
    public Said<SizeClass>? Size { get; init; }

    public Fact<DoorState>? Door { get; init; }

    /// <summary>Null inside when the sensor cannot tell.</summary>
    public Fact<bool?>? Occupied { get; init; }

    public Fact<CompartmentService>? Service { get; init; }

    /// <summary>The parcel the device holds it for; null inside for none.</summary>
    public Said<string?>? Parcel { get; init; }

    /// <summary>The door's last cause: a command or by hand.</summary>
    public Said<string?>? DoorCause { get; init; }

    /// <summary>The last snapshot that listed it.</summary>
    public Said<bool>? Listed { get; init; }
}

/// <param name="Compartment">Empty for the whole device.</param>
public sealed record TwinFault(string Compartment, string Code, Said<bool> IsRaised, string? Detail);

public sealed record TwinTamper(string Compartment, Said<bool> IsRaised, string? Detail);

/// <summary>Something a snapshot found to be different from what was said before.</summary>
/// <param name="What">door, occupied, service or listed.</param>
public sealed record TwinDifference(string Compartment, string What, string Was, string Is, long AtUnixMs);
