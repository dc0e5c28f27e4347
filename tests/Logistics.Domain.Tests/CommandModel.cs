using Logistics.Domain.Devices;

namespace Logistics.Domain.Tests;

/// <summary>One moment of everything that can matter to one command: both sides, their disks, and what is between them.</summary>
/// <param name="Now">True time in ticks; also the gateway's clock.</param>
/// <param name="IsHandingOver">Saved as Sent, not yet given to the session: lost by a crash of the gateway.</param>
/// <param name="AwaitedAttempt">The attempt whose end the gateway will hear of; 0 after a crash.</param>
/// <param name="SessionAttempts">Attempts in the durable session, not acknowledged; a bit each.</param>
/// <param name="ToDevice">Copies on the wire.</param>
/// <param name="AcksToGateway">Acknowledgements on the wire, a bit for each attempt.</param>
/// <param name="Work">0 idle, 1 noted and about to act, 2 acted and about to note that.</param>
/// <param name="OwesAnswer">The device will answer what its inbox says; lost by a power cut.</param>
/// <param name="Answers">Answers in the event log, a bit for each outcome; they may come to the command any time and again.</param>
internal readonly record struct Moment(
    DeviceCommand Command,
    int Now,
    bool IsLinked,
    bool IsHandingOver,
    int AwaitedAttempt,
    int SessionAttempts,
    int ToDevice,
    int AcksToGateway,
    bool IsNoted,
    string? Outcome,
    int Work,
    bool OwesAnswer,
    int Answers,
    int Acts);

/// <summary>Every step from a moment to the next, with the product's own state machine and inbox inside.</summary>
/// <param name="maximumSkew">How far the device's clock strays, in ticks; anew at every look.</param>
/// <param name="forgetful">A broken device that loses its inbox in a power cut.</param>
internal sealed class CommandModel(CommandRules rules, int maximumSkew, bool forgetful = false)
{
    public const int Expiry = 4;
    private const string Id = "cmd_1";
    private const string Token = "t";
    private const int MaximumCopies = 2;
    private static readonly DateTimeOffset Zero = DateTimeOffset.UnixEpoch;
    private static readonly string[] Outcomes = [CommandOutcomes.Done, CommandOutcomes.Expired, CommandOutcomes.Failed];

    /// <summary>From here on only a late answer changes anything.</summary>
    public int Horizon { get; } = Expiry + (int)rules.AnswerGrace.TotalSeconds;

    /// <summary>Set by a step that breaks a promise while it happens.</summary>
    public string? Fault { get; private set; }

    public static Moment Start { get; } = new(
        new DeviceCommand(Id, "ter_1", DeviceKind.Locker, CommandKind.Open, "A01", null, Token, "usr_1", "test", Zero, At(Expiry)),
        0, false, false, 0, 0, 0, 0, false, null, 0, false, 0, 0);

    public static DateTimeOffset At(int tick) => Zero.AddSeconds(tick);

    public IEnumerable<Moment> StepsFrom(Moment m)
    {
        if (m.Now < Horizon)
        {
            yield return m with { Now = m.Now + 1 };
        }

        foreach (var next in GatewaySteps(m).Concat(LinkSteps(m)).Concat(DeviceSteps(m)))
        {
            yield return next;
        }
    }

    public Moment Apply(Moment m, CommandInput input, out bool isSend)
    {
        var step = CommandTransitions.Apply(m.Command, input, rules, At(m.Now));
        isSend = step.IsSend;
        return m with { Command = step.Next };
    }

    private IEnumerable<Moment> GatewaySteps(Moment m)
    {
        var turned = Apply(m, new CommandInput.Turn(m.IsLinked), out var isSend);
        yield return turned with { IsHandingOver = turned.IsHandingOver || isSend };
        yield return Apply(m, new CommandInput.Withdrawn(), out _);
        // The process dies: what was not on disk is gone, and the start does what it does.
        yield return Apply(Unlink(m) with { IsHandingOver = false, AwaitedAttempt = 0 }, new CommandInput.Restarted(), out _);
        if (m.IsHandingOver)
        {
            var attempt = m.Command.Attempts;
            yield return Apply(m with { IsHandingOver = false }, new CommandInput.NeverLeft(attempt), out _);
            if (m.IsLinked && IsSendable(m))
            {
                yield return Write(m with { IsHandingOver = false, AwaitedAttempt = attempt, SessionAttempts = m.SessionAttempts | (1 << attempt) });
            }
        }

        for (var i = 0; i < Outcomes.Length; i++)
        {
            if ((m.Answers & (1 << i)) != 0)
            {
                yield return Apply(m, new CommandInput.Answered(Outcomes[i], null), out _);
            }
        }
    }

