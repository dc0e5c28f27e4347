namespace Logistics.Routing.Search.Stops;

/// <summary>Searches on for a part of the budget from a plan of stops that was changed as a whole, to see what it is worth.</summary>
/// <param name="part">Part of the stops that may have changed.</param>
internal sealed class StopPolisher(StopSearch search, Annealing annealing, Budget budget, double part = 1)
{
    private const double Share = 0.02;
    private const double PlacingShare = 0.02;

    /// <summary>Places what is left out on the vehicles in use, if that can be soon; after that others may go.</summary>
    /// <remarks>A vehicle opened for one stop that is late by seconds seldom goes again, and with it all that a plan with fewer vehicles had gained.</remarks>
    /// <param name="maxUsed">Most vehicles that may go after that.</param>
    public void Complete(int maxUsed)
    {
        for (double until = budget.Spent + (PlacingShare * part); !search.IsComplete && !IsOver(until); budget.Count()) search.TryStep(annealing);
        search.MaxUsed = maxUsed;
    }

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
