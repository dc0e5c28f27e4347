using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Exhaustive;

/// <summary>A route that some vehicle of a class could drive.</summary>
/// <param name="Mask">Free jobs it serves, as bits.</param>
/// <param name="Alternatives">How it serves them.</param>
/// <param name="Nodes">Between start and end; reloads are those of the vehicle it was listed for.</param>
/// <param name="Cost">Everything but preferences and disturbance.</param>
/// <param name="Measure">What the balance compares; 0 without one.</param>
/// <param name="Begin">Second it begins.</param>
/// <param name="Uses">Slotted units and docks it takes.</param>
internal sealed record ListedRoute(int Mask, int[] Alternatives, int[] Nodes, long Cost, long Measure, int Begin, (CompiledUse Use, int Slot)[] Uses);
