namespace Logistics.Domain;

public enum PlanStatus
{
    Draft,
    Published,

    /// <summary>Was published, then replaced by a later version.</summary>
    Superseded,

    Discarded,
}

/// <summary>One immutable version of a day's plan. A changed plan is a new version that names its parent.</summary>
/// <param name="Version">Counted from 1 within the area and day.</param>
public sealed record DayPlan(string Id, string AreaId, DateOnly Day, int Version, string Name, DateTimeOffset CreatedAt, string CreatedBy)
{
    public string? ParentId { get; init; }
    public PlanStatus Status { get; init; } = PlanStatus.Draft;
    public DateTimeOffset? PublishedAt { get; init; }
    public string? PublishedBy { get; init; }
    public IReadOnlyList<PlannedRoute> Routes { get; init; } = [];
    public IReadOnlyList<UnassignedParcel> Unassigned { get; init; } = [];
    public PlanCost Cost { get; init; } = new();

    /// <summary>Constraint violations in words; a plan with any cannot be published.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];

    /// <summary>The dispatcher's edits this version was solved around.</summary>
    public IReadOnlyList<PlanEdit> Edits { get; init; } = [];

    public SolveInfo? Solve { get; init; }

    /// <summary>SHA-256 of the problem JSON stored beside the plan; equal for plans of the same problem.</summary>
    public string? ProblemHash { get; init; }

    /// <summary>SHA-256 of the optimiser's result JSON stored beside the plan.</summary>
    public string? ResultHash { get; init; }

    public int CountParcels() => Routes.Sum(r => r.Trips.Sum(t => t.Stops.Sum(s => s.Tasks.Count)));
}

/// <param name="Seed">With the problem and the iterations it reproduces the plan.</param>
public sealed record SolveInfo(string Engine, int Seed, long Iterations, double Seconds, bool WasCancelled)
{
    /// <summary>Best cost over time, for the progress curve.</summary>
    public IReadOnlyList<SolveProgress> Progress { get; init; } = [];
}

public sealed record SolveProgress(double Seconds, long Iterations, long CostFen, int Unassigned);

/// <summary>What the plan costs, by kind; fen.</summary>
public sealed record PlanCost
{
    public long UnservedFen { get; init; }
    public long FixedFen { get; init; }
    public long DistanceFen { get; init; }
    public long DurationFen { get; init; }
    public long OvertimeFen { get; init; }
    public long LatenessFen { get; init; }
    public long PreferenceFen { get; init; }
    public long BalanceFen { get; init; }
    public long DisturbanceFen { get; init; }

    public long TotalFen() => UnservedFen + OperatingFen() + LatenessFen + PreferenceFen + BalanceFen + DisturbanceFen;

    /// <summary>What is really paid: vehicles, kilometres, hours.</summary>
    public long OperatingFen() => FixedFen + DistanceFen + DurationFen + OvertimeFen;
}

/// <summary>A parcel left out, with the true reason.</summary>
/// <param name="Code">Stable code of the binding constraint, such as capacity.volume or window.</param>
/// <param name="Message">The reason in words with names and values.</param>
/// <param name="Remedy">The smallest change that would serve it; null when none was found.</param>
public sealed record UnassignedParcel(string ParcelId, string Code, string Message, string? Remedy = null);
