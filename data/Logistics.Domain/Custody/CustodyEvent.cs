namespace Logistics.Domain;

public enum HolderKind
{
    /// <summary>The sender or partner, before the hub took it.</summary>
    Partner,
    Hub,
    Vehicle,

    /// <summary>One box of a locker.</summary>
    Compartment,

    /// <summary>A counter or station, or a locker when the box is not known.</summary>
    Terminal,
    Recipient,

    /// <summary>Nobody can say.</summary>
    Lost,
}

/// <summary>Who has a parcel in hand and answers for it.</summary>
/// <param name="Id">Id of the partner, hub, vehicle, compartment or terminal; the parcel's own id for its recipient and for lost.</param>
public readonly record struct Holder(HolderKind Kind, string Id)
{
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>One hand-over as a device or a person reported it.</summary>
/// <param name="EventId">Identity: the same id again is the same hand-over. For devices <c>device/boot/sequence</c>.</param>
/// <param name="At">When it happened, by the reporter's corrected clock.</param>
/// <param name="From">Who gave it; null when the reporter could not know, as with a scan.</param>
/// <param name="Evidence">What proves it: an event id, a signature or photo reference.</param>
public sealed record CustodyEvent(string EventId, string ParcelId, DateTimeOffset At, Holder? From, Holder To, string Actor, string? Evidence = null);

public enum CustodyConflictKind
{
    /// <summary>The giver was not the holder: a hand-over in between was not reported.</summary>
    MissingLink,

    /// <summary>Something moved it after the recipient had it.</summary>
    AfterDelivery,

    /// <summary>Two parcels claim one compartment; the later deposit has it.</summary>
    CompartmentShared,
}

/// <summary>What does not fit; a person decides, nothing is dropped.</summary>
/// <param name="EventId">The event that does not fit.</param>
public sealed record CustodyConflict(CustodyConflictKind Kind, string EventId, string Message);

/// <summary>Where a parcel is, computed from all its hand-overs.</summary>
/// <param name="Holder">Exactly one.</param>
/// <param name="Since">When the holder got it.</param>
/// <param name="LastEventId">The hand-over that made it so; null at the origin.</param>
/// <param name="WasLoaded">Whether it ever was in a vehicle.</param>
public sealed record CustodyState(string ParcelId, Holder Holder, DateTimeOffset Since, string? LastEventId, bool WasLoaded)
{
    /// <summary>The holder before this one; tells a collection from a hand-over.</summary>
    public Holder? GivenBy { get; init; }

    public IReadOnlyList<CustodyConflict> Conflicts { get; init; } = [];

    /// <summary>What the holder means for the parcel's state, where <paramref name="current"/> may already say it more finely.</summary>
    public ParcelState ToParcelState(ParcelState current) => Holder.Kind switch
    {
        HolderKind.Vehicle => current == ParcelState.Out ? ParcelState.Out : ParcelState.Loaded,
        HolderKind.Compartment or HolderKind.Terminal => current == ParcelState.Overdue ? ParcelState.Overdue : ParcelState.Deposited,
        HolderKind.Recipient => GivenBy?.Kind is HolderKind.Compartment or HolderKind.Terminal ? ParcelState.Collected : ParcelState.HandedOver,
        HolderKind.Hub => WasLoaded ? ParcelState.Returned : current,
        HolderKind.Lost => ParcelState.Missing,
        _ => current,
    };
}
