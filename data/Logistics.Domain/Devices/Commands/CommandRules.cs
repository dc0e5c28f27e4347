namespace Logistics.Domain.Devices;

/// <summary>The times and counts of the command state machine.</summary>
public sealed record CommandRules
{
    /// <summary>How far a device's clock may be off. Commands tell the device to stop this much before they expire.</summary>
    public TimeSpan SkewMargin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A delivered command without an answer is sent again after this time.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long after its expiry an answer is still awaited.</summary>
    public TimeSpan AnswerGrace { get; init; } = TimeSpan.FromMinutes(1);

    public int MaximumAttempts { get; init; } = 5;

    /// <summary>The longest life of a command.</summary>
    public TimeSpan MaximumLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The longest life of an <c>open</c>: nobody stands before a locker longer.</summary>
    public TimeSpan MaximumOpenLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Exclusive: the device is told not to begin at or after this instant, and we send nothing from then on.</summary>
    public DateTimeOffset StartBefore(DeviceCommand command) => command.NotAfter - SkewMargin;

    /// <summary>The longest life of a command of that kind.</summary>
    public TimeSpan MaximumLifeOf(CommandKind kind) => kind == CommandKind.Open ? MaximumOpenLife : MaximumLife;
}
