namespace Logistics.Domain;

public enum PlateScope
{
    AnyPlate,
    LocalPlates,
    NonLocalPlates,
}

/// <summary>限行规则: where and when certain vehicles may not drive. Dated data, never code: the rules change every quarter.</summary>
/// <param name="ValidFrom">First local day it holds.</param>
/// <param name="ValidUntil">First local day it no longer holds; null while open-ended.</param>
public sealed record AccessRule(
    string Id, string AreaId, string Name, IReadOnlyList<GeoPolygon> Polygons, DateOnly ValidFrom, DateOnly? ValidUntil)
{
    /// <summary>Weekdays it holds on; empty means all.</summary>
    public IReadOnlyList<DayOfWeek> Weekdays { get; init; } = [];

    /// <summary>Banned local hours of the day they start on; empty means all day.</summary>
    public IReadOnlyList<ClockSpan> Hours { get; init; } = [];

    /// <summary>Plate rotation: digits barred on each weekday. Empty means every plate on every day.</summary>
    public IReadOnlyList<PlateRotation> PlateDigits { get; init; } = [];

    /// <summary>Vehicle classes it bars; empty means all.</summary>
    public IReadOnlyList<VehicleClass> VehicleClasses { get; init; } = [];

    /// <summary><see cref="Vehicle.AccessClass"/> values it bars; empty means all.</summary>
    public IReadOnlyList<string> AccessClasses { get; init; } = [];

    /// <summary>Energy kinds it bars; empty means all. A rule that spares electric vans lists the others.</summary>
    public IReadOnlyList<EnergyKind> EnergyKinds { get; init; } = [];

    public PlateScope Plates { get; init; } = PlateScope.AnyPlate;

    /// <summary>Whether it also holds on public holidays.</summary>
    public bool AppliesOnHolidays { get; init; } = true;

    public IReadOnlyList<AccessPermit> Permits { get; init; } = [];

    /// <summary>Where the rule was published.</summary>
    public string? Source { get; init; }

    public bool IsActive { get; init; } = true;

    /// <summary>The local hours of <paramref name="day"/> in which the rule keeps the vehicle out of its polygons; empty when it does not apply.</summary>
    /// <remarks>Spans may run past midnight; a caller that plans into the next morning asks for the day before, too.</remarks>
    public IReadOnlyList<ClockSpan> BannedHours(Vehicle vehicle, DateOnly day, DayKind dayKind = DayKind.Ordinary) =>
        IsActive && HoldsOn(day, dayKind) && Concerns(vehicle) && IsPlateBarred(vehicle, day)
        && !Permits.Any(p => p.VehicleId == vehicle.Id && p.From <= day && (p.Until is null || day < p.Until))
            ? Hours.Count == 0 ? [ClockSpan.AllDay] : Hours
            : [];

    private bool HoldsOn(DateOnly day, DayKind kind) =>
        day >= ValidFrom && (ValidUntil is null || day < ValidUntil)
        && (AppliesOnHolidays || kind != DayKind.Holiday)
        && (Weekdays.Count == 0 || Weekdays.Contains(day.DayOfWeek));

    private bool Concerns(Vehicle v) =>
        (VehicleClasses.Count == 0 || VehicleClasses.Contains(v.Class))
        && (AccessClasses.Count == 0 || AccessClasses.Contains(v.AccessClass, StringComparer.OrdinalIgnoreCase))
        && (EnergyKinds.Count == 0 || EnergyKinds.Contains(v.Energy))
        && (Plates == PlateScope.AnyPlate || Plates == PlateScope.LocalPlates == v.IsLocalPlate);

    private bool IsPlateBarred(Vehicle v, DateOnly day) =>
        PlateDigits.Count == 0
        || v.RotationDigit() is { } digit && PlateDigits.Any(r => r.Weekday == day.DayOfWeek && r.Digits.Contains(digit));
}

/// <param name="Digits">Last digits barred that weekday, such as "38".</param>
public sealed record PlateRotation(DayOfWeek Weekday, string Digits);

/// <param name="Until">First local day the permit no longer holds; null while open-ended.</param>
public sealed record AccessPermit(string VehicleId, DateOnly From, DateOnly? Until = null, string? Number = null);
