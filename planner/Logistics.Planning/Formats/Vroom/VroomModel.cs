using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>A task of a VROOM request: a job, or one end of a shipment.</summary>
/// <param name="Type"><c>job</c>, <c>pickup</c> or <c>delivery</c>.</param>
public sealed record VroomTask(string Type, long Id, string Description, double[]? Location, int? LocationIndex, int Priority);

/// <summary>What a VROOM vehicle says that our vehicle does not hold.</summary>
/// <param name="Durations">Its travel profile in VROOM's terms: seconds driven between places.</param>
/// <param name="Distances">Metres between places, or null when the request gave none.</param>
public sealed record VroomVehicle(long Id, string Description, VroomPlace? Start, VroomPlace? End, long Fixed, long PerHour, long PerKm, long PerTaskHour, IReadOnlyList<long> BreakIds, IReadOnlyList<string> BreakDescriptions, int[] Durations, int[]? Distances, int[]? Costs);

public sealed record VroomPlace(int Place, double[]? Location, int? LocationIndex);

/// <summary>A VROOM request as our problem, with what is needed to answer in its own ids, times and costs.</summary>
/// <param name="Epoch">Second that is 0 in <paramref name="Problem"/>.</param>
/// <param name="Tasks">Tasks of each job, by visit.</param>
/// <param name="HasAmounts">Loads are part of the answer.</param>
/// <param name="HasDistances">Distances are part of the answer (asked for by <c>options.g</c>, or given as a matrix).</param>
public sealed record VroomProblem(
    Problem Problem, int Epoch, IReadOnlyList<IReadOnlyList<VroomTask>> Tasks, IReadOnlyList<VroomVehicle> Vehicles, bool HasAmounts, bool HasDistances, VroomOptions Options)
{
    /// <summary>The plan to start the search from, as the vehicles' <c>steps</c> say; null when there are none.</summary>
    public Plan? Start { get; init; }

    /// <summary>In plan mode the routes to answer with; null where they are searched for.</summary>
    public IReadOnlyList<VroomGivenRoute>? Given { get; init; }
}

/// <summary>Travel between coordinates (lon, lat) for a profile, for requests without matrices: row-major seconds and metres.</summary>
public delegate (int[] Durations, int[] Distances) VroomLegs(string profile, IReadOnlyList<double[]> locations);
