namespace Logistics.Planning.Exact.Rosters;

/// <summary>A week (or any few days) to be staffed: who may work, what must be covered, what the law and the contracts say.</summary>
/// <remarks>Days count from <see cref="FirstDay"/>; minutes count from a day's midnight, in [0, 1440].</remarks>
public sealed record RosterProblem
{
    /// <summary>Date of day 0.</summary>
    public required DateOnly FirstDay { get; init; }

    /// <summary>Number of days, 1 to 14.</summary>
    public int Days { get; init; } = 7;

    /// <summary>Shifts that may be worked on any day.</summary>
    public required IReadOnlyList<RosterShift> Shifts { get; init; }

    /// <summary>Everybody who may be asked to work.</summary>
    public required IReadOnlyList<RosterCourier> Couriers { get; init; }

    /// <summary>The fleet.</summary>
    public IReadOnlyList<RosterVehicle> Vehicles { get; init; } = [];

    /// <summary>How many couriers are needed when.</summary>
    public required IReadOnlyList<RosterDemand> Demand { get; init; }

    /// <summary>What couriers would like.</summary>
    public IReadOnlyList<RosterWish> Wishes { get; init; } = [];

    /// <summary>Cells of the calendar that the dispatcher has fixed.</summary>
    public IReadOnlyList<RosterLock> Locks { get; init; } = [];

    /// <summary>The law and the house rules; never broken.</summary>
    public RosterRules Rules { get; init; } = new();

    /// <summary>What a broken wish weighs.</summary>
    public RosterWeights Weights { get; init; } = new();
}

/// <summary>A shift.</summary>
/// <param name="Id">Unique.</param>
/// <param name="StartMinute">Start, minutes from midnight.</param>
/// <param name="EndMinute">End, after the start and at most 1440.</param>
/// <param name="PaidMinutes">Working time that counts, without the unpaid break; positive, at most the length.</param>
/// <param name="VehicleClasses">Classes of vehicle that this shift drives; empty for work without a vehicle.</param>
/// <param name="IsUnpopular">Counted and spread evenly (late, very early).</param>
public sealed record RosterShift(string Id, int StartMinute, int EndMinute, int PaidMinutes, IReadOnlyList<string> VehicleClasses, bool IsUnpopular = false);

/// <summary>Somebody who may be asked to work.</summary>
public sealed record RosterCourier
{
    /// <summary>Unique.</summary>
    public required string Id { get; init; }

    /// <summary>For people; not used.</summary>
    public string Name { get; init; } = "";

