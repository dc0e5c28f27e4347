namespace Logistics.Domain.Devices;

/// <summary>Where the gateway keeps what it acknowledges.</summary>
/// <remarks>
/// <see cref="Load"/>, <see cref="Commit"/>, <see cref="ListMarks"/> and <see cref="Maintain"/> are called by one thread, the
/// gateway's committer; what reads events, by any.
/// </remarks>
public interface IDeviceStore : IDisposable
{
    /// <summary>Reads what the gateway keeps in memory: sessions, queues, retained messages, the log's end.</summary>
    /// <exception cref="DeviceStoreException">The store is not usable.</exception>
    DeviceStoreState Load();

    /// <summary>Writes everything in one transaction and returns when it is on disk.</summary>
    /// <exception cref="DeviceStoreException">Nothing may be acknowledged; nothing is known about what was written.</exception>
    void Commit(DeviceWriteSet set);

    /// <summary>The marks of a device, newest boot last.</summary>
    IReadOnlyList<SequenceMark> ListMarks(string device);

    /// <summary>Housekeeping between commits, bounded to a few milliseconds; called after every group.</summary>
    void Maintain();

    /// <summary>Reads the log in order.</summary>
    /// <param name="afterPosition">Exclusive; 0 for the beginning.</param>
    /// <param name="limit">At most this many.</param>
    IReadOnlyList<DeviceEvent> ReadEvents(long afterPosition, int limit);

    /// <summary>Reads single events; those that are not there are left out. Any thread.</summary>
    IReadOnlyList<DeviceEvent> ReadEvents(IReadOnlyList<long> positions);

    /// <summary>Reads quarantined events, newest first. Any thread.</summary>
    /// <param name="beforePosition">Exclusive; <see cref="long.MaxValue"/> for the newest.</param>
    /// <param name="device">Null for every device.</param>
    IReadOnlyList<DeviceEvent> ReadQuarantine(long beforePosition, int limit, string? device);
}

/// <summary>What the gateway starts from.</summary>
/// <param name="LastPosition">Position of the last event; 0 for an empty log.</param>
/// <param name="LastSessionKey">Highest key ever used.</param>
public sealed record DeviceStoreState(
    long LastPosition,
    long LastSessionKey,
    IReadOnlyList<SessionRow> Sessions,
    IReadOnlyList<SubscriptionRow> Subscriptions,
    IReadOnlyList<InboundRow> Inbound,
    IReadOnlyList<OutboundRow> Outbound,
    IReadOnlyList<StoredMessage> Retained);

/// <summary>The store failed. No acknowledgement may follow.</summary>
public sealed class DeviceStoreException : Exception
{
    public DeviceStoreException()
    {
    }

    public DeviceStoreException(string message)
        : base(message)
    {
    }

    public DeviceStoreException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public DeviceStoreException(string message, bool isPermanent, Exception? inner = null)
        : base(message, inner)
    {
        IsPermanent = isPermanent;
    }

    /// <summary>True when trying again in this process cannot be trusted: a failed fsync may have dropped pages that a later one reports clean.</summary>
    public bool IsPermanent { get; }
}
