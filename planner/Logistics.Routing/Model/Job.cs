namespace Logistics.Routing.Model;

/// <summary>A group of alternatives: exactly one is done, or the job is left out at its price.</summary>
public sealed record Job
{
    public required string Id { get; init; }
    public required IReadOnlyList<Alternative> Alternatives { get; init; }

    /// <summary>Cost of leaving it out (its prize); null = it must be served (a plan without it is infeasible).</summary>
    public long? UnservedCost { get; init; }

    /// <summary>Group counted by service levels; null = only those for all jobs.</summary>
    public int? Group { get; init; }
}

/// <summary>One way to do a job: one visit, or a pickup followed by a delivery on the same trip.</summary>
public sealed record Alternative
{
    public string Id { get; init; } = "";

    /// <summary>One visit, or two (pickup, then delivery).</summary>
    public required IReadOnlyList<Visit> Visits { get; init; }

    /// <summary>Cost of choosing this alternative (walking, dislike).</summary>
    public long PreferenceCost { get; init; }

    /// <summary>Rank of the choice for service levels: 0 = first wish.</summary>
    public int Level { get; init; }

    public IReadOnlyList<int> Skills { get; init; } = [];

    /// <summary>Only these vehicles; null = any.</summary>
    public IReadOnlyList<int>? AllowedVehicles { get; init; }

    public IReadOnlyList<int> ForbiddenVehicles { get; init; } = [];

    /// <summary>Goods class for <see cref="Problem.GoodsConflicts"/>; 0 = conflicts with nothing.</summary>
    public int GoodsClass { get; init; }

    /// <summary>Second the goods are ready at the depot: the trip that carries it begins loading no earlier. Single visits with a delivery only.</summary>
    public int ReleaseTime { get; init; }

    /// <summary>For a pair: longest time on board, pickup departure to delivery start, seconds.</summary>
    public int? MaxRideSeconds { get; init; }
}

/// <summary>One task at one place.</summary>
public sealed record Visit
{
    public required int Place { get; init; }

    /// <summary>Ascending, disjoint; empty = always. What they judge is set by <see cref="IsWindowOnStopArrival"/>.</summary>
    public IReadOnlyList<TimeWindow> Windows { get; init; } = [];

    /// <summary>
    /// False: the activity (setup, then handling) starts inside a window. True (VRPDO): the stop's first arrival is no later than the window's end and the
    /// stay begins no earlier than its start; later tasks of the same stay are not judged again.
    /// </summary>
    public bool IsWindowOnStopArrival { get; init; }

    /// <summary>Parking and walking in, seconds; once per stop (charged when the previous activity was at another place, reloads and starts included).</summary>
    public int SetupSeconds { get; init; }

    /// <summary>Handling of this task, seconds.</summary>
    public int HandlingSeconds { get; init; }

    /// <summary>Start later than this costs <see cref="CostPerLateSecond"/> per second; null = never late inside the hard windows.</summary>
    public int? DueTime { get; init; }

    public long CostPerLateSecond { get; init; }

    /// <summary>Brought from the trip's depot and left here, per dimension; empty = nothing. Single visits only.</summary>
    public IReadOnlyList<long> Delivery { get; init; } = [];

    /// <summary>Taken here and brought to the trip's end depot, per dimension; empty = nothing. In a pair: the first visit's amount, which the second unloads.</summary>
    public IReadOnlyList<long> Pickup { get; init; } = [];

    /// <summary>Shared resources this visit consumes.</summary>
    public IReadOnlyList<ResourceUse> Uses { get; init; } = [];

    /// <summary>Zone it lies in for <see cref="Vehicle.Zones"/>; null = none.</summary>
    public int? Zone { get; init; }
}
