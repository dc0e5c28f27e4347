using Logistics.Domain;
using Logistics.Web.Hosting;
using Logistics.Web.Orders;
using Logistics.Web.Plans;

namespace Logistics.Web.Couriers;

// A courier's day as web/ui/src/api/my-route-contract.ts names it.

public enum MyRouteState
{
    /// <summary>There is at least one route.</summary>
    Ready,

    /// <summary>The account is not linked to a courier of the network.</summary>
    NoCourier,

    /// <summary>No plan of the day is published.</summary>
    NoPlan,

    /// <summary>The published plan has no route for this courier.</summary>
    NoRoute,
}

/// <summary>A parcel as the courier handles it: who it is for is masked, and the address is told only where they go to the door.</summary>
/// <param name="Compartment">Size class to take at a locker; null elsewhere.</param>
/// <param name="Door">The box reserved for it, as painted on the door; null when none is.</param>
/// <param name="Address">Of door deliveries only.</param>
public sealed record MyParcel(
    string ParcelId, string Waybill, ParcelStateView State, ParcelFlow Flow, SizeClass Size, SizeClass? Compartment, string? Door, HandlingClass Handling, int WeightGrams, string Recipient, string PhoneTail, string? Address);

/// <param name="Opening">Hours of the day at a terminal; null when it never closes.</param>
/// <param name="AccessNote">How to get in: gate code, entrance, where to park.</param>
public sealed record MyStop(
    int StopNo, int Trip, StopKindView Kind, string PlaceName, string? Code, TerminalKind? TerminalKind, string? Address, string? Opening, string? AccessNote, LonLat At, DateTimeOffset Arrival,
    DateTimeOffset Departure, DateTimeOffset? WindowFrom, DateTimeOffset? WindowUntil, int SlackSeconds, int LoadParcels, int TakenOver, IReadOnlyList<LonLat> Leg, IReadOnlyList<MyParcel> Parcels);

/// <summary>A rule that bars the vehicle somewhere today.</summary>
public sealed record MyBan(string Rule, string FromLocal, string UntilLocal);

public sealed record MyRoute(
    int RouteNo, string Plate, DateTimeOffset Start, DateTimeOffset End, int DistanceMetres, int Parcels, int Trips, IReadOnlyList<MyStop> Stops, IReadOnlyList<MyBan> Bans);

/// <param name="Routes">One for each shift of the courier; empty unless <paramref name="State"/> is ready.</param>
public sealed record MyRouteView(DateOnly Day, MyRouteState State, string? Courier, int? Version, DateTimeOffset? PublishedAt, IReadOnlyList<MyRoute> Routes);
