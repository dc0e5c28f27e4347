namespace Logistics.Domain.Devices;

public enum AlarmRule
{
    /// <summary>Not connected for longer than allowed.</summary>
    Offline,

    /// <summary>A compartment's door open for longer than allowed.</summary>
    DoorOpen,

    Tamper,

    LowBattery,

    /// <summary>Few free compartments left.</summary>
    NearFull,

    /// <summary>The device reported a fault that it has not cleared.</summary>
    Fault,
}

/// <summary>Something a person should look at, from its beginning to its end.</summary>
/// <param name="Subject">What of the device: a compartment, a fault code; empty for the whole.</param>
/// <param name="StartedAt">When it began, by the device's report.</param>
/// <param name="RaisedAt">When the rule noticed.</param>
/// <param name="Detail">Numbers for people, as JSON.</param>
public sealed record DeviceAlarm(string Id, string Device, AlarmRule Rule, string Subject, DateTimeOffset StartedAt, DateTimeOffset RaisedAt, string Detail)
{
    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Account that looks after it.</summary>
    public string? Owner { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }
}
