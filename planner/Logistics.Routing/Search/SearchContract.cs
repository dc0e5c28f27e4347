using Logistics.Routing.Model;

namespace Logistics.Routing.Search;

/// <summary>When a search stops and how it is driven.</summary>
public sealed record SearchOptions
{
    public ulong Seed { get; init; } = 1;

    /// <summary>Islands; 1 is deterministic by seed, more are merged by (cost, island).</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Seconds used so far, from a clock the caller owns (wall or CPU time); null = no time limit. Called from search threads.</summary>
    public Func<double>? ElapsedSeconds { get; init; }

    public double MaxSeconds { get; init; } = double.PositiveInfinity;

    /// <summary>Iterations per island; the deterministic budget.</summary>
    public long MaxIterations { get; init; } = long.MaxValue;

    /// <summary>Stop at this cost or below.</summary>
    public long? TargetCost { get; init; }

    /// <summary>A plan to start from; parts of it that are no longer legal are dropped.</summary>
    public Plan? WarmStart { get; init; }

    /// <summary>Jobs to search around, for repairs: most ruins begin at one of them and no vehicle is saved. Null = everywhere.</summary>
    public IReadOnlyList<int>? Focus { get; init; }

    /// <summary>Factor on the annealing's temperatures; below 1 stays nearer to the plan it starts from.</summary>
    public double Heat { get; init; } = 1;

    /// <summary>What only the classic search keeps to on each vehicle, where a problem stands for another; null = nothing.</summary>
    internal IReadOnlyList<Classic.TripTerms>? Terms { get; init; }

    /// <summary>Look for plans with fewer vehicles first even where driving costs more than having them.</summary>
    internal bool SavesVehicles { get; init; }

    /// <summary>Called with every report from the island's own thread; must be quick and thread-safe.</summary>
    public Action<SearchProgress>? Progress { get; init; }
}

/// <summary>What a running search has reached. <see cref="FindBestPlan"/> builds the best plan so far on demand (it costs an export, so call it seldom); valid only during the callback.</summary>
public sealed record SearchProgress(int Island, long Iterations, double Seconds, long BestCost, int Unserved, int VehiclesUsed, bool IsFeasible, bool IsImproved, Func<Plan> FindBestPlan);

/// <summary>The best plan found and how the search went.</summary>
public sealed record SearchResult(Plan Plan, bool IsFeasible, long Iterations, double Seconds, bool IsCancelled);
