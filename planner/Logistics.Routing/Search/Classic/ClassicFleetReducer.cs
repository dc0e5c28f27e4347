using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.Classic;

/// <summary>Serves every job with as few vehicles as it can: takes a route away and searches, with jobs left out, until all fit again.</summary>
/// <remarks>As <see cref="FleetReducer"/> does on the general solution, for problems where every job must be served.</remarks>
internal sealed class ClassicFleetReducer(CompiledProblem problem, ClassicSearch search, Annealing annealing, Budget budget)
{
    private readonly AbsenceCounts _absences = new(problem.Jobs.Count);
    private readonly int _fewest = FleetBound.Find(problem);

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
                if (budget.IsFresh) annealing.Cool(budget.Spent);
                search.TryPlace(_absences, annealing);
                budget.Count();
            }

            fewest = search.UsedCount;
            keep();
        }

        return fewest;
    }
}
