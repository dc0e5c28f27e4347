namespace Logistics.Routing.Search.Stops;

/// <summary>Searches on for a part of the budget from a plan of stops that was changed as a whole, to see what it is worth.</summary>
/// <param name="part">Part of the stops that may have changed.</param>
internal sealed class StopPolisher(StopSearch search, Annealing annealing, Budget budget, double part = 1)
{
    private const double Share = 0.02;

    /// <param name="best">Cost of the best plan.</param>
    /// <param name="keep">Called when the current plan is cheaper than that.</param>
    /// <returns>True when it was cheaper than the best at some time.</returns>
    public bool TryPolish(Func<long> best, Action keep)
    {
        bool isCheaper = search.Cost < best();
        if (isCheaper) keep();
        for (double until = budget.Spent + (Share * part); !IsOver(until);)
        {
            if (search.TryStep(annealing) && search.Cost < best())
            {
                keep();
                isCheaper = true;
            }

            budget.Count();
        }

        return isCheaper;
    }

    /// <summary>True when a part of the budget is spent; cools on the way.</summary>
    public bool IsOver(double until)
    {
        if (budget.IsFresh) annealing.Cool(budget.Spent);
        return budget.IsOver || budget.Spent >= until;
    }
}
