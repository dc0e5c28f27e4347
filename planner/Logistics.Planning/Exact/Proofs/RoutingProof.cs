using Logistics.OrTools;
using Logistics.OrTools.Protocol;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Exact.Proofs;

/// <summary>The least cost that any plan of a problem can have.</summary>
/// <param name="Outcome">Optimal: <paramref name="Bound"/> is the optimum. Infeasible: no plan serves all jobs that must be served.</param>
/// <param name="Message">One sentence for people; empty for a proven optimum.</param>
/// <param name="Best">Cost of the best plan that the proof found; null without one.</param>
/// <param name="Bound">No plan costs less.</param>
/// <param name="Routes">The plan that costs <paramref name="Best"/>, for the scheduler to time; empty without one.</param>
public sealed record ProvenCost(CpSatOutcome Outcome, string Message, long? Best, long Bound, IReadOnlyList<BareRoute> Routes);

/// <summary>Proves the optimum of small routing problems, to test the search against.</summary>
public static class RoutingProof
{
    /// <summary>Solves <paramref name="problem"/> exactly within <paramref name="limit"/>.</summary>
    /// <param name="known">A legal plan with its cost: the proof starts from it and looks only for plans that are no dearer. Null to start from nothing.</param>
    /// <exception cref="NotSupportedException">The problem uses what the exact model does not know; the message names everything.</exception>
    public static async Task<ProvenCost> ProveAsync(ICpSat solver, Problem problem, TimeSpan limit, (IReadOnlyList<BareRoute> Routes, long Cost)? known = null, CancellationToken cancellationToken = default)
    {
        if (ProofLimits.ListUnsupported(problem) is { Count: > 0 } unsupported) throw new NotSupportedException(string.Join('\n', unsupported));
        var model = new ProofModel(problem);
        if (known is { } plan) model.Hint(plan.Routes, plan.Cost);
        // Level 2 puts the circuits' cuts into the relaxation, without which the bound of most problems hardly moves. Where jobs stay out because of their times the
        // relaxation says nothing however strong it is, and the quick nodes of level 1 prove in seconds what level 2 does not in a minute.
        var result = await SolveAsync(level: 2, limit / 4);
        if (result.Outcome is CpSatOutcome.Feasible or CpSatOutcome.OutOfTime)
        {
            var quick = await SolveAsync(level: 1, limit - (limit / 4));
            if (quick.Outcome is CpSatOutcome.Optimal or CpSatOutcome.Infeasible || !result.HasSolution) result = quick;
        }

        return result.HasSolution
            ? new(result.Outcome, result.Message, (long)Math.Round(result.Response!.ObjectiveValue), (long)Math.Ceiling(result.Response.BestObjectiveBound - 1e-6), model.ReadRoutes(result.Response))
            : new(result.Outcome, result.Message, null, 0, []);

        Task<CpSatResult> SolveAsync(int level, TimeSpan share) => solver.SolveAsync(
            model.Builder.Model, new SatParameters { MaxTimeInSeconds = share.TotalSeconds, LinearizationLevel = level, CpModelProbingLevel = 0 }, null, cancellationToken);
    }
}
