using System.Diagnostics;
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

    /// <summary>Share of the time that a search for a start may use; it needs one or two seconds where nothing else runs.</summary>
    private const double SearchShare = 0.2;

    /// <summary>Solves <paramref name="problem"/> within <paramref name="limit"/>. A hub whose turn comes when the time is over gets a quick roster, not none.</summary>
    /// <exception cref="ArgumentException">The problem is not sound; the message holds every error of <see cref="RosterValidation"/>.</exception>
    /// <returns>The best roster found; without duties if there was none, and its message says why.</returns>
    public static async Task<Roster> SolveAsync(ICpSat solver, RosterProblem problem, TimeSpan limit, IProgress<RosterProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (RosterValidation.ListErrors(problem) is { Count: > 0 } errors) throw new ArgumentException(string.Join('\n', errors), nameof(problem));
        var (parts, solved) = (RosterParts.Split(problem), new List<Roster>());
        if (parts.Count == 1) return await SolvePartAsync(solver, problem, limit, progress, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        foreach (var part in parts)
        {
            // What the parts before did not need is for those that are left, by their size.
            var waiting = parts.Skip(solved.Count).Sum(p => p.Couriers.Count + 1.0);
            var roster = await SolvePartAsync(solver, part, (limit - Stopwatch.GetElapsedTime(start)) * ((part.Couriers.Count + 1) / waiting), progress, cancellationToken);
            if (roster.Duties.Count == 0 && roster.Outcome is CpSatOutcome.ModelInvalid or CpSatOutcome.Infeasible) return roster;
            solved.Add(roster);
        }

        // A share may be too short for its hub while others needed less: what is left goes to those that ended unproven.
        for (var i = 0; i < parts.Count && !cancellationToken.IsCancellationRequested; i++)
        {
            var left = limit - Stopwatch.GetElapsedTime(start);
            if (left < limit * SearchShare) break;
            if (solved[i] is { IsProvenOptimal: false, Outcome: CpSatOutcome.Feasible or CpSatOutcome.OutOfTime } weak) solved[i] = RosterParts.Better(weak, await SolvePartAsync(solver, parts[i], left, progress, cancellationToken));
        }

        return RosterParts.Join(problem, solved);
    }

    private static async Task<Roster> SolvePartAsync(ICpSat solver, RosterProblem problem, TimeSpan limit, IProgress<RosterProgress>? progress, CancellationToken cancellationToken)
    {
        var model = new RosterModel(problem);
        var brokenness = model.Brokenness();
        var watch = Stopwatch.GetTimestamp();
        progress?.Report(new(RosterStep.Search, TimeSpan.Zero, null, null));
        var start = await SearchAsync(problem, model, RosterStart.Find(problem, model), limit * SearchShare, cancellationToken);
        var first = await BreakLeastAsync(solver, model, brokenness, start, limit * FirstShare, Steps(progress, RosterStep.Demand, watch), cancellationToken);
        if (!first.HasSolution) return new Roster { Outcome = first.Outcome, Message = first.Message };

        var price = (long)Math.Round(first.Response!.ObjectiveValue);
        // The first step cares for nothing but its price, so a better answer of its own is polished again.
        if (price < brokenness.ValueIn(start)) start = await SearchAsync(problem, model, first.Response.Solution, limit * SearchShare, cancellationToken);
        model.Builder.AddLinear(brokenness, CpModelBuilder.NoMin, price);
        var preferences = new RosterPreferences(problem, model);
        start = preferences.Complete(start);
        model.Builder.Minimize(preferences.Sum);
        model.Builder.HintAll(start);
        var second = await solver.SolveAsync(model.Builder.Model, Parameters(limit - Stopwatch.GetElapsedTime(watch)), Steps(progress, RosterStep.Wishes, watch), cancellationToken);
        if (!IsAsGood(second, preferences.Sum.ValueIn(start)))
        {
            // The search's roster stands, whatever became of the proof.
            var bound = Math.Max(0, second.Response?.BestObjectiveBound ?? 0);
            second = second with { Response = new CpSolverResponse { Solution = { start }, ObjectiveValue = preferences.Sum.ValueIn(start), BestObjectiveBound = bound }, Message = $"The roster is that of the search alone, and unproven. {second.Message}" };
        }

        return Read(problem, model, first, second);
    }

    /// <summary>Ends early on a slow machine, so that the proofs keep their share of the time.</summary>
    private static async Task<long[]> SearchAsync(RosterProblem problem, RosterModel model, IReadOnlyList<long> start, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(limit > TimeSpan.Zero ? limit : TimeSpan.Zero);
        return await Task.Run(() => RosterSearch.Improve(problem, model, start, enough.Token), CancellationToken.None);
    }

    /// <summary>The first step. The start answers it alone where nothing need be broken, and where the solver has no better answer (no time, no Node).</summary>
    private static async Task<CpSatResult> BreakLeastAsync(ICpSat solver, RosterModel model, LinearSum brokenness, long[] start, TimeSpan limit, IProgress<CpSatProgress>? progress, CancellationToken cancellationToken)
    {
        var own = new CpSolverResponse { Status = CpSolverStatus.Feasible, ObjectiveValue = brokenness.ValueIn(start), Solution = { start } };
        if (own.ObjectiveValue == 0) return new CpSatResult(CpSatOutcome.Optimal, own, "");
        model.Builder.Minimize(brokenness);
        model.Builder.HintAll(start);
        var solved = await solver.SolveAsync(model.Builder.Model, Parameters(limit), progress, cancellationToken);
        if (IsAsGood(solved, own.ObjectiveValue) || solved.Outcome is CpSatOutcome.Infeasible or CpSatOutcome.ModelInvalid) return solved;
        own.BestObjectiveBound = Math.Max(0, solved.Response?.BestObjectiveBound ?? 0);
        return new CpSatResult(CpSatOutcome.Feasible, own, solved.Message);
    }

    /// <summary>A solver that runs out of time may not have come to the hint it was given: its answer then is worse than the start.</summary>
    private static bool IsAsGood(CpSatResult solved, double start) => solved.HasSolution && solved.Response!.ObjectiveValue <= start + 1e-6;

    private static StepReports? Steps(IProgress<RosterProgress>? progress, RosterStep step, long watch) => progress is null ? null : new StepReports(progress, step, watch);

    // Measured: presolve costs three times the search here and the relaxation is as tight without it (docs/benchmarks-exact.md).
    private static SatParameters Parameters(TimeSpan limit) => new() { MaxTimeInSeconds = Math.Max(1, limit.TotalSeconds), CpModelPresolve = false };

    private static Roster Read(RosterProblem problem, RosterModel model, CpSatResult first, CpSatResult second)
    {
        var response = second.Response!;
        var duties = VehicleAllocation.Allocate(problem, model.Options.Where(o => response.IsTrue(o.IsTaken)));
        var brokenLocks = model.Kept.Count(kept => kept is not { } literal || !response.IsTrue(literal));
        var shortage = problem.Demand.Zip(model.Shortages, (d, s) => s is { } v ? response.Value(v) * (d.EndMinute - d.StartMinute) * d.Priority : 0).Sum();
        return new Roster
        {
            Outcome = first.Outcome == CpSatOutcome.Feasible && second.Outcome == CpSatOutcome.Optimal ? CpSatOutcome.Feasible : second.Outcome,
            Message = second.Message,
            Duties = duties,
            BrokenWishes = BrokenWishes.List(problem, duties),
            Coverage = BrokenWishes.ListCoverage(problem, duties),
            Shortage = shortage,
            ShortageBound = (long)Math.Ceiling(Math.Max(0, first.Response!.BestObjectiveBound - (brokenLocks * (double)model.LockPrice)) - 1e-6),
            Points = response.ObjectiveValue / RosterPreferences.Scale,
            PointsBound = response.BestObjectiveBound / RosterPreferences.Scale,
        };
    }

    /// <summary>Turns the solver's units into the roster's.</summary>
    private sealed class StepReports(IProgress<RosterProgress> progress, RosterStep step, long watch) : IProgress<CpSatProgress>
    {
        public void Report(CpSatProgress value)
        {
            var scale = step == RosterStep.Wishes ? RosterPreferences.Scale : 1.0;
            progress.Report(new(step, Stopwatch.GetElapsedTime(watch), value.Objective / scale, value.Bound / scale));
        }
    }
}
