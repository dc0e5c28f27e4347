namespace Logistics.Domain.Devices;

/// <summary>An order to one device: what is asked, by whom, until when, and how far it has come.</summary>
/// <remarks>Changed only by <see cref="CommandTransitions"/>; docs/commands.md draws the states.</remarks>
/// <param name="Id"><c>cmd_…</c>; the device deduplicates on it.</param>
/// <param name="Compartment">Null for commands to the whole device.</param>
/// <param name="Arguments">Further fields of the message as a JSON object; null for none.</param>
/// <param name="Token">Known to the gateway and the device only; good for one command.</param>
/// <param name="Reason">Why the actor wants it; never empty.</param>
/// <param name="NotAfter">Past this instant it has no effect, by true time.</param>
public sealed record DeviceCommand(
    string Id,
    string Device,
    DeviceKind DeviceKind,
    CommandKind Kind,
    string? Compartment,
    string? Arguments,
    string Token,
    string Actor,
    string Reason,
    DateTimeOffset CreatedAt,
    DateTimeOffset NotAfter)
{
    public CommandState State { get; init; } = CommandState.Pending;

    /// <summary>Times it was handed to the device's session.</summary>
    public int Attempts { get; init; }

    /// <summary>True once an attempt cannot be proved never to have reached the device.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>When the last attempt was made.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the device's client acknowledged the last attempt.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What the device answered; see <see cref="CommandOutcomes"/>.</summary>
    public string? Outcome { get; init; }

    public string? Detail { get; init; }

    /// <summary>True when only an answer that comes late can still change it.</summary>
    public bool IsFinished => State is not (CommandState.Pending or CommandState.Sent or CommandState.Delivered);
}

public enum CommandKind
{
    /// <summary>Opens one compartment's door.</summary>
    Open,
    /// <summary>Takes a compartment out of service.</summary>
    Block,
    Unblock,
    /// <summary>Keeps a compartment for a parcel.</summary>
    Reserve,
    Release,
    /// <summary>Replaces the collection codes a locker accepts while it is offline.</summary>
    Codes,
    Config,
    /// <summary>Asks for the state of every compartment.</summary>
    Snapshot,
    /// <summary>Sets the device's clock.</summary>
    Time,
}

/// <summary>How far a command has come.</summary>
public enum CommandState
{
    /// <summary>Waits for its device; nobody else has it.</summary>
    Pending,
    /// <summary>Handed to the device's session: it may arrive at any moment.</summary>
    Sent,
    /// <summary>The device's client has it; the answer is awaited.</summary>
    Delivered,
    /// <summary>The device did it, once.</summary>
    Succeeded,
    /// <summary>The device answered that it could not, or does not know whether it did.</summary>
    Failed,
    /// <summary>Its time ran out and the device did not do it.</summary>
    Expired,
    /// <summary>Withdrawn before it was handed on.</summary>
    Cancelled,
    /// <summary>It may have arrived, and no answer came in time.</summary>
    Unanswered,
}

/// <summary>The outcomes a device may answer.</summary>
public static class CommandOutcomes
{
    public const string Done = "done";

    /// <summary>Tried, and it did not work, or power was lost meanwhile; the door's own events tell the truth.</summary>
    public const string Failed = "failed";

    /// <summary>Not tried: unknown compartment, used token, not possible now.</summary>
    public const string Refused = "refused";

    /// <summary>Not tried: it came too late.</summary>
    public const string Expired = "expired";

    /// <summary>Its identifier was seen before and nothing was done again: no news, the first answer counts.</summary>
    public const string Duplicate = "duplicate";
}
