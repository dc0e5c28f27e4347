namespace Logistics.Routing.Model;

/// <summary>One vehicle with its shift, limits and costs.</summary>
public sealed record Vehicle
{
    public required string Id { get; init; }

    /// <summary>Index of its travel profile.</summary>
    public int Profile { get; init; }

    /// <summary>Depot the route starts at; null = it starts where its <see cref="Committed"/> part leaves it, or at its first visit.</summary>
    public int? StartDepot { get; init; } = 0;

    /// <summary>Depot the route ends at; null = it ends at its last visit.</summary>
    public int? EndDepot { get; init; } = 0;

    /// <summary>Largest load per dimension; empty = unlimited.</summary>
    public IReadOnlyList<long> Capacity { get; init; } = [];

    /// <summary>The route starts and ends inside this interval (both ends inclusive).</summary>
    public TimeWindow Shift { get; init; } = TimeWindow.Always;

    /// <summary>Latest start of the route; null = shift end.</summary>
    public int? LatestStart { get; init; }

    public long? MaxDistance { get; init; }
    public int? MaxDurationSeconds { get; init; }

    /// <summary>Driving time only, without waiting and service.</summary>
    public int? MaxTravelSeconds { get; init; }

    /// <summary>Most stops; a stop is an uninterrupted stay at one place.</summary>
    public int? MaxStops { get; init; }

    /// <summary>Most tasks (visits).</summary>
    public int? MaxTasks { get; init; }

    public long FixedCost { get; init; }
    public long CostPerMetre { get; init; }

    /// <summary>Per second from route start to route end, waiting and breaks included.</summary>
    public long CostPerSecond { get; init; }

    /// <summary>Per second of driving only (VROOM's <c>per_hour</c>).</summary>
    public long CostPerTravelSecond { get; init; }

    /// <summary>Route seconds beyond this are overtime; null = none.</summary>
    public int? RegularSeconds { get; init; }

    public long CostPerOvertimeSecond { get; init; }

    public IReadOnlyList<int> Skills { get; init; } = [];

    /// <summary>Zones it may serve; null = all.</summary>
    public IReadOnlyList<int>? Zones { get; init; }

    /// <summary>Most trips; 1 = no reload.</summary>
    public int MaxTrips { get; init; } = 1;

    /// <summary>Depots it may reload at (then the next trip starts there).</summary>
    public IReadOnlyList<int> ReloadDepots { get; init; } = [];

    public IReadOnlyList<Break> Breaks { get; init; } = [];

    /// <summary>Work already done or promised; null = a fresh route.</summary>
    public CommittedRoute? Committed { get; init; }
}

/// <summary>A rest between two activities. Taken in list order; once each when the vehicle is used.</summary>
public sealed record Break
{
    public required string Id { get; init; }

    /// <summary>Windows for its start.</summary>
    public required IReadOnlyList<TimeWindow> Windows { get; init; }

    public required int DurationSeconds { get; init; }

    /// <summary>Not owed when the route ends at or before its first window's earliest start.</summary>
    public bool IsWaivedIfRouteEndsBefore { get; init; }

    /// <summary>Most load on board during the break (VROOM <c>max_load</c>); empty = any.</summary>
    public IReadOnlyList<long> MaxLoad { get; init; } = [];
}

/// <summary>The part of a route that is history or promise and may not be changed.</summary>
public sealed record CommittedRoute
{
    /// <summary>Executed (or under way) visits in order, with the times that really happened; they are kept first, and their constraints are not judged again.</summary>
    public IReadOnlyList<FrozenVisit> Frozen { get; init; } = [];

    /// <summary>Route start that really happened; null when the vehicle has not left.</summary>
    public int? StartedAt { get; init; }

    /// <summary>Place the vehicle is at (or will next be free at); null = the last frozen visit's place, or the start depot.</summary>
    public int? Position { get; init; }

    /// <summary>Earliest second anything not frozen may begin.</summary>
    public int ReadyAt { get; init; }

    /// <summary>Metres driven so far, frozen part included.</summary>
    public long DistanceSoFar { get; init; }

    /// <summary>Jobs on board now: they stay on this vehicle's current trip and are not reloaded.</summary>
    public IReadOnlyList<int> Loaded { get; init; } = [];

    /// <summary>The jobs of <see cref="Loaded"/> that are served keep this relative order.</summary>
    public bool KeepsLoadedOrder { get; init; }
}

/// <summary>One executed visit.</summary>
public sealed record FrozenVisit(int Job, int Alternative, int Visit, int Arrival, int Start, int Departure);
