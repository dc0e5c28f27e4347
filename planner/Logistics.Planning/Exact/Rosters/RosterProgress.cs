namespace Logistics.Planning.Exact.Rosters;

/// <summary>What a solve is busy with.</summary>
public enum RosterStep
{
    /// <summary>Annealing a first roster.</summary>
    Search,

    /// <summary>Proving the least shortage.</summary>
    Demand,

    /// <summary>Proving the fewest points of broken wishes.</summary>
    Wishes,
}

/// <summary>How far a solve has come.</summary>
/// <param name="Best">Missing courier-minutes while <see cref="RosterStep.Demand"/>, points while <see cref="RosterStep.Wishes"/>; null before the first roster.</param>
/// <param name="Bound">Nobody does better; null before it is known.</param>
public sealed record RosterProgress(RosterStep Step, TimeSpan Elapsed, double? Best, double? Bound);
