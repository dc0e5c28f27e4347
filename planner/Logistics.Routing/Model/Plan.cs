namespace Logistics.Routing.Model;

/// <summary>An answer to a problem: timed routes, what was left out, and the cost with its parts.</summary>
public sealed record Plan
{
    public required IReadOnlyList<Route> Routes { get; init; }

    /// <summary>Jobs left out, by index, ascending.</summary>
    public required IReadOnlyList<int> Unserved { get; init; }

    public required CostBreakdown Cost { get; init; }
}

/// <summary>A used vehicle's day: a start, visits, reloads and breaks in order, an end.</summary>
public sealed record Route
{
    public required int Vehicle { get; init; }
    public required IReadOnlyList<RouteStep> Steps { get; init; }
    public required CostBreakdown Cost { get; init; }
}

public enum StepKind { Start, Visit, Reload, Break, End }

/// <summary>One activity of a route. Times are seconds; arrival ≤ start ≤ departure.</summary>
public sealed record RouteStep
{
    public required StepKind Kind { get; init; }

    /// <summary>Place of the activity; a break happens where the vehicle is.</summary>
    public required int Place { get; init; }

    /// <summary>Job, alternative and visit index for <see cref="StepKind.Visit"/>, else −1.</summary>
    public int Job { get; init; } = -1;
    public int Alternative { get; init; } = -1;
    public int Visit { get; init; } = -1;

    /// <summary>Depot index for start, reload and end, else −1.</summary>
    public int Depot { get; init; } = -1;

    /// <summary>Index into the vehicle's breaks, else −1.</summary>
    public int Break { get; init; } = -1;

    /// <summary>When it gets there. Start: when the route begins (loading begins).</summary>
    public required int Arrival { get; init; }

    /// <summary>When the activity (setup, then handling; loading; rest) begins; start − arrival is waiting.</summary>
    public required int Start { get; init; }

    /// <summary>When the activity ends. The next leg leaves at this second, or later if a closed leg has to be waited out.</summary>
    public required int Departure { get; init; }

    /// <summary>Load on board after the activity, per dimension.</summary>
    public IReadOnlyList<long> Load { get; init; } = [];

    /// <summary>Metres driven since the route's start.</summary>
    public long DistanceSoFar { get; init; }

    /// <summary>Class given for each of the visit's resource uses (≥ the class asked for).</summary>
    public IReadOnlyList<int> GivenClasses { get; init; } = [];
}

/// <summary>Parts of the objective, cost units. <see cref="Total"/> is their sum.</summary>
public sealed record CostBreakdown
{
    public long Unserved { get; init; }
    public long Fixed { get; init; }
    public long Distance { get; init; }
    public long Duration { get; init; }
    public long Overtime { get; init; }
    public long Lateness { get; init; }
    public long Preference { get; init; }
    public long Balance { get; init; }
    public long Disturbance { get; init; }

    public long Total => Unserved + Fixed + Distance + Duration + Overtime + Lateness + Preference + Balance + Disturbance;
}
