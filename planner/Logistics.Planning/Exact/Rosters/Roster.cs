using Logistics.OrTools;

namespace Logistics.Planning.Exact.Rosters;

/// <summary>A roster, or why there is none.</summary>
public sealed record Roster
{
    /// <summary>How the last solve ended.</summary>
    public required CpSatOutcome Outcome { get; init; }

    /// <summary>One sentence for people; empty for a proven optimum.</summary>
    public required string Message { get; init; }

    /// <summary>Who works what; by day, then courier.</summary>
    public IReadOnlyList<RosterDuty> Duties { get; init; } = [];

    /// <summary>The least set of wishes that had to be broken; the gravest first.</summary>
    public IReadOnlyList<BrokenWish> BrokenWishes { get; init; } = [];

    /// <summary>Needed and scheduled couriers for each demand, in the problem's order.</summary>
    public IReadOnlyList<RosterCoverage> Coverage { get; init; } = [];

    /// <summary>Points of <see cref="RosterWeights"/>.</summary>
    public double Points { get; init; }

    /// <summary>Points that no roster with the same coverage can go below.</summary>
    public double PointsBound { get; init; }

    /// <summary>Missing courier-minutes, weighted by priority.</summary>
    public long Shortage { get; init; }

    /// <summary>Shortage that no roster can go below.</summary>
    public long ShortageBound { get; init; }

    /// <summary>True if nobody can do better.</summary>
    public bool IsProvenOptimal => Outcome == CpSatOutcome.Optimal && Shortage == ShortageBound;

    /// <summary>Relative distance of <see cref="Points"/> to their bound.</summary>
    public double Gap => Math.Abs(Points - PointsBound) / Math.Max(1, Math.Abs(Points));
}

/// <summary>One courier's work on one day.</summary>
/// <param name="CourierId">Who.</param>
/// <param name="Day">Day.</param>
/// <param name="ShiftId">Which shift.</param>
/// <param name="VehicleId">Which vehicle; null for work without one.</param>
public sealed record RosterDuty(string CourierId, int Day, string ShiftId, string? VehicleId);

/// <summary>Kind of a broken wish.</summary>
public enum BrokenWishKind
{
    /// <summary>The dispatcher's lock contradicts a rule, an absence or another lock.</summary>
    Lock,

    /// <summary>Fewer couriers than needed.</summary>
    Shortage,

    /// <summary>A courier's wish.</summary>
    Wish,

    /// <summary>Fewer hours than the contract promises.</summary>
    UnderContract,

    /// <summary>More hours than the contract says.</summary>
    OverContract,
}

/// <summary>A wish that the roster does not fulfil.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Day">Day; null if it concerns the whole period.</param>
/// <param name="CourierId">Whose; null for a shortage.</param>
/// <param name="Amount">Missing couriers for a shortage, minutes for contracts, the wish's weight otherwise.</param>
/// <param name="Text">In words, in English.</param>
public sealed record BrokenWish(BrokenWishKind Kind, int? Day, string? CourierId, long Amount, string Text)
{
    /// <summary>The demand of a shortage.</summary>
    public RosterDemand? Demand { get; init; }

    /// <summary>The courier's wish.</summary>
    public RosterWish? Wish { get; init; }
}

/// <summary>Needed and scheduled couriers in a period.</summary>
public sealed record RosterCoverage(RosterDemand Demand, int Scheduled);
