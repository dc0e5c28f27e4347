using System.Globalization;

namespace Logistics.Domain;

/// <summary>Reads a draft's delivery options against the legal and physical rules of terminals.</summary>
internal sealed class OptionReading(
    OrderDraft draft, NetworkSnapshot network, DateTimeOffset now, Partner? partner, Terminal? designated, TimeWindow promise, Action<string, string?, string, string> add)
{
    public List<DeliveryOption> Read()
    {
        if (draft.Options is not { Count: > 0 } drafts)
        {
            // A sender that names a terminal as the address has given the one option; otherwise it is the door.
            if (designated is null) return [new DeliveryOption(DeliveryKind.Door, null, promise)];
            CheckTerminal("designatedTerminal", designated);
            return [new DeliveryOption(DeliveryKind.Terminal, designated.Id, promise)];
        }
        if (drafts.Count > OrderRules.MaxOptions)
        {
            add("options", Number(drafts.Count), OrderRule.Range, $"options has {drafts.Count} entries; at most {OrderRules.MaxOptions} are considered.");
            return [];
        }
        var options = new List<DeliveryOption>(drafts.Count);
        for (var i = 0; i < drafts.Count; i++)
        {
            if (ReadOption($"options[{Number(i)}]", drafts[i]) is not { } option) continue;
            if (options.Any(o => o.Kind == option.Kind && o.TerminalId == option.TerminalId && o.Window == option.Window))
            {
                add($"options[{Number(i)}]", option.TerminalId, OrderRule.OptionDuplicate, $"options[{Number(i)}] repeats an earlier option: same place and window.");
                continue;
            }
            options.Add(option);
        }
        return options;
    }

    private DeliveryOption? ReadOption(string path, OptionDraft option)
    {
        var window = new TimeWindow(option.Start?.ToUniversalTime() ?? promise.Start, option.End?.ToUniversalTime() ?? promise.End);
        if (option.Start is not null || option.End is not null) CheckWindow(path, window);
        if (option.PreferenceFen is < 0 or > OrderRules.MaxPreferenceFen)
        {
            add($"{path}.preferenceFen", Number(option.PreferenceFen.Value), OrderRule.Range, $"{path}.preferenceFen {Number(option.PreferenceFen.Value)} must be 0 to {OrderRules.MaxPreferenceFen}.");
        }
        var kind = option.Kind ?? (string.IsNullOrWhiteSpace(option.Terminal) ? DeliveryKind.Door : DeliveryKind.Terminal);
        if (kind == DeliveryKind.Door)
        {
            if (!string.IsNullOrWhiteSpace(option.Terminal))
            {
                add($"{path}.terminal", option.Terminal, OrderRule.Format, $"{path} is a door option and cannot name the terminal \"{OrderReading.Clip(option.Terminal)}\".");
            }
            return new DeliveryOption(DeliveryKind.Door, null, window, option.PreferenceFen ?? 0);
        }
        if (string.IsNullOrWhiteSpace(option.Terminal))
        {
            add($"{path}.terminal", null, OrderRule.Required, $"{path}.terminal is missing; a terminal option needs its id or code.");
            return null;
        }
        var terminal = network.FindTerminal(option.Terminal.Trim());
        if (terminal is null)
        {
            add($"{path}.terminal", option.Terminal, OrderRule.TerminalUnknown, $"Terminal \"{OrderReading.Clip(option.Terminal)}\" is not in the network.");
            return null;
        }
        CheckTerminal($"{path}.terminal", terminal);
        return new DeliveryOption(DeliveryKind.Terminal, terminal.Id, window, option.PreferenceFen ?? 0);
    }

    private void CheckWindow(string path, TimeWindow window)
    {
        if (window.IsEmpty())
        {
            add($"{path}.end", OrderReading.Text(window.End), OrderRule.WindowOrder, $"{path}.end {OrderReading.Text(window.End)} must be after its start {OrderReading.Text(window.Start)}.");
        }
        else if (window.End <= now)
        {
            add($"{path}.end", OrderReading.Text(window.End), OrderRule.WindowPast, $"{path}.end {OrderReading.Text(window.End)} is in the past; it is {OrderReading.Text(now)}.");
        }
    }

    private void CheckTerminal(string field, Terminal terminal)
    {
        var name = $"{terminal.Code} {terminal.Name}";
        void Add(string rule, string message) => add(field, terminal.Code, rule, message);

        if (!terminal.IsActive) Add(OrderRule.TerminalInactive, $"Terminal {name} is not active.");
        if (partner is not null && !terminal.Allows(partner.Id)) Add(OrderRule.TerminalPartner, $"Terminal {name} does not serve partner {partner.Code}.");
        if (draft.HasTerminalConsent is not true && designated?.Id != terminal.Id)
        {
            Add(OrderRule.TerminalConsent, $"Terminal {name} needs the recipient's consent (hasTerminalConsent) or the sender's naming it (designatedTerminal).");
        }
        if (draft.Size is { } size && (terminal.Compartments.Largest() is not { } largest || size > largest))
        {
            Add(OrderRule.TerminalSize, $"Size {size} fits no compartment of terminal {name}; its largest is {terminal.Compartments.Largest()?.ToString() ?? "none"}.");
        }
        if (terminal.Kind != TerminalKind.Locker) return;
        if (draft.IsDamaged is true) Add(OrderRule.LockerDamaged, $"A damaged parcel must not go to the locker {name}.");
        if (draft.Handling == HandlingClass.Oversize) Add(OrderRule.LockerOversize, $"Oversize goods do not go to the locker {name}.");
        if (draft.Handling is HandlingClass.Fresh or HandlingClass.Valuable && draft.HasSenderLockerAgreement is not true)
        {
            Add(OrderRule.LockerAgreement, $"{draft.Handling} goods go to the locker {name} only with the sender's agreement (hasSenderLockerAgreement).");
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
