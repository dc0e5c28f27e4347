using Logistics.OrTools;
using Logistics.OrTools.Modelling;
using Logistics.OrTools.Protocol;

namespace Logistics.Planning.Exact.Rosters;

/// <summary>Finds the best roster in two steps: first break as little as possible, then please as much as possible.</summary>
/// <remarks>
/// One objective with huge weights would hide the second step's gap behind the first one's price, so each is minimised, and
/// proven, by itself.
/// </remarks>
public static class RosterSolver
{
    /// <summary>Share of the time that the first step may use.</summary>
    private const double FirstShare = 0.4;

    /// <summary>Solves <paramref name="problem"/> within <paramref name="limit"/>.</summary>
    /// <exception cref="ArgumentException">The problem is not sound; the message holds every error of <see cref="RosterValidation"/>.</exception>
    /// <returns>The best roster found; without duties if there was none, and its message says why.</returns>
    public static async Task<Roster> SolveAsync(ICpSat solver, RosterProblem problem, TimeSpan limit, IProgress<CpSatProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (RosterValidation.ListErrors(problem) is { Count: > 0 } errors) throw new ArgumentException(string.Join('\n', errors), nameof(problem));
        var model = new RosterModel(problem);
        var brokenness = model.Brokenness();
        model.Builder.Minimize(brokenness);
        var first = await solver.SolveAsync(model.Builder.Model, Parameters(limit * FirstShare), progress, cancellationToken);
        if (!first.HasSolution) return new Roster { Outcome = first.Outcome, Message = first.Message };

        var price = (long)Math.Round(first.Response!.ObjectiveValue);
        model.Builder.AddLinear(brokenness, CpModelBuilder.NoMin, price);
        var preferences = RosterPreferences.Add(problem, model);
        model.Builder.Minimize(preferences);
        for (var i = 0; i < first.Response.Solution.Count; i++) model.Builder.Hint(new IntVar(i), first.Response.Solution[i]);
        var left = limit - TimeSpan.FromSeconds(first.Response.WallTime);
        var second = await solver.SolveAsync(model.Builder.Model, Parameters(left), progress, cancellationToken);
        return Read(problem, model, first, second);
    }

    // Measured: presolve costs three times the search here and the relaxation is as tight without it (docs/benchmarks-exact.md).
    private static SatParameters Parameters(TimeSpan limit) => new() { MaxTimeInSeconds = Math.Max(1, limit.TotalSeconds), CpModelPresolve = false };

    private static Roster Read(RosterProblem problem, RosterModel model, CpSatResult first, CpSatResult second)
    {
        var response = second.HasSolution ? second.Response! : first.Response!;
        var duties = VehicleAllocation.Allocate(problem, model.Options.Where(o => response.IsTrue(o.IsTaken)));
        var brokenLocks = model.Kept.Count(kept => kept is not { } literal || !response.IsTrue(literal));
        var shortage = problem.Demand.Zip(model.Shortages, (d, s) => s is { } v ? response.Value(v) * (d.EndMinute - d.StartMinute) * d.Priority : 0).Sum();
        return new Roster
        {
            Outcome = second.HasSolution && first.Outcome == CpSatOutcome.Feasible ? CpSatOutcome.Feasible : second.Outcome,
            Message = second.HasSolution ? second.Message : $"Coverage only, wishes were not weighed: {second.Message}",
            Duties = duties,
            BrokenWishes = BrokenWishes.List(problem, duties),
            Coverage = [.. problem.Demand.Select(d => new RosterCoverage(d, BrokenWishes.Covering(problem, duties, d)))],
            Shortage = shortage,
            ShortageBound = (long)Math.Ceiling(Math.Max(0, first.Response!.BestObjectiveBound - (brokenLocks * (double)model.LockPrice)) - 1e-6),
            Points = second.HasSolution ? second.Response!.ObjectiveValue / RosterPreferences.Scale : double.NaN,
            PointsBound = second.HasSolution ? second.Response!.BestObjectiveBound / RosterPreferences.Scale : double.NaN,
        };
    }
}
