using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>First and last temperature, from what a visit costs in the first solution.</summary>
/// <remarks>Costs differ by orders of magnitude between problems, so both are stated in average legs.</remarks>
internal readonly record struct Temperatures(double First, double Last)
{
    private const double FirstInLegs = 0.3;
    private const double LastInLegs = 0.003;

    // Rules that tie routes together (kinds of vehicles, prizes, trips, limits) make valleys deeper.
    private const double RichFactor = 3.5;
    private const double RichLastFactor = 10;

    /// <param name="isRich">The problem asks for more than windows, one load and pairs.</param>
    public static Temperatures Choose(CompiledProblem problem, Solution solution, bool isRich)
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
        return isRich ? new Temperatures(RichFactor * FirstInLegs * leg, RichLastFactor * LastInLegs * leg) : new Temperatures(FirstInLegs * leg, LastInLegs * leg);
    }
}
