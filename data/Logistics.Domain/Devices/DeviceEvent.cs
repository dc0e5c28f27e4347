namespace Logistics.Domain.Devices;

/// <summary>One event of the log, as readers see it.</summary>
/// <param name="Position">Place in the log: ascending in commit order, never reused.</param>
/// <param name="Device">Device identifier; in an open gateway the client identifier for topics outside <c>lg/v1</c>.</param>
/// <param name="Message">Message name (<c>door</c>, <c>scan</c>, …), or the whole topic outside <c>lg/v1</c>.</param>
/// <param name="Boot">Boot epoch; −1 when the event has no identity.</param>
/// <param name="Sequence">Number within the boot; −1 when the event has no identity.</param>
/// <param name="AtUnixMs">The device's clock; 0 when it gave none.</param>
/// <param name="ReceivedUnixMs">The gateway's clock.</param>
/// <param name="QuarantineReason">Null for an accepted event.</param>
/// <param name="Payload">As received: one JSON object.</param>
public sealed record DeviceEvent(
    long Position,
    DeviceKind Kind,
    string Device,
    string Message,
    long Boot,
    long Sequence,
    long AtUnixMs,
    long ReceivedUnixMs,
    string? QuarantineReason,
    ReadOnlyMemory<byte> Payload)
{
    public bool IsQuarantined => QuarantineReason is not null;
}
