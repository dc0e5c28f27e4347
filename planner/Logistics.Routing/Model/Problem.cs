namespace Logistics.Routing.Model;

/// <summary>One routing problem: what is to be served, by whom, from where and at what cost. Immutable; all references are indexes into its lists.</summary>
/// <remarks>
/// Units: seconds since the problem's own epoch (any fixed instant, at most 2^30), metres, and cost units – integer micro-cost, so that deltas are exact.
/// Intervals are half-open unless said otherwise. Validate with <c>ProblemValidator</c> before solving; the search assumes a valid problem.
/// </remarks>
public sealed record Problem
{
    public string Name { get; init; } = "";

    /// <summary>Number of capacity dimensions; every load vector has this length.</summary>
    public int Dimensions { get; init; } = 1;

    /// <summary>The places travel profiles speak of, by index.</summary>
    public required IReadOnlyList<Place> Places { get; init; }

    public required IReadOnlyList<TravelProfile> Profiles { get; init; }
    public required IReadOnlyList<Depot> Depots { get; init; }
    public required IReadOnlyList<Vehicle> Vehicles { get; init; }
    public required IReadOnlyList<Job> Jobs { get; init; }
    public IReadOnlyList<SharedResource> Resources { get; init; } = [];
    public IReadOnlyList<ServiceLevel> ServiceLevels { get; init; } = [];

    /// <summary>Unordered pairs of goods classes that may not share a trip.</summary>
    public IReadOnlyList<GoodsConflict> GoodsConflicts { get; init; } = [];

    public BalanceRule? Balance { get; init; }

    /// <summary>What it costs to change a plan that is already known to people; null when nothing is known yet.</summary>
    public DisturbanceRule? Disturbance { get; init; }
}

/// <summary>A point that travel profiles know. X, Y are longitude, latitude (WGS-84) or plane coordinates; NaN when only matrices are given.</summary>
public sealed record Place(string Id, double X = double.NaN, double Y = double.NaN);

/// <summary>Where trips start, end and reload.</summary>
public sealed record Depot
{
    public required string Id { get; init; }
    public required int Place { get; init; }

    /// <summary>A vehicle may load, start or end here only inside this interval; both ends inclusive.</summary>
    public TimeWindow Open { get; init; } = TimeWindow.Always;

    /// <summary>Time one loading takes, before a trip leaves; seconds, once per trip.</summary>
    public int LoadingSecondsPerTrip { get; init; }

    /// <summary>A unit of a resource (a dock slot) each loading consumes, at the second the loading begins; null when docks are free.</summary>
    public ResourceUse? Dock { get; init; }
}

/// <summary>A closed interval of start times, seconds: earliest ≤ t ≤ latest.</summary>
public readonly record struct TimeWindow(int Earliest, int Latest)
{
    public const int Horizon = 1 << 30;
    public static readonly TimeWindow Always = new(0, Horizon);
}

/// <summary>At least <paramref name="MinJobs"/> jobs of the group must be served by an alternative whose level is ≤ <paramref name="MaxLevel"/>.</summary>
/// <param name="Group">Job group it counts, or null for all jobs.</param>
public sealed record ServiceLevel(int? Group, int MaxLevel, int MinJobs);

/// <summary>Goods classes that may not be on board during the same trip.</summary>
public readonly record struct GoodsConflict(int ClassA, int ClassB);

public enum BalanceMeasure { Tasks, DurationSeconds, DistanceMetres }

/// <summary>Costs <paramref name="CostPerUnit"/> × (largest − smallest measure over used vehicles).</summary>
public sealed record BalanceRule(BalanceMeasure Measure, long CostPerUnit);

/// <summary>The plan people already know, and what changing it costs.</summary>
/// <remarks>A job is disturbed when it was assigned and is now unserved, on another vehicle, or served by another alternative.</remarks>
public sealed record DisturbanceRule
{
    /// <summary>Previous assignment by job index; null where the job is new.</summary>
    public required IReadOnlyList<PreviousAssignment?> Previous { get; init; }

    public long CostPerJob { get; init; }

    /// <summary>Never more disturbed jobs than this; null = unlimited.</summary>
    public int? MaxJobs { get; init; }
}

public sealed record PreviousAssignment(int Vehicle, int Alternative)
{
    /// <summary>What each of <paramref name="jobs"/> jobs has in a plan, by job; null for those it does not serve.</summary>
    public static PreviousAssignment?[] ListOf(Plan plan, int jobs)
    {
        var by = new PreviousAssignment?[jobs];
        foreach (var route in plan.Routes)
            foreach (var step in route.Steps)
                if (step.Kind == StepKind.Visit) by[step.Job] = new PreviousAssignment(route.Vehicle, step.Alternative);
        return by;
    }
}
