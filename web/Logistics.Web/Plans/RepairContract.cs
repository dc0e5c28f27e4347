using System.Text.Json.Serialization;
using Logistics.Routing.Replanning;
using Logistics.Web.Hosting;

namespace Logistics.Web.Plans;

// Repairs as web/ui/src/api/repair-contract.ts names them.

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VehicleBrokenWish), "vehicleBroken")]
[JsonDerivedType(typeof(VehicleLateWish), "vehicleLate")]
[JsonDerivedType(typeof(ParcelsAddedWish), "parcelsAdded")]
[JsonDerivedType(typeof(ParcelsCancelledWish), "parcelsCancelled")]
[JsonDerivedType(typeof(TerminalClosedWish), "terminalClosed")]
[JsonDerivedType(typeof(TerminalFullWish), "terminalFull")]
[JsonDerivedType(typeof(AreaClosedWish), "areaClosed")]
public abstract record IncidentWish;

/// <param name="IsCargoReachable">Whether others may take over what is on board; default true.</param>
public sealed record VehicleBrokenWish(string? VehicleId, bool? IsCargoReachable) : IncidentWish;

/// <param name="Minutes">From the repair's instant on.</param>
public sealed record VehicleLateWish(string? VehicleId, int Minutes) : IncidentWish;

/// <summary>Names parcels by id or waybill.</summary>
public sealed record ParcelsAddedWish(IReadOnlyList<string>? Parcels) : IncidentWish;

/// <summary>Names parcels by id or waybill.</summary>
public sealed record ParcelsCancelledWish(IReadOnlyList<string>? Parcels) : IncidentWish;

/// <param name="Minutes">From the repair's instant on; null = for the rest of the day.</param>
public sealed record TerminalClosedWish(string? TerminalId, int? Minutes) : IncidentWish;

public sealed record TerminalFullWish(string? TerminalId) : IncidentWish;

/// <param name="Polygon">lon, lat; WGS-84.</param>
/// <param name="Minutes">From the repair's instant on.</param>
public sealed record AreaClosedWish(IReadOnlyList<LonLat>? Polygon, int Minutes) : IncidentWish;

/// <param name="At">What has begun by then is history; null = now.</param>
/// <param name="MaxDisturbed">Most parcels moved that could have stayed; default 20.</param>
/// <param name="Seconds">Search time; default 1.</param>
public sealed record RepairRequest(DateTimeOffset? At, IReadOnlyList<IncidentWish>? Incidents, int? MaxDisturbed, double? Seconds);

/// <param name="Plate">Null = not served.</param>
public sealed record TouchedPlace(string? Plate, string? Option);

public sealed record TouchedParcel(string ParcelId, string Waybill, TouchReason Reason, TouchedPlace From, TouchedPlace To);

/// <summary>A repair to be accepted or discarded; kept on this host until then, the latest few.</summary>
/// <param name="CostFen">Operating cost and preferences after less before; what leaving parcels out is priced at is not in it.</param>
/// <param name="UnrepairedFen">The same if nothing is done but leaving out what cannot stay.</param>
/// <param name="Served">Parcels served after less before; cancelled ones count as no longer served.</param>
/// <param name="Notes">Limits that history breaks already and that were lifted just so far.</param>
/// <param name="Routes">Routes that change, with the numbers of the plan being repaired.</param>
public sealed record RepairView(
    string Id, string PlanId, DateTimeOffset At, bool IsLegal, long CostFen, long UnrepairedFen, long DistanceMetres, long DurationSeconds, int Served, int Lost, int Disturbed, int MaxDisturbed,
    double Seconds, IReadOnlyList<TouchedParcel> Touched, IReadOnlyList<ViolationView> Notes, IReadOnlyList<ViolationView> Violations, IReadOnlyList<RouteView> Routes);

/// <summary>A repair beside the rest of the day planned anew.</summary>
/// <param name="ExtraFen">What the repair costs more than the free plan, parcels left out priced in; never negative, as the free plan starts from the repair.</param>
/// <param name="ServedMore">Parcels the free plan serves more.</param>
/// <param name="Moved">Parcels the free plan would move.</param>
/// <param name="Seconds">Search time the free plan had.</param>
public sealed record FreeRepairView(long ExtraFen, int ServedMore, int Moved, double Seconds);
