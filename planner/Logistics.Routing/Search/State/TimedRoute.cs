using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>The times a walk gave a route. Immutable.</summary>
/// <remarks>
/// Where slots are shared between routes, a route walked again later may find other slots taken; so the times are kept with the route instead of being found anew.
/// </remarks>
internal sealed record TimedRoute
{
    public required int[] Nodes { get; init; }
    public required int[] Arrivals { get; init; }
    public required int[] Starts { get; init; }
    public required int[] Departures { get; init; }
    public required long[] DistancesSoFar { get; init; }

    /// <summary>Breaks: position they follow, arrival, start.</summary>
    public required (int Position, int Arrival, int Start)[] Rests { get; init; }

    /// <summary>Slotted units taken.</summary>
    public required (CompiledUse Use, int Slot)[] Uses { get; init; }
    public required long Distance { get; init; }
    public required long Travel { get; init; }
    public required long Lateness { get; init; }
    public required int Duration { get; init; }
}
