using System.Text.Json;
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
    private static readonly WireTable<UpMessage> ByName = WireTable.Of<UpMessage>(JsonNamingPolicy.KebabCaseLower);

    public static bool TryParse(ReadOnlySpan<byte> name, out UpMessage message)
    {
        var found = ByName.Find(name);
        message = found.GetValueOrDefault();
        return found is not null;
    }

    /// <summary>Only a locker has compartments, and a locker has no tasks.</summary>
    public static bool MaySend(DeviceKind kind, UpMessage message) => message switch
    {
        UpMessage.Snapshot or UpMessage.Door or UpMessage.Occupancy => kind == DeviceKind.Locker,
        UpMessage.Task => kind is DeviceKind.Handheld or DeviceKind.Vehicle,
        _ => true,
    };
}
