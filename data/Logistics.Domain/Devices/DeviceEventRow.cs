namespace Logistics.Domain.Devices;

/// <summary>An event on its way to disk: numbers, and views into the buffer it was received in.</summary>
/// <remarks>The buffer belongs to the gateway and is valid until the commit returns; a store copies what it keeps.</remarks>
public struct DeviceEventRow
{
    public long Position;
    public DeviceKind Kind;
    public long Boot;
    public long Sequence;
    public long AtUnixMs;
    public long ReceivedUnixMs;
    public string? QuarantineReason;
    public byte[] Buffer;
    public int DeviceOffset;
    public int DeviceLength;
    public int MessageOffset;
    public int MessageLength;
    public int PayloadOffset;
    public int PayloadLength;

    /// <summary>UTF-8.</summary>
    public readonly ReadOnlyMemory<byte> Device => Buffer.AsMemory(DeviceOffset, DeviceLength);

    /// <summary>UTF-8.</summary>
    public readonly ReadOnlyMemory<byte> Message => Buffer.AsMemory(MessageOffset, MessageLength);

    public readonly ReadOnlyMemory<byte> Payload => Buffer.AsMemory(PayloadOffset, PayloadLength);
}
