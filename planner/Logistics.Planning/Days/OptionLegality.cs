using Logistics.Domain;

namespace Logistics.Planning.Days;

/// <summary>Whether the day may use an option of a parcel: the intake rules again, on the network as it is now.</summary>
/// <remarks>A terminal may have closed, or a parcel been found damaged, since the order was accepted; a plan must not rest on yesterday's answer.</remarks>
internal static class OptionLegality
{
    /// <summary>Code and words of the first rule the option breaks; null when it is legal.</summary>
    public static (string Code, string Message)? FindProblem(Parcel parcel, DeliveryOption option, Terminal? terminal)
    {
        if (option.Kind == DeliveryKind.Door) return null;
        if (terminal is null) return (OrderRule.TerminalUnknown, $"Terminal {option.TerminalId} is not in the network.");
        var name = $"{terminal.Code} {terminal.Name}";
        if (!terminal.IsActive) return (OrderRule.TerminalInactive, $"Terminal {name} is not active.");
        if (parcel.Flow == ParcelFlow.Pickup) return null;
        if (!terminal.Allows(parcel.PartnerId)) return (OrderRule.TerminalPartner, $"Terminal {name} does not serve the partner.");
        if (!parcel.HasTerminalConsent && !string.Equals(parcel.DesignatedTerminalId, terminal.Id, StringComparison.Ordinal))
            return (OrderRule.TerminalConsent, $"The recipient did not consent to terminal {name} and the sender did not name it.");
        if (terminal.Compartments.Largest() is not { } largest || parcel.Size > largest)
            return (OrderRule.TerminalSize, $"Size {parcel.Size} fits no compartment of terminal {name}.");
        if (terminal.Kind != TerminalKind.Locker) return null;
        if (parcel.IsDamaged) return (OrderRule.LockerDamaged, $"A damaged parcel must not go to locker {name}.");
        if (parcel.Handling == HandlingClass.Oversize) return (OrderRule.LockerOversize, $"Oversize goods do not go to locker {name}.");
        return parcel.Handling is HandlingClass.Fresh or HandlingClass.Valuable && !parcel.HasSenderLockerAgreement
            ? (OrderRule.LockerAgreement, $"{parcel.Handling} goods go to locker {name} only with the sender's agreement.")
            : null;
    }
}
