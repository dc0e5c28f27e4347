namespace Logistics.Domain.Devices;

/// <summary>What one group commit writes: events, marks, and changes of sessions in order.</summary>
/// <remarks>Reused from group to group by the one thread that owns it.</remarks>
public sealed class DeviceWriteSet
{
    public List<DeviceEventRow> Events { get; } = new(4096);

    /// <summary>Marks touched by <see cref="Events"/>, each once.</summary>
    public List<DeviceMark> Marks { get; } = new(1024);

    /// <summary>Applied in order: a later change of the same thing wins.</summary>
    public List<SessionChange> Changes { get; } = new(1024);

    public bool IsEmpty => Events.Count == 0 && Marks.Count == 0 && Changes.Count == 0;

    public void Clear()
    {
        Events.Clear();
        Marks.Clear();
        Changes.Clear();
    }
}

/// <summary>The mark of one device and boot.</summary>
public readonly record struct DeviceMark(string Device, SequenceMark Mark);

/// <summary>What happened to a durable thing.</summary>
public enum SessionChangeKind
{
    SaveSession,
    /// <summary>Removes the session and everything of it.</summary>
    RemoveSession,
    SaveSubscription,
    RemoveSubscription,
    SaveInbound,
    RemoveInbound,
    AddOutbound,
    /// <summary>Sets stage and packet identifier.</summary>
    AdvanceOutbound,
    RemoveOutbound,
    SaveRetained,
    RemoveRetained,
}

/// <summary>One change; which fields count depends on the kind.</summary>
/// <param name="Number">Packet identifier (inbound) or ordinal (outbound).</param>
/// <param name="Topic">Filter to unsubscribe or retained topic to clear.</param>
/// <param name="Row">The row to save: a <see cref="SessionRow"/>, <see cref="SubscriptionRow"/>, … or <see cref="StoredMessage"/>.</param>
public readonly record struct SessionChange(SessionChangeKind Kind, long SessionKey, long Number, OutboundStage Stage, int PacketId, byte[]? Topic, object? Row)
{
    public static SessionChange Save(SessionRow row) => new(SessionChangeKind.SaveSession, row.Key, 0, default, 0, null, row);

    public static SessionChange RemoveSession(long key) => new(SessionChangeKind.RemoveSession, key, 0, default, 0, null, null);

    public static SessionChange Save(SubscriptionRow row) => new(SessionChangeKind.SaveSubscription, row.SessionKey, 0, default, 0, row.Filter, row);

    public static SessionChange RemoveSubscription(long key, byte[] filter) => new(SessionChangeKind.RemoveSubscription, key, 0, default, 0, filter, null);

    public static SessionChange Save(InboundRow row) => new(SessionChangeKind.SaveInbound, row.SessionKey, row.PacketId, default, row.PacketId, null, row);

    public static SessionChange RemoveInbound(long key, int packetId) => new(SessionChangeKind.RemoveInbound, key, packetId, default, packetId, null, null);

    public static SessionChange Add(OutboundRow row) => new(SessionChangeKind.AddOutbound, row.SessionKey, row.Ordinal, row.Stage, row.PacketId, null, row);

    public static SessionChange AdvanceOutbound(long key, long ordinal, OutboundStage stage, int packetId) =>
        new(SessionChangeKind.AdvanceOutbound, key, ordinal, stage, packetId, null, null);

    public static SessionChange RemoveOutbound(long key, long ordinal) => new(SessionChangeKind.RemoveOutbound, key, ordinal, default, 0, null, null);

    public static SessionChange SaveRetained(StoredMessage message) => new(SessionChangeKind.SaveRetained, 0, 0, default, 0, message.Topic, message);

    public static SessionChange RemoveRetained(byte[] topic) => new(SessionChangeKind.RemoveRetained, 0, 0, default, 0, topic, null);
}
