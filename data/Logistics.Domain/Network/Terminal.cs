namespace Logistics.Domain;

public enum TerminalKind
{
    /// <summary>智能快件箱: compartments behind doors; consent and handling rules are strictest here.</summary>
    Locker,

    /// <summary>代收点: a shop counter.</summary>
    Counter,

    /// <summary>服务站: a staffed service station.</summary>
    Station,
}

/// <summary>社区终端: a shared place where several partners' parcels wait for their recipients.</summary>
/// <param name="Code">Short unique code used in order files and on manifests.</param>
public sealed record Terminal(string Id, string AreaId, string Code, string Name, TerminalKind Kind, GeoPoint Location, string Address)
{
    public string? District { get; init; }

    /// <summary>When a courier may deposit; may be narrower than when recipients may collect.</summary>
    public WeeklyHours Hours { get; init; } = WeeklyHours.Always;

    /// <summary>Compartments (lockers) or shelf places (counters, stations) by size class.</summary>
    public SizeCounts Compartments { get; init; }

    /// <summary>Partners allowed here, each with an optional daily quota; empty means every partner, without quota.</summary>
    public IReadOnlyList<TerminalPartner> Partners { get; init; } = [];

    /// <summary>Park, walk and sign in, once per stop.</summary>
    public int ParkingSetupSeconds { get; init; } = 240;

    /// <summary>How a courier gets in: gate code, entrance, where to park. Shown only to who goes there; null when there is nothing to say.</summary>
    public string? AccessNote { get; init; }

    public bool IsActive { get; init; } = true;

    public bool Allows(string partnerId) => Partners.Count == 0 || Partners.Any(p => p.PartnerId == partnerId);

    /// <summary>Parcels a day the partner may place here; null when unlimited.</summary>
    public int? QuotaOf(string partnerId) => Partners.FirstOrDefault(p => p.PartnerId == partnerId)?.DailyQuota;
}

/// <param name="DailyQuota">Parcels a day, at least 0; null for no limit.</param>
public sealed record TerminalPartner(string PartnerId, int? DailyQuota = null);

/// <summary>格口: one box of a locker. Door, occupancy and service state are three separate facts.</summary>
/// <param name="Label">The number painted on the door.</param>
public sealed record Compartment(string Id, string TerminalId, string Label, SizeClass Size)
{
    public CompartmentUse Use { get; init; } = CompartmentUse.Free;
    public DoorState Door { get; init; } = DoorState.Closed;
    public CompartmentService Service { get; init; } = CompartmentService.InService;

    /// <summary>The parcel it is reserved for or holds.</summary>
    public string? ParcelId { get; init; }

    public DateTimeOffset? Since { get; init; }
}

public enum CompartmentUse
{
    Free,
    Reserved,
    Occupied,
    Overdue,
}

public enum DoorState
{
    Closed,
    Open,
    Unknown,
}

public enum CompartmentService
{
    InService,
    Blocked,
    Faulty,
}
