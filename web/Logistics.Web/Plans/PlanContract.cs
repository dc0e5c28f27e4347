using System.Text.Json.Serialization;
using Logistics.Domain;
using Logistics.Planning.Days;
using Logistics.Web.Board;
using Logistics.Web.Hosting;
using Logistics.Web.Orders;

namespace Logistics.Web.Plans;

// Plans as web/ui/src/api/contract.ts names them.

public enum PlanStateView
{
    Draft,
    Published,
    Superseded,
}

/// <param name="CostFen">The whole objective; <paramref name="UnservedFen"/> of it prices what is left out and is paid to nobody.</param>
/// <param name="IsChecked">The plan passed PlanChecker without a violation.</param>
public sealed record PlanSummary(
    string Id, DateOnly Day, int Version, PlanStateView State, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? PublishedAt, string Note, long CostFen, long DistanceMetres,
    long DurationSeconds, int Vehicles, int Stops, int Assigned, int Unassigned, bool IsChecked, string? BasedOn, long UnservedFen);

public enum CostPart
{
    Unserved,
    Fixed,
    Distance,
    Duration,
    Overtime,
    Lateness,
    Preference,
    Balance,
    Disturbance,
}

public sealed record CostView(CostPart Part, long Fen);

public sealed record LoadView(int Grams, int Ml, int Parcels, double GramsPct, double MlPct, double ParcelsPct);

public enum StopKindView
{
    Start,
    Terminal,
    Door,
    Reload,
    Break,
    Handover,
    End,
}

/// <param name="StopNo">Index in the route's list: 0 is the start.</param>
/// <param name="SlackSeconds">How much later service could start without breaking a window downstream.</param>
/// <param name="LoadParcels">Parcels on board after the stop.</param>
/// <param name="Leg">Line of the leg that ends here; straight between known points.</param>
/// <param name="TakenOver">Parcels fetched here from a vehicle that broke down.</param>
public sealed record StopView(
    int StopNo, int Trip, StopKindView Kind, string PlaceName, string? TerminalId, LonLat At, DateTimeOffset Arrival, DateTimeOffset Start, DateTimeOffset Departure,
    DateTimeOffset? WindowFrom, DateTimeOffset? WindowUntil, int SlackSeconds, int LoadParcels, IReadOnlyList<string> ParcelIds, IReadOnlyList<LonLat> Leg, int TakenOver = 0);

public sealed record RouteView(
    int RouteNo, string VehicleId, string Plate, string? CourierId, string? Courier, DateTimeOffset ShiftStart, DateTimeOffset ShiftEnd, DateTimeOffset Start, DateTimeOffset End,
    int DistanceMetres, int DriveSeconds, int WaitSeconds, int ServiceSeconds, long CostFen, int Parcels, IReadOnlyList<StopView> Stops, int Trips, LoadView PeakLoad);

public sealed record UnassignedDetail(string Option, string Rule, string Text);

public sealed record UnassignedView(string ParcelId, string Waybill, string PartnerId, LonLat At, string Reason, IReadOnlyList<UnassignedDetail> Details, string? Remedy);

/// <param name="IsRepair">Made by repairing a running plan: what is history in it cannot be edited, only repaired again.</param>
public sealed record PlanView(
    PlanSummary Summary, IReadOnlyList<RouteView> Routes, IReadOnlyList<UnassignedView> Unassigned, IReadOnlyList<CostView> Cost, IReadOnlyList<TerminalLoad> Terminals,
    IReadOnlyList<PlanEditView> Edits, IReadOnlyList<string> Warnings, bool IsRepair = false);

/// <summary>One assigned parcel, compact.</summary>
public sealed record PlanParcel(
    string ParcelId, string Waybill, string PartnerId, int RouteNo, int StopNo, OptionKindView Option, string? TerminalId, SizeClass Size, SizeClass? GivenSize, bool IsLocked,
    DateTimeOffset Arrival, DateTimeOffset WindowUntil, long PreferenceFen);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(LockRouteEdit), "lockRoute")]
[JsonDerivedType(typeof(UnlockRouteEdit), "unlockRoute")]
[JsonDerivedType(typeof(LockParcelsEdit), "lockParcels")]
[JsonDerivedType(typeof(UnlockParcelsEdit), "unlockParcels")]
[JsonDerivedType(typeof(ForbidEdit), "forbid")]
[JsonDerivedType(typeof(MoveStopEdit), "moveStop")]
[JsonDerivedType(typeof(MoveParcelsEdit), "moveParcels")]
[JsonDerivedType(typeof(UnassignEdit), "unassign")]
[JsonDerivedType(typeof(ReverseEdit), "reverse")]
[JsonDerivedType(typeof(AddVehicleEdit), "addVehicle")]
[JsonDerivedType(typeof(RemoveVehicleEdit), "removeVehicle")]
public abstract record PlanEditView;

