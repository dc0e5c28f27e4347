using System.Text.Json;

namespace Logistics.Domain.Devices;

/// <summary>A command as somebody asks for it, before it has been judged.</summary>
/// <param name="Arguments">Further fields; null for none.</param>
/// <param name="LifeSeconds">How long it is good; null for the default of its kind.</param>
public sealed record CommandDraft(CommandKind Kind, string? Compartment, JsonElement? Arguments, string? Reason, double? LifeSeconds);

/// <summary>One thing wrong with a draft.</summary>
public sealed record DraftFault(string Field, string? Value, string Rule, string Message);

/// <summary>Judges drafts: everything wrong is reported at once.</summary>
public static class CommandDrafts
{
    private const int MaximumReason = 500;
    private const int MaximumArguments = 32 * 1024;
    private static readonly string[] Reserved = ["command", "notAfter", "token", "actor", "reason", "compartment", "now"];

    /// <summary>True for a command about one compartment.</summary>
    public static bool NeedsCompartment(CommandKind kind) =>
        kind is CommandKind.Open or CommandKind.Block or CommandKind.Unblock or CommandKind.Reserve or CommandKind.Release;

    /// <summary>True for a command that only a locker understands.</summary>
    public static bool IsForLockers(CommandKind kind) => NeedsCompartment(kind) || kind is CommandKind.Codes or CommandKind.Snapshot;

    /// <summary>How long a command of that kind is good unless somebody says otherwise.</summary>
    public static TimeSpan DefaultLifeOf(CommandKind kind) => kind switch
    {
        CommandKind.Open => TimeSpan.FromMinutes(2),
        CommandKind.Time => TimeSpan.FromSeconds(30),
        CommandKind.Snapshot => TimeSpan.FromMinutes(10),
        _ => TimeSpan.FromHours(24),
    };

    /// <param name="compartments">Labels the locker has; empty when they are not known.</param>
    public static IReadOnlyList<DraftFault> Check(CommandDraft draft, DeviceKind device, IReadOnlyCollection<string> compartments, CommandRules rules)
    {
        var faults = new List<DraftFault>();
        if (string.IsNullOrWhiteSpace(draft.Reason) || draft.Reason.Length > MaximumReason)
        {
            faults.Add(new DraftFault("reason", draft.Reason, "required", $"A reason is needed, at most {MaximumReason} characters."));
        }

        if (IsForLockers(draft.Kind) && device != DeviceKind.Locker)
        {
            faults.Add(new DraftFault("kind", draft.Kind.ToString(), "kind.device", $"{draft.Kind} is for lockers; this device is a {device}."));
        }

        CheckCompartment(draft, compartments, faults);
        CheckLife(draft, rules, faults);
        CheckArguments(draft, faults);
        return faults;
    }

    private static void CheckCompartment(CommandDraft draft, IReadOnlyCollection<string> compartments, List<DraftFault> faults)
    {
        if (!NeedsCompartment(draft.Kind))
        {
            if (draft.Compartment is not null)
            {
                faults.Add(new DraftFault("compartment", draft.Compartment, "compartment.none", $"{draft.Kind} is about the whole device; leave the compartment out."));
            }

            return;
        }

        if (string.IsNullOrEmpty(draft.Compartment))
        {
            faults.Add(new DraftFault("compartment", draft.Compartment, "required", $"{draft.Kind} needs a compartment."));
        }
        else if (compartments.Count > 0 && !compartments.Contains(draft.Compartment))
        {
            faults.Add(new DraftFault("compartment", draft.Compartment, "compartment.unknown", $"This locker has no compartment \"{draft.Compartment}\"."));
        }
    }

    private static void CheckLife(CommandDraft draft, CommandRules rules, List<DraftFault> faults)
    {
        var longest = rules.MaximumLifeOf(draft.Kind);
        var shortest = rules.SkewMargin + rules.SkewMargin;
        if (draft.LifeSeconds is { } life && (life < shortest.TotalSeconds || life > longest.TotalSeconds))
        {
            var text = life.ToString(System.Globalization.CultureInfo.InvariantCulture);
            faults.Add(new DraftFault("lifeSeconds", text, "range", $"lifeSeconds is {text}; expected {shortest.TotalSeconds} to {longest.TotalSeconds} for {draft.Kind}."));
        }
    }

    private static void CheckArguments(CommandDraft draft, List<DraftFault> faults)
    {
        if (draft.Arguments is not { } arguments)
        {
            if (draft.Kind is CommandKind.Config or CommandKind.Codes or CommandKind.Reserve)
            {
                faults.Add(new DraftFault("arguments", null, "required", $"{draft.Kind} needs arguments."));
            }

            return;
        }

        if (arguments.ValueKind != JsonValueKind.Object || arguments.GetRawText().Length > MaximumArguments)
        {
            faults.Add(new DraftFault("arguments", null, "object", $"arguments must be a JSON object of at most {MaximumArguments} characters."));
            return;
        }

        foreach (var argument in arguments.EnumerateObject().Where(argument => Reserved.Contains(argument.Name, StringComparer.Ordinal)))
        {
            faults.Add(new DraftFault($"arguments.{argument.Name}", null, "reserved", $"\"{argument.Name}\" is set by the gateway and cannot be an argument."));
        }

        RequireMember(draft.Kind, CommandKind.Reserve, arguments, "parcel", JsonValueKind.String, faults);
        RequireMember(draft.Kind, CommandKind.Codes, arguments, "codes", JsonValueKind.Array, faults);
    }

    private static void RequireMember(CommandKind kind, CommandKind meant, JsonElement arguments, string name, JsonValueKind type, List<DraftFault> faults)
    {
        if (kind == meant && (!arguments.TryGetProperty(name, out var value) || value.ValueKind != type))
        {
            faults.Add(new DraftFault($"arguments.{name}", null, "required", $"{kind} needs the argument \"{name}\" ({(type == JsonValueKind.Array ? "a list" : "text")})."));
        }
    }
}
