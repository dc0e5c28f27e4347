using Logistics.DeviceGateway.Twins;
using Logistics.Domain;
using Logistics.Domain.Devices;
using Logistics.Web.Hosting;

namespace Logistics.Web.Devices;

public enum DeviceState
{
    /// <summary>Registered, never heard of.</summary>
    Never,
    Online,
    Offline,
}

/// <summary>A device in the list and on the map.</summary>
/// <param name="At">Where it is: its terminal's place, or the last position it sent.</param>
/// <param name="Battery">Share of full.</param>
/// <param name="Alarms">Alarms that last.</param>
/// <param name="Differences">What the last snapshot found to be different.</param>
public sealed record DeviceRow(
    string Id, DeviceKind Kind, string Name, DeviceState State, bool IsRegistered, string? TerminalId, string? District, LonLat? At, DateTimeOffset? LastSeen, double? Battery,
    int Compartments, int Occupied, int Free, int OutOfService, int OpenDoors, int Alarms, int Differences, string? Firmware);

/// <summary>One compartment of the drawing; null for what was never said.</summary>
/// <param name="IsMissing">The last snapshot did not list it.</param>
/// <param name="DoorCause">Command identifier or <c>manual</c>.</param>
public sealed record CompartmentView(
    string Label, SizeClass? Size, DoorState? Door, DateTimeOffset? DoorSince, string? DoorCause, bool? IsOccupied, DateTimeOffset? OccupiedSince, CompartmentService? Service, string? Parcel, bool IsMissing);

/// <summary>A twin as the page shows it.</summary>
public sealed record TwinView(
    DeviceRow Device, string? Address, string? VehicleId, string? CourierId, string? Model, string? Power, DateTimeOffset? PowerAt, double? TemperatureCelsius, string? LastCommand, DateTimeOffset? ConnectionChangedAt,
    DateTimeOffset? SnapshotAt, PositionView? Position, IReadOnlyList<CompartmentView> Compartments, IReadOnlyList<DifferenceView> Differences, IReadOnlyList<ConditionView> Faults, IReadOnlyList<ConditionView> Tampers);

public sealed record PositionView(LonLat Point, DateTimeOffset At, double? SpeedMetresPerSecond, double? HeadingDegrees, double? AccuracyMetres);

public sealed record DifferenceView(string Compartment, string What, string Was, string Is, DateTimeOffset At);

public sealed record ConditionView(string Subject, DateTimeOffset Since, string? Detail);

/// <summary>An event of the log.</summary>
/// <param name="At">The device's clock; null when it gave none.</param>
/// <param name="Payload">As received, as text.</param>
public sealed record EventView(long Position, string Device, DeviceKind Kind, string Message, DateTimeOffset? At, DateTimeOffset ReceivedAt, string? Quarantine, string Payload);

public sealed record AlarmView(
    string Id, string Device, string DeviceName, AlarmRule Rule, string Subject, DateTimeOffset StartedAt, DateTimeOffset RaisedAt, DateTimeOffset? EndedAt, string? OwnerId, string? Owner,
    DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, string Detail);

/// <summary>The gateway's health.</summary>
/// <param name="Lag">Events that are on disk and not in the twins yet.</param>
/// <param name="CommitMilliseconds">Mean time of a group commit since the start.</param>
public sealed record GatewayView(
    bool IsHealthy, int Connections, long Committed, long Duplicates, long Quarantined, long StoreFailures, double? CommitMilliseconds, double? EventsPerCommit, long LastPosition, long Lag, int? MqttPort, int? MqttTlsPort, int? Jt808Port, string? Notice);

/// <param name="Owner">Account that looks after it; null for nobody.</param>
public sealed record AssignBody(string? Owner);

/// <summary>What a page that is open is told.</summary>
/// <param name="SkippedEvents">Events beyond what a page can show.</param>
/// <param name="HasAlarms">An alarm began, ended or was changed.</param>
public sealed record DeviceNewsView(IReadOnlyList<DeviceRow> Devices, IReadOnlyList<EventView> Events, int SkippedEvents, bool HasAlarms);

/// <summary>A command of a device has a new state.</summary>
public sealed record CommandNewsView(string Device, string Id, CommandState State);
