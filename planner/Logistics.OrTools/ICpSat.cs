using Logistics.OrTools.Protocol;

namespace Logistics.OrTools;

/// <summary>OR-Tools' CP-SAT: an exact solver for integer programs with logic, circuits and automata.</summary>
/// <remarks>Thread-safe. Implementations: a WebAssembly solver in child processes, and the native library in process (docs/exact-engine.md).</remarks>
public interface ICpSat : IAsyncDisposable
{
    /// <summary>Solves <paramref name="model"/> until optimal, infeasible, out of time or cancelled.</summary>
    /// <param name="model">The model; not kept and not changed.</param>
    /// <param name="parameters">Null for the solver's defaults. Without a time limit <see cref="CpSatOptions.DefaultTimeLimit"/> applies.</param>
    /// <param name="progress">Told of each better solution and bound while the solver works.</param>
    /// <param name="cancellationToken">Ends the solve with <see cref="CpSatOutcome.Cancelled"/>, not with an exception.</param>
    /// <returns>Always a result: what went wrong, if anything, is its outcome and message.</returns>
    Task<CpSatResult> SolveAsync(CpModelProto model, SatParameters? parameters = null, IProgress<CpSatProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Asks whether this engine can solve on this machine.</summary>
    /// <returns>What is missing and its remedy; null if nothing is.</returns>
    Task<string?> FindProblemAsync(CancellationToken cancellationToken = default);
}

/// <summary>How a solve ended.</summary>
public enum CpSatOutcome
{
    /// <summary>The solution is proven optimal (or, without an objective, found).</summary>
    Optimal,

    /// <summary>There is a solution; its distance to the bound is not closed.</summary>
    Feasible,

    /// <summary>Proven to have no solution.</summary>
    Infeasible,

    /// <summary>The time limit came before a solution.</summary>
    OutOfTime,

    /// <summary>The solver refuses the model as malformed.</summary>
    ModelInvalid,

    /// <summary>The model is larger than the engine takes.</summary>
    ModelTooLarge,

    /// <summary>The caller gave up.</summary>
    Cancelled,

    /// <summary>The engine is not installed; the message holds the remedy.</summary>
    Unavailable,

    /// <summary>The solver's process died.</summary>
    Crashed,

    /// <summary>The solver ran out of memory.</summary>
    OutOfMemory,

    /// <summary>The solver did not stop at its time limit and was killed.</summary>
    Hung,
}

/// <summary>A solve's end.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Response">The solver's answer; null if none came.</param>
/// <param name="Message">One sentence for people: cause and remedy; empty for <see cref="CpSatOutcome.Optimal"/>.</param>
public sealed record CpSatResult(CpSatOutcome Outcome, CpSolverResponse? Response, string Message)
{
    /// <summary>True if <see cref="Response"/> holds a solution.</summary>
    public bool HasSolution => Outcome is CpSatOutcome.Optimal or CpSatOutcome.Feasible
        || (Outcome is CpSatOutcome.Cancelled && Response is { Solution.Count: > 0 });

    /// <summary>Relative distance of the objective to the bound, |best − bound| / max(1, |best|); 0 when optimal, infinite without a solution.</summary>
    public double RelativeGap => !HasSolution ? double.PositiveInfinity
        : Math.Abs(Response!.ObjectiveValue - Response.BestObjectiveBound) / Math.Max(1, Math.Abs(Response.ObjectiveValue));
}

/// <summary>A better solution or bound, seen while the solver works.</summary>
/// <param name="Elapsed">Since the solver started.</param>
/// <param name="Solutions">Solutions found so far.</param>
/// <param name="Objective">Best objective; null before the first solution.</param>
/// <param name="Bound">Proven limit of any objective; null before the first bound.</param>
public sealed record CpSatProgress(TimeSpan Elapsed, int Solutions, double? Objective, double? Bound);
