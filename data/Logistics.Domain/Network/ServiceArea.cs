namespace Logistics.Domain;

/// <summary>The part of a city planned as one: its outline, its clock, and the numbers planning starts from.</summary>
/// <param name="ZoneId">IANA time zone, used only where a local window becomes an instant.</param>
/// <param name="PlateLocality">How local plates begin, such as 京.</param>
public sealed record ServiceArea(
    string Id, string Code, string Name, GeoPolygon Outline, string ZoneId, string PlateLocality, PlanningDefaults Defaults)
{
    public TimeZoneInfo Zone() => TimeZoneInfo.FindSystemTimeZoneById(ZoneId);

    /// <summary>The instant of a local clock reading; <paramref name="minute"/> may pass 1440 into later days.</summary>
    /// <remarks>A reading skipped by a clock change moves forward by the gap; one that occurs twice means the first.</remarks>
    public DateTimeOffset InstantOf(DateOnly day, int minute)
    {
        var zone = Zone();
        var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    public TimeWindow WindowOf(DateOnly day, ClockSpan span) => new(InstantOf(day, span.StartMinute), InstantOf(day, span.EndMinute));

    /// <summary>The local day an instant falls on.</summary>
    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone()).DateTime);
}

/// <summary>Numbers a plan of the area starts from unless the dispatcher says otherwise.</summary>
public sealed record PlanningDefaults
{
    /// <summary>Driven metres per great-circle metre.</summary>
    public double DetourFactor { get; init; } = 1.35;

    /// <summary>Free-flow speed outside any speed zone, metres per second.</summary>
    public double SpeedMetresPerSecond { get; init; } = 7.5;

    public int DoorSetupSeconds { get; init; } = 150;
    public int TerminalHandlingSeconds { get; init; } = 25;
    public int DoorHandlingSeconds { get; init; } = 60;

    /// <summary>Loading at the hub before each trip.</summary>
    public int ReloadSeconds { get; init; } = 1200;

    /// <summary>Cost of leaving a parcel of ordinary priority out of the day.</summary>
    public long UnservedFen { get; init; } = 5000;

    /// <summary>How long a locker keeps a parcel before it is overdue.</summary>
    public int StorageHours { get; init; } = 48;
}