public sealed record LockRouteEdit(int RouteNo) : PlanEditView;

public sealed record UnlockRouteEdit(int RouteNo) : PlanEditView;

public sealed record LockParcelsEdit(IReadOnlyList<string>? ParcelIds, string VehicleId) : PlanEditView;

public sealed record UnlockParcelsEdit(IReadOnlyList<string>? ParcelIds) : PlanEditView;

public sealed record ForbidEdit(IReadOnlyList<string>? ParcelIds, string VehicleId) : PlanEditView;

/// <param name="Position">Index the stop will have in the target route's list.</param>
public sealed record MoveStopEdit(int FromRoute, int StopNo, int ToRoute, int Position) : PlanEditView;

/// <param name="Position">Index in the target route's list; −1 = the cheapest place.</param>
public sealed record MoveParcelsEdit(IReadOnlyList<string>? ParcelIds, int ToRoute, int Position) : PlanEditView;

public sealed record UnassignEdit(IReadOnlyList<string>? ParcelIds) : PlanEditView;

public sealed record ReverseEdit(int RouteNo) : PlanEditView;

public sealed record AddVehicleEdit(string VehicleId) : PlanEditView;

public sealed record RemoveVehicleEdit(string VehicleId) : PlanEditView;

/// <summary>A rule that would be broken, with what a page needs to say it in its own language.</summary>
/// <param name="Rule">The checker's name of the rule or the code of a reason, camelCase.</param>
/// <param name="Text">The whole in English.</param>
/// <param name="Subject">A waybill or a place.</param>
/// <param name="Value">What was found, without words: 11:28, 412 km.</param>
/// <param name="Limit">What is allowed.</param>
public sealed record ViolationView(int RouteNo, int? StopNo, IReadOnlyList<string> ParcelIds, string Rule, string Text, string? Plate = null, string? Subject = null, string? Value = null, string? Limit = null)
{
    public static ViolationView Of(BrokenRule broken, string text) =>
        new(0, null, [], System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(broken.Rule), text, broken.Plate, broken.Subject, broken.Value, broken.Limit);
}

/// <summary>What edits would change; negative numbers are savings.</summary>
/// <param name="CostFen">Operating cost and preferences; what leaving parcels out is priced at is not in it.</param>
/// <param name="Parcels">Parcels served after less before.</param>
/// <param name="BrokenWindows">Parcels whose window would newly be missed.</param>
public sealed record EditPriceView(bool IsLegal, long CostFen, long DistanceMetres, long DurationSeconds, int Parcels, int BrokenWindows, IReadOnlyList<ViolationView> Violations, IReadOnlyList<RouteView> Routes);

/// <summary>A vehicle that could make a stop instead.</summary>
/// <param name="Position">Index the stop would have in the route's list.</param>
public sealed record TakerView(int RouteNo, string Plate, int Position, long CostFen, long DistanceMetres, long DurationSeconds);

/// <param name="Takers">Cheapest first.</param>
/// <param name="Tried">Places priced.</param>
public sealed record TakersView(IReadOnlyList<TakerView> Takers, int Tried);

public sealed record CostPair(CostPart Part, long AFen, long BFen);

public sealed record RoutePair(string Plate, int AStops, int BStops, long AMetres, long BMetres, int AParcels, int BParcels);

public sealed record TerminalPair(string TerminalId, string Name, int A, int B);

public sealed record PlanComparisonView(
    PlanSummary A, PlanSummary B, IReadOnlyList<CostPair> Cost, IReadOnlyList<RoutePair> Routes, int MovedParcels, int ChangedOption, int OnlyInA, int OnlyInB, IReadOnlyList<TerminalPair> Terminals);

public sealed record SolveRequest(DateOnly? Day, double? Seconds, int? Threads, int? Seed, string? BasedOn, IReadOnlyList<PlanEditView>? Edits, string? Note);

public enum SolveState
{
    Queued,
    Building,
    Solving,
    Checking,
    Storing,
    Done,
    Cancelled,
    Failed,
}

public sealed record CurvePoint(double Seconds, long CostFen, int Unassigned);

public sealed record BestSoFar(long CostFen, int Unassigned, int Vehicles);

/// <summary>A route of the best plan so far while it is being searched: straight lines, numbered by vehicle.</summary>
public sealed record PreviewRoute(int RouteNo, IReadOnlyList<LonLat> Line);

public sealed record SolveError(string Title, int Status, string? Detail, IReadOnlyList<FieldProblem>? Problems = null);

/// <param name="Preview">Null when not running; in the live feed also when unchanged since the last event.</param>
public sealed record SolveJobView(
    string Id, DateOnly Day, SolveState State, double SecondsElapsed, double SecondsBudget, long Iterations, IReadOnlyList<CurvePoint> Curve, BestSoFar? Best,
    IReadOnlyList<PreviewRoute>? Preview, string? PlanId, SolveError? Error);
