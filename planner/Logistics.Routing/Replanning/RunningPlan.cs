using Logistics.Routing.Model;

namespace Logistics.Routing.Replanning;

/// <summary>A plan in execution.</summary>
/// <param name="Problem">The problem as it stands now: what was done or is under way is each vehicle's <see cref="Vehicle.Committed"/> part, nothing that is past can be chosen any more.</param>
/// <param name="Plan">How the rest is to be done; legal for <paramref name="Problem"/>.</param>
/// <param name="Now">Second of the problem's clock.</param>
public sealed record RunningPlan(Problem Problem, Plan Plan, int Now)
{
    /// <summary>Splits a plan at a second into what is history and what can still be changed.</summary>
    /// <param name="problem">The problem the plan was made for, or that of an earlier <see cref="RunningPlan"/>.</param>
    /// <param name="plan">A legal plan whose past steps state what really happened.</param>
    /// <param name="rules">What counts as history; null = the defaults.</param>
    public static RunningPlan At(Problem problem, Plan plan, int now, HistoryRules? rules = null)
    {
        var history = new History(problem, now, rules ?? new HistoryRules());
        var remaining = history.Take(plan);
        // What really happened may already have broken a limit.
        var relief = new LimitRelief(history.Problem);
        relief.RelieveVehicles();
        return new RunningPlan(relief.Problem, KeptPlan.Of(relief.Problem, remaining).Plan, now);
    }

    /// <summary>Jobs whose last visit is history.</summary>
    public IReadOnlySet<int> ListDone() => Problem.Vehicles.SelectMany(v => v.Committed?.Frozen ?? [])
        .Where(f => f.Visit == Problem.Jobs[f.Job].Alternatives[f.Alternative].Visits.Count - 1).Select(f => f.Job).ToHashSet();
}

/// <summary>What of a running plan may not be changed beside what is executed.</summary>
public sealed record HistoryRules
{
    /// <summary>Work that begins within so many seconds from now is kept as promised.</summary>
    public int FrozenSeconds { get; init; }

    /// <summary>Goods on board are delivered in the order they were loaded for.</summary>
    public bool KeepsLoadedOrder { get; init; } = true;
}
