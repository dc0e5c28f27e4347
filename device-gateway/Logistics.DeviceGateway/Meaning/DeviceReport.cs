using Logistics.Domain;
using Logistics.Domain.Codes;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>Which event of a device says it, and when.</summary>
/// <param name="Boot">−1 for an event without identity.</param>
/// <param name="AtUnixMs">The device's clock.</param>
/// <param name="ReceivedUnixMs">The gateway's clock.</param>
/// <remarks>Ordered as the device sent its events: by boot, then sequence; times decide only where both are equal.</remarks>
public readonly record struct ReportStamp(long Boot, long Sequence, long AtUnixMs, long ReceivedUnixMs) : IComparable<ReportStamp>
{
    public static ReportStamp None { get; } = new(-2, -2, 0, 0);

    public int CompareTo(ReportStamp other)
    {
        var order = Boot.CompareTo(other.Boot);
        order = order != 0 ? order : Sequence.CompareTo(other.Sequence);
        order = order != 0 ? order : AtUnixMs.CompareTo(other.AtUnixMs);
        return order != 0 ? order : ReceivedUnixMs.CompareTo(other.ReceivedUnixMs);
    }

    public static bool operator >(ReportStamp left, ReportStamp right) => left.CompareTo(right) > 0;

    public static bool operator <(ReportStamp left, ReportStamp right) => left.CompareTo(right) < 0;

    public static bool operator >=(ReportStamp left, ReportStamp right) => left.CompareTo(right) >= 0;

    public static bool operator <=(ReportStamp left, ReportStamp right) => left.CompareTo(right) <= 0;
}

public enum PowerSource
{
    Mains,
    Battery,
    /// <summary>The last words before the lights go out.</summary>
    Off,
}

public enum ScanPurpose
{
    Load,
    Deposit,
    Return,
    Inventory,
}

/// <summary>What a device says of a command.</summary>
public enum CommandOutcome
{
    Done,
    Refused,
    Failed,
    Expired,
    /// <summary>Its identifier was seen before; nothing was done again.</summary>
    Duplicate,
}

public enum TaskOutcome
{
    Done,
    Failed,
    Skipped,
}

/// <summary>One accepted event of a device, read.</summary>
public abstract record DeviceReport(ReportStamp Stamp);

/// <summary><c>hello</c> and <c>heartbeat</c>; null for what was not said.</summary>
/// <param name="Battery">Share of full, [0, 1].</param>
/// <param name="TemperatureCelsius">Inside the cabinet or device.</param>
/// <param name="LastCommand">Identifier of the last down command the device has seen.</param>
public sealed record HealthReport(ReportStamp Stamp, bool IsHello, string? Firmware, string? Model, double? Battery, PowerSource? Power, double? TemperatureCelsius, string? LastCommand) : DeviceReport(Stamp);

/// <summary>Every compartment of a locker at one moment.</summary>
public sealed record SnapshotReport(ReportStamp Stamp, IReadOnlyList<CompartmentReading> Compartments, HealthReport Health) : DeviceReport(Stamp);

/// <summary>One compartment in a snapshot; null for what was not said.</summary>
public sealed record CompartmentReading(string Compartment, SizeClass? Size, DoorState Door, bool? IsOccupied, CompartmentService? Service, string? Parcel);

/// <param name="Cause">Command identifier, or <c>manual</c>; null when unknown.</param>
public sealed record DoorReport(ReportStamp Stamp, string Compartment, DoorState State, string? Cause) : DeviceReport(Stamp);

public sealed record OccupancyReport(ReportStamp Stamp, string Compartment, bool IsOccupied, string? Cause, string? Parcel) : DeviceReport(Stamp);

/// <param name="Compartment">Null when it concerns the whole device.</param>
public sealed record FaultReport(ReportStamp Stamp, string? Compartment, string Code, bool IsRaised, string? Detail) : DeviceReport(Stamp);

public sealed record PowerReport(ReportStamp Stamp, PowerSource Source, double? Battery) : DeviceReport(Stamp);

public sealed record TamperReport(ReportStamp Stamp, string? Compartment, bool IsRaised, string? Detail) : DeviceReport(Stamp);

public sealed record CommandResultReport(ReportStamp Stamp, string Command, CommandOutcome Outcome, string? Detail) : DeviceReport(Stamp);

public sealed record ScanReport(ReportStamp Stamp, ScannedCode Code, ScanPurpose Purpose, string? Reader, double? RssiDbm, string? Compartment) : DeviceReport(Stamp);

public sealed record InventoryReport(ReportStamp Stamp, IReadOnlyList<EpcTag> Tags, string? Reader, string? Compartment) : DeviceReport(Stamp);

/// <param name="Point">WGS-84, whatever the device sent.</param>
/// <param name="Source">The datum it was sent in.</param>
/// <param name="HeadingDegrees">Clockwise from north, [0, 360].</param>
public sealed record PositionReport(ReportStamp Stamp, GeoPoint Point, Datum Source, double? SpeedMetresPerSecond, double? HeadingDegrees, double? AccuracyMetres) : DeviceReport(Stamp);

/// <param name="Stop">Stop of the courier's manifest, or null.</param>
/// <param name="Proof">Reference of a photo or signature.</param>
public sealed record TaskReport(ReportStamp Stamp, string? Stop, string? Parcel, TaskOutcome Outcome, string? Reason, string? Proof) : DeviceReport(Stamp);
