using Logistics.OrTools;
using Logistics.OrTools.Modelling;
using Logistics.OrTools.Protocol;

namespace Logistics.Planning.Exact.Assignments;

/// <summary>The cheapest assignment and the cost that none can go below.</summary>
/// <param name="Outcome">How the solve ended.</param>
/// <param name="Message">One sentence for people; empty for a proven optimum.</param>
/// <param name="Choices">Where each parcel goes, in the problem's order; empty without a solution. Usable as a planner's warm start.</param>
/// <param name="Cost">Cost of <paramref name="Choices"/>.</param>
/// <param name="Bound">Proven lower bound of any assignment's cost.</param>
public sealed record AssignmentOptimum(CpSatOutcome Outcome, string Message, IReadOnlyList<AssignmentChoice> Choices, long Cost, long Bound);

/// <summary>What a plan gives up in preference against the best assignment.</summary>
/// <param name="PlanCost">Preference cost of the plan's choices.</param>
/// <param name="BestCost">The optimum's, or the bound's where no optimum is known.</param>
public sealed record AssignmentComparison(long PlanCost, long BestCost)
{
    /// <summary>Share of preference given up, such as 0.013 for 1.3 %; 0 if the plan is as good as any.</summary>
    public double GivenUp => BestCost == 0 ? 0 : (PlanCost - BestCost) / (double)BestCost;
}

/// <summary>Finds the assignment that bounds every plan's preference cost.</summary>
public static class AssignmentBound
{
    /// <summary>Solves <paramref name="problem"/> within <paramref name="limit"/>.</summary>
    /// <exception cref="ArgumentException">The problem is not sound; the message holds every error.</exception>
    public static async Task<AssignmentOptimum> SolveAsync(ICpSat solver, AssignmentProblem problem, TimeSpan limit, IProgress<CpSatProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (AssignmentCosts.ListErrors(problem) is { Count: > 0 } errors) throw new ArgumentException(string.Join('\n', errors), nameof(problem));
        var model = new AssignmentModel(problem);
        model.Builder.HintAll(model.FindStart());
        // Measured: the relaxation is all but integral, and presolve costs more than the search (docs/benchmarks-exact.md).
        var parameters = new SatParameters { MaxTimeInSeconds = Math.Max(1, limit.TotalSeconds), CpModelPresolve = false };
        var result = await solver.SolveAsync(model.Builder.Model, parameters, progress, cancellationToken);
        if (!result.HasSolution) return new(result.Outcome, result.Message, [], 0, 0);
        var terminals = model.Choices.Select(choices => choices.Where(c => result.Response!.IsTrue(c.IsChosen)).Select(c => (int?)c.Terminal).FirstOrDefault()).ToArray();
        var bound = (long)Math.Ceiling(result.Response!.BestObjectiveBound - 1e-6);
        return new(result.Outcome, result.Message, GiveCompartments(problem, terminals), AssignmentCosts.Total(problem, terminals), bound);
    }

    /// <summary>Compares a plan's choices, one terminal per parcel in the problem's order, with the optimum.</summary>
    public static AssignmentComparison Compare(AssignmentProblem problem, IReadOnlyList<int?> planTerminals, AssignmentOptimum optimum) =>
        new(AssignmentCosts.Total(problem, planTerminals), optimum.Outcome == CpSatOutcome.Optimal ? optimum.Cost : optimum.Bound);

    private static AssignmentChoice[] GiveCompartments(AssignmentProblem problem, int?[] terminals)
    {
        var choices = problem.Parcels.Select(p => new AssignmentChoice(p.Id, null, null)).ToArray();
        foreach (var group in Enumerable.Range(0, terminals.Length).Where(p => terminals[p] is not null).GroupBy(p => terminals[p]!.Value))
        {
            var parcels = group.ToList();
            var classes = CompartmentAllocation.Allocate([.. parcels.Select(p => problem.Parcels[p].SizeClass)], problem.Terminals[group.Key].FreeCompartments);
            foreach (var (parcel, sizeClass) in parcels.Zip(classes)) choices[parcel] = choices[parcel] with { Terminal = group.Key, SizeClass = sizeClass };
        }

        return choices;
    }
}
