using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Meaning;

/// <summary>What a device may say; the last level of an <c>up</c> topic.</summary>
public enum UpMessage
{
    Hello,
    Heartbeat,
    Snapshot,
    Door,
    Occupancy,
    Fault,
    Power,
    Tamper,
    CommandResult,
    Scan,
    Inventory,
    Position,
    Task,
}

/// <summary>Names of messages on the wire, and who may send them.</summary>
public static class UpMessages
{
    public static bool TryParse(ReadOnlySpan<byte> name, out UpMessage message)
    {
        (var isKnown, message) = name switch
        {
            _ when name.SequenceEqual("heartbeat"u8) => (true, UpMessage.Heartbeat),
            _ when name.SequenceEqual("position"u8) => (true, UpMessage.Position),
            _ when name.SequenceEqual("door"u8) => (true, UpMessage.Door),
            _ when name.SequenceEqual("occupancy"u8) => (true, UpMessage.Occupancy),
            _ when name.SequenceEqual("scan"u8) => (true, UpMessage.Scan),
            _ when name.SequenceEqual("snapshot"u8) => (true, UpMessage.Snapshot),
            _ when name.SequenceEqual("hello"u8) => (true, UpMessage.Hello),
            _ when name.SequenceEqual("command-result"u8) => (true, UpMessage.CommandResult),
            _ when name.SequenceEqual("fault"u8) => (true, UpMessage.Fault),
            _ when name.SequenceEqual("power"u8) => (true, UpMessage.Power),
            _ when name.SequenceEqual("tamper"u8) => (true, UpMessage.Tamper),
            _ when name.SequenceEqual("inventory"u8) => (true, UpMessage.Inventory),
            _ when name.SequenceEqual("task"u8) => (true, UpMessage.Task),
            _ => (false, default),
        };
        return isKnown;
    }

    /// <summary>Only a locker has compartments, and a locker has no tasks.</summary>
    public static bool MaySend(DeviceKind kind, UpMessage message) => message switch
    {
        UpMessage.Snapshot or UpMessage.Door or UpMessage.Occupancy => kind == DeviceKind.Locker,
        UpMessage.Task => kind is DeviceKind.Handheld or DeviceKind.Vehicle,
        _ => true,
    };
}
