namespace Logistics.Domain;

/// <summary>共同配送中心: where partners' parcels are consolidated; the depot of its vehicles.</summary>
public sealed record Hub(string Id, string AreaId, string Code, string Name, GeoPoint Location, string Address)
{
    public string? District { get; init; }

    /// <summary>When vehicles may load and return.</summary>
    public WeeklyHours Hours { get; init; } = WeeklyHours.Always;

    /// <summary>Vehicles that can load at once; null when loading bays never limit.</summary>
    public int? DockCount { get; init; }

    public bool IsActive { get; init; } = true;
}
