using Logistics.Domain;
using Logistics.Planning.Exact.Rosters;

namespace Logistics.Web.Rosters;

// The roster as web/ui/src/api/roster-contract.ts names it. Days are 0 to 6 from the Monday; minutes count from local midnight.

public sealed record RosterView(
    DateOnly FirstDay, long Revision, DateTimeOffset? PublishedAt, string? PublishedBy, bool IsChangedSincePublished,
    IReadOnlyList<RosterShiftView> Shifts, IReadOnlyList<RosterCourierView> Couriers, IReadOnlyList<RosterVehicleView> Vehicles,
    IReadOnlyList<RosterCell> Cells, IReadOnlyList<CourierWish> Wishes, IReadOnlyList<RosterDemandView> Demand, IReadOnlyList<RosterVolumeView> Volumes,
    IReadOnlyList<BrokenWishView> Broken, IReadOnlyList<RosterFault> Faults, RosterSolve? Solve, RosterJobView? Job, string? EngineProblem);

public sealed record RosterShiftView(string Id, string Name, int StartMinute, int EndMinute, int PaidMinutes, bool IsUnpopular);

/// <param name="MaxMinutes">Paid minutes of the week at most, by law and contract.</param>
public sealed record RosterCourierView(
    string Id, string Code, string Name, string Hub, IReadOnlyList<string> Skills, IReadOnlyList<VehicleClass> Classes, string HubId, int ContractMinutes, int MaxMinutes);

/// <param name="BarredDays">Days on which rules leave it in the yard.</param>
public sealed record RosterVehicleView(string Id, string Plate, VehicleClass VehicleClass, string HubId, IReadOnlyList<int> BarredDays);

/// <param name="Scheduled">Couriers of the draft who serve it.</param>
/// <param name="HubId">Whose couriers are meant; null for all.</param>
public sealed record RosterDemandView(int Day, int StartMinute, int EndMinute, int Needed, int Scheduled, string? Skill, string? HubId);

public enum VolumeSource
{
    Came,
    Forecast,
    History,
    None,
}

/// <param name="Parcels">Those that came, P90 of the forecast, or the 90th percentile of the same weekdays before.</param>
public sealed record RosterVolumeView(int Day, double Parcels, VolumeSource Source);

/// <param name="Amount">Missing couriers, minutes against the contract, or the wish's weight.</param>
public sealed record BrokenWishView(
    BrokenWishKind Kind, int? Day, string? CourierId, long Amount, int? StartMinute, int? EndMinute, int? Needed, string? Skill, string? HubId, CourierWishKind? WishKind, string? ShiftId, string Text);

public enum RosterJobState
{
    Running,
    Done,
    Cancelled,
    Failed,
}

/// <param name="Best">Missing courier-minutes or points, by <paramref name="Step"/>; null before the first.</param>
/// <param name="Message">Why it failed; null otherwise.</param>
public sealed record RosterJobView(RosterJobState State, RosterStep Step, double Seconds, double Budget, double? Best, double? Bound, string? Message);

/// <summary>The draft as the page wants it; the whole of it.</summary>
public sealed record RosterDraft(long Revision, IReadOnlyList<RosterCell> Cells, IReadOnlyList<CourierWish> Wishes);

/// <param name="Seconds">Time limit, 5 to 600.</param>
public sealed record RosterSolveRequest(long Revision, double? Seconds);

public sealed record RosterPublishRequest(long Revision, string? Reason);

public sealed record RosterSetupView(
    IReadOnlyList<ShiftTemplate> Shifts, LabourRules Rules, double ParcelsPerCourierHour, IReadOnlyList<double> HourShares, IReadOnlyList<SkillNeed> SkillNeeds, int ContractMinutes)
{
    public static RosterSetupView Of(RosterSetup s) => new(s.Shifts, s.Rules, s.ParcelsPerCourierHour, s.HourShares, s.SkillNeeds, s.ContractMinutes);
}
