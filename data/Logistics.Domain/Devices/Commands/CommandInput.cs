namespace Logistics.Domain.Devices;

/// <summary>What can happen to a command.</summary>
public abstract record CommandInput
{
    private CommandInput()
    {
    }

    /// <summary>The device is connected, or time has passed: whatever is due is done.</summary>
    /// <param name="IsConnected">Only then is it handed on.</param>
    public sealed record Turn(bool IsConnected) : CommandInput;

    /// <summary>The device's client acknowledged an attempt.</summary>
    public sealed record Acknowledged(int Attempt) : CommandInput;

    /// <summary>An attempt provably never left: no session, a full queue, or deleted before it was sent.</summary>
    public sealed record NeverLeft(int Attempt) : CommandInput;

    /// <summary>An attempt ended and nobody knows whether it arrived.</summary>
    public sealed record Unconfirmed(int Attempt) : CommandInput;

    /// <summary>The device's answer.</summary>
    /// <param name="Outcome">One of <see cref="CommandOutcomes"/>.</param>
    public sealed record Answered(string Outcome, string? Detail) : CommandInput;

    /// <summary>Somebody withdraws it.</summary>
    public sealed record Withdrawn : CommandInput;

    /// <summary>The gateway has started anew and does not know what became of the attempt under way.</summary>
    public sealed record Restarted : CommandInput;
}

/// <summary>The result of a transition.</summary>
/// <param name="Next">To be saved before anything is sent.</param>
/// <param name="IsSend">True when the command is to be handed to the device's session now.</param>
public readonly record struct CommandStep(DeviceCommand Next, bool IsSend);
