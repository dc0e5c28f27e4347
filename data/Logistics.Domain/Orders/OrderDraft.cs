namespace Logistics.Domain;

/// <summary>An order as a partner sent it, before anything is believed: every field may be missing or wrong.</summary>
public sealed record OrderDraft
{
    /// <summary>Id or code.</summary>
    public string? Partner { get; init; }

    public string? Waybill { get; init; }

    /// <summary>Id or code; when absent the only hub, or the one nearest to the recipient.</summary>
    public string? Hub { get; init; }

    public string? Epc { get; init; }
    public ParcelFlow? Flow { get; init; }
    public SizeClass? Size { get; init; }
    public double? WeightGrams { get; init; }
    public double? VolumeMillilitres { get; init; }
    public HandlingClass? Handling { get; init; }
    public bool? IsDamaged { get; init; }
    public int? Priority { get; init; }
    public DateTimeOffset? ReleaseAt { get; init; }
    public DateTimeOffset? PromiseStart { get; init; }
    public DateTimeOffset? PromiseEnd { get; init; }
    public string? RecipientName { get; init; }
    public string? RecipientPhone { get; init; }
    public string? RecipientAddress { get; init; }
    public string? District { get; init; }
    public double? Lon { get; init; }
    public double? Lat { get; init; }

    /// <summary>Datum of <see cref="Lon"/> and <see cref="Lat"/>; WGS-84 when absent.</summary>
    public Datum? Datum { get; init; }

    public bool? HasTerminalConsent { get; init; }

    /// <summary>Id or code of the terminal the sender named as the address.</summary>
    public string? DesignatedTerminal { get; init; }

    public bool? HasSenderLockerAgreement { get; init; }

    /// <summary>When absent or empty: the door, in the promise window.</summary>
    public IReadOnlyList<OptionDraft>? Options { get; init; }
}

/// <param name="Terminal">Id or code.</param>
/// <param name="Start">The promise's start when absent.</param>
/// <param name="End">The promise's end when absent.</param>
public sealed record OptionDraft(
    DeliveryKind? Kind, string? Terminal = null, DateTimeOffset? Start = null, DateTimeOffset? End = null, long? PreferenceFen = null);

/// <summary>One thing wrong with one field of an order.</summary>
/// <param name="Field">camelCase path, such as weightGrams or options[1].terminal.</param>
/// <param name="Value">What was sent, as text; null when missing.</param>
/// <param name="Rule">Stable code of the rule broken, such as terminal.consent; see docs/domain.md.</param>
/// <param name="Message">One English sentence with field, value and expectation.</param>
public sealed record OrderProblem(string Field, string? Value, string Rule, string Message);
