using System.Text.Json.Serialization;

namespace Logistics.Domain;

/// <summary>Something that happens while a plan is being driven; a repaired plan keeps the incidents it was made for.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VehicleBreaksDown), "vehicleBreaksDown")]
[JsonDerivedType(typeof(VehicleDelayed), "vehicleDelayed")]
[JsonDerivedType(typeof(ParcelsAdded), "parcelsAdded")]
[JsonDerivedType(typeof(ParcelsCancelled), "parcelsCancelled")]
[JsonDerivedType(typeof(TerminalClosed), "terminalClosed")]
[JsonDerivedType(typeof(TerminalFull), "terminalFull")]
[JsonDerivedType(typeof(AreaClosed), "areaClosed")]
public abstract record DayIncident;

/// <summary>The vehicle stays where it is and does nothing more.</summary>
/// <param name="IsCargoReachable">Whether other vehicles may take over what is on board.</param>
public sealed record VehicleBreaksDown(string VehicleId, bool IsCargoReachable) : DayIncident;

/// <summary>Vehicle or courier are held up: nothing begins before that instant.</summary>
public sealed record VehicleDelayed(string VehicleId, DateTimeOffset FreeAt) : DayIncident;

/// <summary>Orders that came after the plan was made.</summary>
public sealed record ParcelsAdded(IReadOnlyList<string> ParcelIds) : DayIncident;

/// <summary>Nobody wants them any more; what is on board stays there.</summary>
public sealed record ParcelsCancelled(IReadOnlyList<string> ParcelIds) : DayIncident;

/// <summary>Nothing can be handed in there in that time.</summary>
/// <param name="Until">Null = for the rest of the day.</param>
public sealed record TerminalClosed(string TerminalId, DateTimeOffset From, DateTimeOffset? Until) : DayIncident;

/// <summary>No compartment is left beside those filled by now.</summary>
public sealed record TerminalFull(string TerminalId) : DayIncident;

/// <summary>No vehicle may be inside the area in that time: a closed road, a flood, an event. Whole minutes.</summary>
public sealed record AreaClosed(GeoPolygon Area, DateTimeOffset From, DateTimeOffset Until) : DayIncident;
