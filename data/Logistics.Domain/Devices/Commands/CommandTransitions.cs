namespace Logistics.Domain.Devices;

/// <summary>The command state machine: pure, total, and explored exhaustively by a test.</summary>
/// <remarks>
/// What holds, whatever is lost, repeated, delayed or restarted, for a device that keeps <see cref="CommandInbox"/>'s rules and whose
/// clock is right within <see cref="CommandRules.SkewMargin"/>: the device acts at most once and never at or after
/// <see cref="DeviceCommand.NotAfter"/>; Succeeded means it acted; Expired and Cancelled mean it did not and will not; every command
/// finishes. Repeating is safe because only the identifier repeats, never the effect.
/// </remarks>
public static class CommandTransitions
{
    public static CommandStep Apply(DeviceCommand command, CommandInput input, CommandRules rules, DateTimeOffset now) => input switch
    {
        CommandInput.Answered { Outcome: CommandOutcomes.Duplicate } => Stay(command),
        CommandInput.Answered answer => Stay(Answer(command, answer, now)),
        _ when command.IsFinished => Stay(command),
        CommandInput.Turn turn => Turn(command, turn.IsConnected, rules, now),
        CommandInput.Restarted when command.State == CommandState.Sent => Stay(BackToPending(command, mayHaveArrived: true)),
        CommandInput.Acknowledged a when IsCurrent(command, a.Attempt) => Stay(command with { State = CommandState.Delivered, DeliveredAt = now, MayHaveArrived = true }),
        // An attempt that never left does not count.
        CommandInput.NeverLeft n when IsCurrent(command, n.Attempt) => Stay(BackToPending(command, command.MayHaveArrived) with { Attempts = n.Attempt - 1 }),
        CommandInput.Unconfirmed u when IsCurrent(command, u.Attempt) => Stay(BackToPending(command, mayHaveArrived: true)),
        CommandInput.Withdrawn when command is { State: CommandState.Pending, MayHaveArrived: false } => Stay(Finish(command, CommandState.Cancelled, now)),
        _ => Stay(command),
    };

    private static CommandStep Stay(DeviceCommand command) => new(command, IsSend: false);

    // News of an earlier attempt says nothing about the one under way.
    private static bool IsCurrent(DeviceCommand command, int attempt) => command.State == CommandState.Sent && command.Attempts == attempt;

    private static DeviceCommand BackToPending(DeviceCommand command, bool mayHaveArrived) =>
        command with { State = CommandState.Pending, MayHaveArrived = mayHaveArrived };

    private static DeviceCommand Finish(DeviceCommand command, CommandState state, DateTimeOffset now) => command with { State = state, FinishedAt = now };

    private static CommandStep Turn(DeviceCommand command, bool isConnected, CommandRules rules, DateTimeOffset now)
    {
        // While an attempt is under way it may still arrive, so only the grace ends it.
        var isUnderWay = command.State == CommandState.Sent;
        if (command.NotAfter <= now && !isUnderWay && !command.MayHaveArrived)
        {
            return Stay(Finish(command, CommandState.Expired, now));
        }

        if (command.NotAfter + rules.AnswerGrace <= now)
        {
            return Stay(Finish(command, CommandState.Unanswered, now));
        }

        var isDue = command.State == CommandState.Pending || (command.State == CommandState.Delivered && command.DeliveredAt + rules.AnswerTimeout <= now);
        if (!isDue || !isConnected || rules.StartBefore(command) <= now || command.Attempts >= rules.MaximumAttempts)
        {
            return Stay(command);
        }

        return new CommandStep(command with { State = CommandState.Sent, Attempts = command.Attempts + 1, SentAt = now, DeliveredAt = null }, IsSend: true);
    }

    // The first answer is the truth: a device answers a repeated command as it did the first time.
    private static DeviceCommand Answer(DeviceCommand command, CommandInput.Answered answer, DateTimeOffset now)
    {
        var isSettled = command.IsFinished && command.State != CommandState.Unanswered;
        // Nothing was ever handed on: an answer to it is not the device's.
        if (isSettled || command.Attempts == 0)
        {
            return command;
        }

        var state = answer.Outcome switch
        {
            CommandOutcomes.Done => CommandState.Succeeded,
            CommandOutcomes.Expired => CommandState.Expired,
            _ => CommandState.Failed,
        };
        return Finish(command with { MayHaveArrived = true, Outcome = answer.Outcome, Detail = answer.Detail }, state, now);
    }
}