    private IEnumerable<Moment> LinkSteps(Moment m)
    {
        if (m.IsLinked)
        {
            yield return Unlink(m);
            // A session that ends with its connection.
            yield return m.AwaitedAttempt == 0
                ? Unlink(m) with { SessionAttempts = 0 }
                : Apply(Unlink(m) with { SessionAttempts = 0, AwaitedAttempt = 0 }, new CommandInput.Unconfirmed(m.AwaitedAttempt), out _);
        }
        else
        {
            yield return Link(m);
        }

        for (var attempt = 1; attempt <= rules.MaximumAttempts; attempt++)
        {
            var bit = 1 << attempt;
            if ((m.AcksToGateway & bit) != 0)
            {
                var acknowledged = m with { AcksToGateway = m.AcksToGateway & ~bit, SessionAttempts = m.SessionAttempts & ~bit };
                yield return m.AwaitedAttempt != attempt ? acknowledged : Apply(acknowledged with { AwaitedAttempt = 0 }, new CommandInput.Acknowledged(attempt), out _);
            }
        }
    }

    private IEnumerable<Moment> DeviceSteps(Moment m)
    {
        if (m.ToDevice > 0)
        {
            foreach (var clock in ClocksAt(m.Now))
            {
                var received = Receive(m, clock);
                yield return received;
                yield return received with { ToDevice = m.ToDevice - 1 };
            }
        }

        if (m.Work == 1)
        {
            foreach (var clock in ClocksAt(m.Now))
            {
                yield return CommandInbox.IsInTime(rules.StartBefore(m.Command), clock) ? Act(m) : Note(m, CommandOutcomes.Expired);
            }
        }

        if (m.Work == 2)
        {
            yield return Note(m, CommandOutcomes.Done);
        }

        if (m.OwesAnswer && m.Outcome is not null)
        {
            yield return m with { OwesAnswer = false, Answers = m.Answers | (1 << Array.IndexOf(Outcomes, m.Outcome)) };
        }

        var dark = Unlink(m) with { Work = 0, OwesAnswer = false };
        if (forgetful)
        {
            yield return dark with { IsNoted = false, Outcome = null };
            yield break;
        }

        var inbox = InboxOf(dark).Restart(out var interrupted);
        yield return dark with { Outcome = inbox.FindOutcome(Id), OwesAnswer = interrupted.Count > 0 };
    }

    private Moment Receive(Moment m, DateTimeOffset clock)
    {
        var inbox = InboxOf(m).Receive(Id, Token, rules.StartBefore(m.Command), clock, out var verdict);
        return m with
        {
            IsNoted = inbox.HasSeen(Id),
            Outcome = inbox.FindOutcome(Id),
            Work = verdict.IsAct ? 1 : m.Work,
            OwesAnswer = m.OwesAnswer || verdict.Outcome is not null,
            // The acknowledgement says which attempt it was: the packet carries it.
            AcksToGateway = m.AcksToGateway | m.SessionAttempts,
        };
    }

    private Moment Act(Moment m)
    {
        if (m.Now >= Expiry)
        {
            Fault = "acted after the command had expired";
        }

        return m with { Work = 2, Acts = m.Acts + 1 };
    }

    private static Moment Note(Moment m, string outcome)
    {
        var inbox = InboxOf(m).Finish(Id, outcome);
        return m with { Work = 0, Outcome = inbox.FindOutcome(Id), OwesAnswer = true };
    }

    private static CommandInbox InboxOf(Moment m)
    {
        if (!m.IsNoted)
        {
            return CommandInbox.Empty;
        }

        var noted = CommandInbox.Empty.Receive(Id, Token, DateTimeOffset.MaxValue, Zero, out _);
        return m.Outcome is null ? noted : noted.Finish(Id, m.Outcome);
    }

    private IEnumerable<DateTimeOffset> ClocksAt(int now)
    {
        for (var skew = -maximumSkew; skew <= maximumSkew; skew++)
        {
            yield return At(now + skew);
        }
    }

    private bool IsSendable(Moment m) => At(m.Now) < rules.StartBefore(m.Command);

    private Moment Write(Moment m)
    {
        if (!IsSendable(m))
        {
            Fault = "sent after the command had expired";
        }

        return m with { ToDevice = Math.Min(MaximumCopies, m.ToDevice + 1) };
    }

    private static Moment Unlink(Moment m) => m with { IsLinked = false, ToDevice = 0, AcksToGateway = 0 };

    // The session sends again what was not acknowledged, or deletes it when its time is up.
    private Moment Link(Moment m)
    {
        var linked = m with { IsLinked = true };
        if (m.SessionAttempts == 0)
        {
            return linked;
        }

        if (IsSendable(m))
        {
            return Write(linked);
        }

        var deleted = linked with { SessionAttempts = 0, AwaitedAttempt = 0 };
        return m.AwaitedAttempt == 0 ? deleted : Apply(deleted, new CommandInput.Unconfirmed(m.AwaitedAttempt), out _);
    }
}
