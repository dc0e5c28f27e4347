namespace Logistics.Routing.Checking;

/// <summary>The rule a plan breaks.</summary>
public enum ViolationKind
{
    /// <summary>An index, a step order or a place that makes no sense for the problem.</summary>
    Structure,

    /// <summary>A stated time that does not follow from the previous one.</summary>
    Timing,
    Unreachable,
    Window,
    Break,
    Shift,
    DepotOpening,
    Release,
    Capacity,
    MaxDistance,
    MaxDuration,
    MaxTravel,
    MaxStops,
    MaxTasks,
    MaxTrips,
    Pair,
    MaxRide,
    Skill,
    AllowedVehicle,
    ForbiddenVehicle,
    Zone,
    GoodsConflict,
    Resource,
    Coverage,
    ServiceLevel,
    Disturbance,
    Frozen,
    Loaded,

    /// <summary>A stated load or distance that differs from the recomputed one.</summary>
    StatedMeasure,

    /// <summary>A stated cost that differs from the recomputed one.</summary>
    StatedCost,
}

/// <summary>One broken rule, with the names and values needed to see why.</summary>
/// <param name="Vehicle">Vehicle index, or −1 when it concerns the whole plan.</param>
/// <param name="Step">Step index in the vehicle's route, or −1.</param>
/// <param name="Job">Job index, or −1.</param>
public sealed record Violation(ViolationKind Kind, string Message, int Vehicle = -1, int Step = -1, int Job = -1)
{
    /// <summary>What was found and what is allowed, where the rule compares two numbers; in the rule's own unit.</summary>
    public (long Value, long Limit)? Compared { get; init; }

    /// <summary>The resource, or the dimension of the load, that the rule is about; −1 = none.</summary>
    public int Item { get; init; } = -1;

    public override string ToString() => $"{Kind}: {Message}";
}
