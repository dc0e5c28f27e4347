namespace Logistics.Domain;

/// <summary>One shift's work: trips from the hub and back, with breaks between.</summary>
public sealed record PlannedRoute(string Id, string ShiftId, string VehicleId, string CourierId, string HubId)
{
    public DateTimeOffset Start { get; init; }
    public DateTimeOffset End { get; init; }
    public IReadOnlyList<PlannedTrip> Trips { get; init; } = [];
    public IReadOnlyList<PlannedBreak> Breaks { get; init; } = [];
    public int DistanceMetres { get; init; }
    public int TravelSeconds { get; init; }
    public int ServiceSeconds { get; init; }
    public int WaitingSeconds { get; init; }
    public int OvertimeSeconds { get; init; }
    public PlanCost Cost { get; init; } = new();

    /// <summary>Locked routes are kept as they are when the plan is re-optimised.</summary>
    public bool IsLocked { get; init; }
}

/// <summary>From loading at the hub to the return there.</summary>
/// <param name="Number">1-based within the route.</param>
public sealed record PlannedTrip(int Number, DateTimeOffset LoadStart, DateTimeOffset Depart, DateTimeOffset Return)
{
    public IReadOnlyList<PlannedStop> Stops { get; init; } = [];
    public int LoadGrams { get; init; }
    public int LoadMillilitres { get; init; }
    public int LoadCount { get; init; }

    /// <summary>The last leg, back to the hub.</summary>
    public int ReturnMetres { get; init; }

    public int ReturnSeconds { get; init; }
}

/// <summary>One parking place; its tasks are the parcels handled there.</summary>
/// <param name="Sequence">1-based within the trip.</param>
/// <param name="TerminalId">Null at a door.</param>
public sealed record PlannedStop(int Sequence, string? TerminalId, GeoPoint Location, DateTimeOffset Arrive, DateTimeOffset ServiceStart, DateTimeOffset Depart)
{
    public string? Name { get; init; }
    public int LegMetres { get; init; }
    public int LegSeconds { get; init; }
    public int SetupSeconds { get; init; }

    /// <summary>How much later service could start without breaking any window downstream.</summary>
    public int SlackSeconds { get; init; }

    public TimeWindow? Window { get; init; }
    public IReadOnlyList<PlannedTask> Tasks { get; init; } = [];

    /// <summary>Parcels fetched here from a vehicle that broke down; each is delivered later on the route.</summary>
    public IReadOnlyList<string> TakenOver { get; init; } = [];
}

/// <param name="OptionIndex">Which of the parcel's options was chosen.</param>
/// <param name="CompartmentSize">Size class taken at a terminal; may be larger than the parcel's.</param>
public sealed record PlannedTask(string ParcelId, int OptionIndex, SizeClass? CompartmentSize, int HandlingSeconds)
{
    public ParcelFlow Flow { get; init; } = ParcelFlow.Delivery;
}

/// <param name="AfterStop">The stop (trip number, sequence) it follows; 0 is the hub.</param>
public sealed record PlannedBreak(DateTimeOffset Start, int DurationSeconds, int TripNumber, int AfterStop);