    /// <summary>What they can do.</summary>
    public IReadOnlySet<string> Skills { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Where they start from; null where it does not matter.</summary>
    public string? Hub { get; init; }

    /// <summary>Vehicle classes that they may drive.</summary>
    public IReadOnlySet<string> VehicleClasses { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Paid minutes that the contract promises for these days.</summary>
    public required int ContractMinutes { get; init; }

    /// <summary>Paid minutes that this person may work at most; the rules' limit holds too.</summary>
    public int MaxMinutes { get; init; } = int.MaxValue;

    /// <summary>Paid minutes that this person may work on a day; the rules' limit holds too.</summary>
    public int MaxDayMinutes { get; init; } = int.MaxValue;

    /// <summary>Days that this person may work in any seven; the rules' limit holds too.</summary>
    public int MaxDays { get; init; } = 7;

    /// <summary>Rest that this person needs between two shifts; the rules' limit holds too.</summary>
    public int MinRestMinutes { get; init; }

    /// <summary>Days on which they are not there: leave, training, illness.</summary>
    public IReadOnlySet<int> AbsentDays { get; init; } = new HashSet<int>();

    /// <summary>Days worked without a break right before day 0.</summary>
    public int DaysWorkedBefore { get; init; }

    /// <summary>Minutes of rest that they have had by midnight of day 0; at least 0.</summary>
    public int RestedMinutesBefore { get; init; } = 1440;

    /// <summary>Unpopular shifts of the weeks before, so that fairness does not forget.</summary>
    public int UnpopularBefore { get; init; }
}

/// <summary>A vehicle.</summary>
/// <param name="Id">Unique.</param>
/// <param name="Plate">Registration.</param>
/// <param name="Class">Its class.</param>
/// <param name="BarredDays">Days on which it may not drive: plate rotation, ban, service.</param>
public sealed record RosterVehicle(string Id, string Plate, string Class, IReadOnlySet<int> BarredDays);

/// <summary>A need for couriers in a period [<paramref name="StartMinute"/>, <paramref name="EndMinute"/>) of a day.</summary>
/// <param name="Day">Day.</param>
/// <param name="StartMinute">Start of the period.</param>
/// <param name="EndMinute">End of the period. A shift counts if it covers the whole of it.</param>
/// <param name="Couriers">How many are needed.</param>
/// <param name="Skill">Only couriers with this skill count; null for all.</param>
/// <param name="VehicleClass">Only couriers on a vehicle of this class count; null for all.</param>
/// <param name="Priority">Weight of a missing courier-minute against other demands; at least 1.</param>
/// <param name="Hub">Only couriers of this hub count; null for all.</param>
public sealed record RosterDemand(int Day, int StartMinute, int EndMinute, int Couriers, string? Skill = null, string? VehicleClass = null, int Priority = 1, string? Hub = null);

/// <summary>What a wish is about.</summary>
public enum RosterWishKind
{
    /// <summary>Not to work that day.</summary>
    DayOff,

    /// <summary>Not that shift (on that day).</summary>
    Avoid,

    /// <summary>That shift, on that day.</summary>
    Want,
}

/// <summary>A courier's wish.</summary>
/// <param name="CourierId">Whose.</param>
/// <param name="Day">Which day; null for every day (Avoid only).</param>
/// <param name="Kind">What it is about.</param>
/// <param name="ShiftId">Which shift; null for DayOff.</param>
/// <param name="Weight">How much it matters, 1 to 10.</param>
public sealed record RosterWish(string CourierId, int? Day, RosterWishKind Kind, string? ShiftId = null, int Weight = 1);

/// <summary>A cell of the calendar that must stay as it is.</summary>
/// <param name="CourierId">Whose.</param>
/// <param name="Day">Which day.</param>
/// <param name="ShiftId">The shift; null for a day off.</param>
/// <param name="VehicleId">The vehicle; null for any.</param>
public sealed record RosterLock(string CourierId, int Day, string? ShiftId, string? VehicleId = null);

/// <summary>Limits that no roster breaks.</summary>
public sealed record RosterRules
{
    /// <summary>Rest between two shifts.</summary>
    public int MinRestMinutes { get; init; } = 11 * 60;

    /// <summary>Paid minutes on a day.</summary>
    public int MaxDayMinutes { get; init; } = 1440;

    /// <summary>Paid minutes in seven days.</summary>
    public int MaxWeekMinutes { get; init; } = 44 * 60;

    /// <summary>Days without a day off.</summary>
    public int MaxConsecutiveDays { get; init; } = 6;

    /// <summary>Days off in any seven.</summary>
    public int MinDaysOff { get; init; } = 1;
}

/// <summary>Points for what is left undone once the demand is met as far as it can be.</summary>
public sealed record RosterWeights
{
    /// <summary>A broken wish of weight 1.</summary>
    public int Wish { get; init; } = 4;

    /// <summary>An hour below the contract.</summary>
    public int HourUnderContract { get; init; } = 3;

    /// <summary>An hour above the contract.</summary>
    public int HourOverContract { get; init; } = 4;

    /// <summary>An hour of one courier more than needed.</summary>
    public int SurplusHour { get; init; } = 1;

    /// <summary>Each unpopular shift beyond a courier's fair share: all that are needed, with those of the weeks before, divided evenly.</summary>
    public int UnpopularAboveShare { get; init; } = 6;
}
