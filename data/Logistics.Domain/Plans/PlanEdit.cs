using System.Text.Json.Serialization;

namespace Logistics.Domain;

/// <summary>A dispatcher's wish about a plan; re-optimisation works around all of them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LockRoute), "lockRoute")]
[JsonDerivedType(typeof(LockPrefix), "lockPrefix")]
[JsonDerivedType(typeof(LockParcel), "lockParcel")]
[JsonDerivedType(typeof(ForbidParcelVehicle), "forbidParcelVehicle")]
[JsonDerivedType(typeof(ChooseOption), "chooseOption")]
[JsonDerivedType(typeof(MoveParcels), "moveParcels")]
[JsonDerivedType(typeof(MoveStop), "moveStop")]
[JsonDerivedType(typeof(ReverseTrip), "reverseTrip")]
[JsonDerivedType(typeof(LeaveOut), "leaveOut")]
[JsonDerivedType(typeof(AddVehicle), "addVehicle")]
[JsonDerivedType(typeof(RemoveVehicle), "removeVehicle")]
public abstract record PlanEdit
{
    /// <summary>Why, in the dispatcher's words.</summary>
    public string? Note { get; init; }
}

/// <summary>Keeps a vehicle's route exactly as it is.</summary>
public sealed record LockRoute(string VehicleId) : PlanEdit;

/// <summary>Keeps the first stops of a vehicle's route.</summary>
/// <param name="Stops">Stops counted over the route's trips.</param>
public sealed record LockPrefix(string VehicleId, int Stops) : PlanEdit;

/// <summary>The parcel must go with this vehicle.</summary>
public sealed record LockParcel(string ParcelId, string VehicleId) : PlanEdit;

public sealed record ForbidParcelVehicle(string ParcelId, string VehicleId) : PlanEdit;

/// <summary>The parcel must take this option.</summary>
public sealed record ChooseOption(string ParcelId, int OptionIndex) : PlanEdit;

/// <summary>Moves parcels to a place in a route.</summary>
/// <param name="TripNumber">1-based; one past the last opens a new trip.</param>
/// <param name="Position">0-based position among the trip's stops; parcels of a stop already there join it.</param>
public sealed record MoveParcels(IReadOnlyList<string> ParcelIds, string VehicleId, int TripNumber, int Position) : PlanEdit;

/// <summary>Moves a whole stop.</summary>
public sealed record MoveStop(string FromVehicleId, int FromTripNumber, int FromSequence, string ToVehicleId, int ToTripNumber, int ToPosition) : PlanEdit;

public sealed record ReverseTrip(string VehicleId, int TripNumber) : PlanEdit;

/// <summary>Takes parcels out of the day.</summary>
public sealed record LeaveOut(IReadOnlyList<string> ParcelIds) : PlanEdit;

public sealed record AddVehicle(string VehicleId) : PlanEdit;

public sealed record RemoveVehicle(string VehicleId) : PlanEdit;
