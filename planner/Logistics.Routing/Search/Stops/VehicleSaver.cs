namespace Logistics.Routing.Search.Stops;

/// <summary>Tries the plan with one vehicle less, early in a search among stops: whether a vehicle drives at all is settled there, and annealing hardly ever empties a whole route.</summary>
/// <remarks>
/// A route is taken away and its stops wait until all have found another place (absence counters as in <see cref="FleetReducer"/>), what was served as if it had to be, or until the plan is cheaper
/// than the best without the rest; then it is polished for a while. It is kept when it is cheaper than the best by then, and given up otherwise.
/// </remarks>
internal sealed class VehicleSaver(StopSearch search, Annealing annealing, Budget budget)
{
    // Parts of the budget: for all of it, and for finding a place for everything on a route.
    private const double Until = 0.55;
    private const double PlacingShare = 0.02;
    private const int MostFailures = 8;

    private readonly StopPolisher _polisher = new(search, annealing, budget);

    /// <param name="best">Cost of the best plan.</param>
    /// <param name="keep">Called when the current plan is cheaper than that.</param>
    public void Run(Func<long> best, Action keep, int maxUsed)
    {
        for (int failures = 0; failures < MostFailures && !budget.IsOver && budget.Spent < Until && search.UsedCount > 1;)
        {
            search.Mark();
            bool isCheaper = TryPlace(best) && _polisher.TryPolish(best, keep);
            search.Release(isBack: !isCheaper, maxUsed);
            failures = isCheaper ? 0 : failures + 1;
        }
    }

    /// <summary>Finds places for what was on the route, until all have one or the plan is cheaper than the best without the rest; false when it runs out of time.</summary>
    private bool TryPlace(Func<long> best)
    {
        var absences = new AbsenceCounts(search.JobCount);
        double until = budget.Spent + PlacingShare;
        search.DropRoute(absences);
        while (!search.IsComplete && search.Cost >= best())
        {
            if (_polisher.IsOver(until)) return false;
            search.TryPlace(absences, annealing);
            budget.Count();
        }

        return true;
    }
}
