using Logistics.Domain.Devices;

namespace Logistics.DeviceGateway.Commands;

/// <summary>Something the dispatcher must look at; handled one at a time, in order.</summary>
internal abstract record CommandSignal
{
    private CommandSignal()
    {
    }

    /// <summary>A new command is in the store.</summary>
    public sealed record Submitted(DeviceCommand Command) : CommandSignal;

    /// <summary>A device has connected: what waits for it is handed on.</summary>
    public sealed record Arrived(string Device) : CommandSignal;

    /// <summary>An attempt has ended.</summary>
    public sealed record Ended(string CommandId, CommandInput Input) : CommandSignal;

    /// <summary>A device has answered.</summary>
    public sealed record Answered(string Device, CommandAnswer Answer) : CommandSignal;

    /// <summary>The event log has been read up to here.</summary>
    public sealed record ReadTo(long Position) : CommandSignal;

    /// <param name="Done">Gets the command as it is afterwards; null for an unknown one.</param>
    public sealed record Withdrawn(string CommandId, TaskCompletionSource<DeviceCommand?> Done) : CommandSignal;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : CommandSignal;
}
