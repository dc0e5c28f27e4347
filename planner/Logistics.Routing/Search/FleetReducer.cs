using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>Serves every mandatory job with as few vehicles as it can: takes a route away and searches, with jobs left out, until all fit again.</summary>
/// <remarks>
/// Absence counters (Christiaens and Vanden Berghe 2020, §4.4): jobs that are hard to place gain weight, and a solution is kept when the weight of what it leaves out falls.
/// Used where vehicles dominate the cost, or where the first solution could not serve all.
/// </remarks>
/// <param name="cooled">How cold it searches; null = as cold as the budget is spent.</param>
internal sealed class FleetReducer(CompiledProblem problem, LocalSearch search, Annealing annealing, Budget budget, double? cooled = null)
{
    private readonly AbsenceCounts _absences = new(problem.Jobs.Count);
    private readonly int _fewest = FleetBound.Find(problem);

    /// <summary>True when one vehicle less is worth more than what its route costs to drive.</summary>
    public static bool IsWorthwhile(CompiledProblem problem, Solution solution)
    {
        long fixedCost = 0, driven = 0;
        for (int v = 0; v < solution.Routes.Length; v++)
        {
            if (!solution.Routes[v].IsUsed) continue;
            fixedCost += problem.Vehicles[v].FixedCost;
            driven += solution.Routes[v].Cost - problem.Vehicles[v].FixedCost;
        }

        return fixedCost > 2 * driven;
    }

    /// <summary>Searches until <paramref name="until"/> of the budget is spent or no route can be saved.</summary>
    /// <param name="keep">Called whenever everything fits.</param>
    /// <returns>Vehicles in use when everything last fitted; −1 when it never did.</returns>
    public int Run(double until, bool reduces, Action keep)
    {
        int fewest = search.IsComplete ? search.UsedCount : -1;
        while (fewest < 0 || (reduces && fewest > _fewest))
        {
            if (fewest >= 0) search.DropRoute(_absences);
            while (!search.IsComplete)
            {
                if (budget.IsOver || budget.Spent >= until) return fewest;
                if (budget.IsFresh) annealing.Cool(cooled ?? budget.Spent);
                search.TryPlace(_absences, annealing);
                budget.Count();
            }

            fewest = search.UsedCount;
            keep();
        }

        return fewest;
    }
}
