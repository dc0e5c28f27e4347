namespace Logistics.Domain.Devices;

/// <summary>Where commands live. Thread-safe; every call is durable when it completes.</summary>
public interface ICommandStore
{
    /// <summary>Commands that are not finished, oldest first.</summary>
    Task<IReadOnlyList<DeviceCommand>> ListUnfinishedAsync(CancellationToken cancellationToken);

    Task<DeviceCommand?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Saves the new state of a known command.</summary>
    Task SaveAsync(DeviceCommand command, CancellationToken cancellationToken);

    /// <summary>Position in the event log up to which answers have been taken in; 0 at first.</summary>
    Task<long> ReadCursorAsync(CancellationToken cancellationToken);

    Task SaveCursorAsync(long position, CancellationToken cancellationToken);
}
