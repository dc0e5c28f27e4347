using Logistics.Mqtt.Wire;

namespace Logistics.DeviceGateway.Connections;

internal enum OpKind : byte
{
    Publish,
    /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP from the client.</summary>
    Ack,
    Subscribe,
    Unsubscribe,
    Ping,
    Disconnect,
}

/// <summary>One parsed packet: numbers, and offsets into the batch's bytes.</summary>
internal struct Op
{
    public OpKind Kind;
    public PacketType AckType;
    public byte Qos;
    public bool Retain;
    public bool HasExpiry;
    /// <summary>Publish: not allowed for this client. Ack, Disconnect: as sent.</summary>
    public ReasonCode Reason;
    public ushort PacketId;
    /// <summary>Seconds; message expiry, or the session expiry of a DISCONNECT.</summary>
    public uint ExpirySeconds;
    public int TopicOffset;
    public int TopicLength;
    public int PropertiesOffset;
    public int PropertiesLength;
    public int PayloadOffset;
    public int PayloadLength;
    /// <summary>First of the events it carries, in <see cref="OpBatch.Events"/>.</summary>
    public int EventStart;
    public int EventCount;
    /// <summary>The whole body, for the rare packets that the hub reads itself.</summary>
    public int BodyOffset;
    public int BodyLength;
}
