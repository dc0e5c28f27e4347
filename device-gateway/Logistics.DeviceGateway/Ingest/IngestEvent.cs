using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Ingest;

/// <summary>One event found in a PUBLISH, as offsets into the batch's bytes.</summary>
public struct IngestEvent
{
    public DeviceKind Kind;
    public int DeviceOffset;
    public int DeviceLength;
    public int MessageOffset;
    public int MessageLength;
    public int PayloadOffset;
    public int PayloadLength;
    /// <summary>−1 when it has no identity; then it is never taken for a duplicate.</summary>
    public long Boot;
    public long Sequence;
    public long AtUnixMs;
    public string? QuarantineReason;

    public readonly bool HasIdentity => Boot >= 0;
}
