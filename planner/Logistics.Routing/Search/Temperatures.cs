using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>First and last temperature, from what a visit costs in the first solution.</summary>
/// <remarks>Costs differ by orders of magnitude between problems, so both are stated in average legs.</remarks>
internal readonly record struct Temperatures(double First, double Last)
{
    private const double FirstInLegs = 1.05;

    // Whole stops have few iterations each, and their start is a good plan: hotter, a third of the budget passes before it is any better.
    private const double FirstAmongStops = 0.3;

    private const double LastInLegs = 0.03;

    public static Temperatures Choose(CompiledProblem problem, Solution solution, bool isByStops)
    {
        double cost = 0;
        int legs = 0;
        for (int v = 0; v < solution.Routes.Length; v++)
        {
            if (!solution.Routes[v].IsUsed) continue;
            cost += solution.Routes[v].Cost - problem.Vehicles[v].FixedCost;
            legs += solution.Routes[v].Tasks + 1;
        }

        double leg = Math.Max(1e-3, cost / Math.Max(1, legs));
        return new Temperatures((isByStops ? FirstAmongStops : FirstInLegs) * leg, LastInLegs * leg);
    }
}
