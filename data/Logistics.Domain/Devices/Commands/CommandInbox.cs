using System.Collections.Immutable;

namespace Logistics.Domain.Devices;

/// <summary>The device's side of the bargain: which commands it has seen, and what it answered. Immutable.</summary>
/// <remarks>
/// A device maker keeps these rules (docs/commands.md); the simulator uses this very type. The inbox survives a power cut, and each
/// change is on the device's disk before the next step: note, then act, then answer.
/// </remarks>
public sealed class CommandInbox
{
    private readonly ImmutableSortedDictionary<string, Noted> _noted;

    private CommandInbox(ImmutableSortedDictionary<string, Noted> noted) => _noted = noted;

    public static CommandInbox Empty { get; } = new(ImmutableSortedDictionary.Create<string, Noted>(StringComparer.Ordinal));

    /// <summary>Commands seen.</summary>
    public int Count => _noted.Count;

    /// <summary>The outcome noted for a command; null while it is at work, and for one never seen.</summary>
    public string? FindOutcome(string id) => _noted.TryGetValue(id, out var noted) ? noted.Outcome : null;

    public bool HasSeen(string id) => _noted.ContainsKey(id);

    /// <summary>Asked on receipt, and again at the last moment before acting: noting takes time too.</summary>
    public static bool IsInTime(DateTimeOffset startBefore, DateTimeOffset deviceNow) => deviceNow < startBefore;

    /// <summary>Takes in a command.</summary>
    /// <param name="startBefore">Exclusive, as the message says.</param>
    /// <param name="deviceNow">By the device's own clock.</param>
    /// <param name="verdict">What to do after the returned inbox is on disk.</param>
    public CommandInbox Receive(string id, string token, DateTimeOffset startBefore, DateTimeOffset deviceNow, out CommandVerdict verdict)
    {
        if (_noted.TryGetValue(id, out var known))
        {
            // Seen before: never act again. Without an outcome the first one is still at work, and will answer.
            verdict = new CommandVerdict(IsAct: false, known.Outcome, known.Detail);
            return this;
        }

        if (!IsInTime(startBefore, deviceNow))
        {
            verdict = new CommandVerdict(IsAct: false, CommandOutcomes.Expired, null);
            return With(id, new Noted(token, CommandOutcomes.Expired, null));
        }

        if (_noted.Values.Any(noted => string.Equals(noted.Token, token, StringComparison.Ordinal)))
        {
            verdict = new CommandVerdict(IsAct: false, CommandOutcomes.Refused, "the token was used before");
            return With(id, new Noted(token, CommandOutcomes.Refused, verdict.Detail));
        }

        verdict = new CommandVerdict(IsAct: true, null, null);
        return With(id, new Noted(token, null, null));
    }

    /// <summary>Notes what acting led to; on disk before it is answered.</summary>
    public CommandInbox Finish(string id, string outcome, string? detail = null) => With(id, _noted[id] with { Outcome = outcome, Detail = detail });

    /// <summary>After a power cut: what was noted and not finished has failed for all anybody knows; it is not tried again.</summary>
    public CommandInbox Restart(out IReadOnlyList<string> interrupted)
    {
        interrupted = [.. _noted.Where(pair => pair.Value.Outcome is null).Select(pair => pair.Key)];
        return interrupted.Aggregate(this, (inbox, id) => inbox.Finish(id, CommandOutcomes.Failed, "power was lost"));
    }

    private CommandInbox With(string id, Noted noted) => new(_noted.SetItem(id, noted));

    private sealed record Noted(string Token, string? Outcome, string? Detail);
}

/// <summary>What a device does with a command it received.</summary>
/// <param name="IsAct">Act now, once.</param>
/// <param name="Outcome">The answer to send instead; null while acting.</param>
public readonly record struct CommandVerdict(bool IsAct, string? Outcome, string? Detail);
