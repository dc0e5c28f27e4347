namespace Logistics.Domain;

public enum HandlingClass
{
    Normal,
    Fresh,
    Valuable,
    Fragile,
    Oversize,
    Drug,
    Prohibited,
}

public enum ParcelFlow
{
    /// <summary>From the hub to the recipient.</summary>
    Delivery,

    /// <summary>From the recipient's side (door or terminal) back to the hub: returns and recalls.</summary>
    Pickup,
}

public enum DeliveryKind
{
    Door,
    Terminal,
}

/// <summary>投递方式: one legal place and window for a parcel.</summary>
/// <param name="TerminalId">Set exactly when <paramref name="Kind"/> is <see cref="DeliveryKind.Terminal"/>.</param>
/// <param name="PreferenceFen">What choosing it costs against the recipient's favourite; at least 0.</param>
public sealed record DeliveryOption(DeliveryKind Kind, string? TerminalId, TimeWindow Window, long PreferenceFen = 0);

/// <summary>Who receives it and where. Personal data: encrypted at rest, masked on screens that do not need it.</summary>
/// <param name="Location">WGS-84.</param>
/// <param name="SourceDatum">The datum the sender gave the location in, kept for audit.</param>
public sealed record Recipient(string Name, string Phone, string Address, GeoPoint Location, Datum SourceDatum = Datum.Wgs84)
{
    public string? District { get; init; }

    public Recipient Masked() => this with { Name = Masking.Name(Name), Phone = Masking.Phone(Phone), Address = Masking.Address(Address) };
}

/// <summary>快件: the thing moved, from the order that announced it to the hand that took it.</summary>
/// <param name="Waybill">The partner's number; unique per partner.</param>
/// <param name="Day">The local day it is to be delivered on.</param>
/// <param name="ReleaseAt">When it is ready for loading at the hub.</param>
/// <param name="Promise">What the recipient was promised.</param>
public sealed record Parcel(
    string Id, string AreaId, string PartnerId, string Waybill, string HubId, DateOnly Day, DateTimeOffset ReleaseAt, TimeWindow Promise, Recipient Recipient)
{
    /// <summary>SSCC as EPC tag hex, tag URI or element string; null when untagged.</summary>
    public string? Epc { get; init; }

    public ParcelFlow Flow { get; init; } = ParcelFlow.Delivery;
    public SizeClass Size { get; init; }
    public int WeightGrams { get; init; }
    public int VolumeMillilitres { get; init; }
    public HandlingClass Handling { get; init; } = HandlingClass.Normal;
    public bool IsDamaged { get; init; }

    /// <summary>0 ordinary … 100 must go; raises the cost of leaving it out.</summary>
    public int Priority { get; init; }

    /// <summary>The recipient agreed to a terminal.</summary>
    public bool HasTerminalConsent { get; init; }

    /// <summary>The terminal the sender named as the address, which stands in for consent to that one.</summary>
    public string? DesignatedTerminalId { get; init; }

    /// <summary>The sender agreed to fresh or valuable goods waiting in a locker.</summary>
    public bool HasSenderLockerAgreement { get; init; }

    public IReadOnlyList<DeliveryOption> Options { get; init; } = [];

    public ParcelState State { get; init; } = ParcelState.Received;

    /// <summary>1 for the first version, counted up by each accepted change of the order.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Where the published plan puts it; null while unplanned.</summary>
    public ParcelAssignment? Assignment { get; init; }

    /// <summary>Why it is where it is: quarantine, return, cancellation, loss.</summary>
    public string? StateReason { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    public Parcel Masked() => this with { Recipient = Recipient.Masked() };
}

/// <param name="TerminalId">Null for the door.</param>
/// <param name="CompartmentSize">The size class reserved, which may be larger than the parcel's.</param>
public sealed record ParcelAssignment(
    string PlanId, string RouteId, string VehicleId, string? TerminalId, SizeClass? CompartmentSize, DateTimeOffset? PlannedAt);
