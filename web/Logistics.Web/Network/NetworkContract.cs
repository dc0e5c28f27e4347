using Logistics.Domain;
using Logistics.Web.Hosting;

namespace Logistics.Web.Network;

// The network as web/ui/src/api/contract.ts names it. "Reason" is read on writes and kept in the audit; it is never answered.

public sealed record NetworkView(
    IReadOnlyList<PartnerView> Partners, IReadOnlyList<HubView> Hubs, IReadOnlyList<TerminalView> Terminals, IReadOnlyList<VehicleView> Vehicles,
    IReadOnlyList<CourierView> Couriers, IReadOnlyList<ShiftView> Shifts, IReadOnlyList<AccessRuleView> AccessRules);

/// <param name="Weekday">1 = Monday … 7 = Sunday.</param>
/// <param name="CloseLocal">At or before the opening it means the next day.</param>
public sealed record OpeningView(int Weekday, string OpenLocal, string CloseLocal);

public sealed record PartnerView(string? Id, string Name, string Code, PartnerKind Kind, string? Color = null, string? Contact = null, bool IsActive = true);

public sealed record HubView(
    string? Id, string Name, string? Code, LonLat At, string? Address, string? District, IReadOnlyList<OpeningView>? Opening, int? Docks, bool IsActive = true);

public sealed record SizeCountView(SizeClass Size, int Count);

public sealed record QuotaView(string PartnerId, int? PerDay);

public sealed record TerminalView(
    string? Id, string Name, string? Code, TerminalKind Kind, LonLat At, string? Address, string? District, IReadOnlyList<OpeningView>? Opening,
    IReadOnlyList<SizeCountView>? Compartments, IReadOnlyList<string>? AllowedPartnerIds, IReadOnlyList<QuotaView>? Quotas, int SetupSeconds = 240, bool IsActive = true,
    string? AccessNote = null);

public sealed record VehicleView(
    string? Id, string Plate, VehicleClass VehicleClass, string? AccessClass, EnergyKind Energy, bool IsLocalPlate, int CapacityGrams, int CapacityMl, int CapacityParcels,
    long FixedFen, long PerKmFen, long PerHourFen, long OvertimePerHourFen, string HomeHubId, int? RangeMetres, bool IsActive = true);

/// <param name="Phone">Written only; answers carry <paramref name="PhoneMasked"/>.</param>
public sealed record CourierView(
    string? Id, string? Code, string Name, string? PhoneMasked, IReadOnlyList<string>? Skills, string HomeHubId, bool IsActive = true,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Phone = null);

public sealed record BreakView(string FromLocal, string UntilLocal, int DurationSeconds);

public sealed record ShiftView(
    string? Id, DateOnly Day, string CourierId, string VehicleId, string StartLocal, string EndLocal, IReadOnlyList<BreakView>? Breaks);

public sealed record HoursView(string FromLocal, string UntilLocal);

public sealed record RotationView(int Weekday, IReadOnlyList<int> Digits);

public sealed record PermitView(string VehicleId, DateOnly From, DateOnly? Until = null, string? Number = null);

public enum PlatesView
{
    All,
    Local,
    NonLocal,
}

public sealed record AccessRuleView(
    string? Id, string Name, IReadOnlyList<IReadOnlyList<LonLat>> Polygons, DateOnly ValidFrom, DateOnly? ValidUntil, IReadOnlyList<int>? Weekdays,
    IReadOnlyList<HoursView>? Hours, IReadOnlyList<RotationView>? PlateRotation, IReadOnlyList<VehicleClass>? VehicleClasses, IReadOnlyList<string>? AccessClasses,
    IReadOnlyList<EnergyKind>? Energies, PlatesView Plates, bool AppliesOnHolidays, IReadOnlyList<PermitView>? Permits, string? Source, bool IsActive = true);
