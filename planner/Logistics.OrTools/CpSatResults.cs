using Logistics.OrTools.Protocol;

namespace Logistics.OrTools;

/// <summary>Names how a solve ended.</summary>
internal static class CpSatResults
{
    public static CpSatResult From(CpSolverResponse response, bool wasCancelled = false) => (response.Status, wasCancelled) switch
    {
        (CpSolverStatus.Optimal, _) => new(CpSatOutcome.Optimal, response, ""),
        (CpSolverStatus.Infeasible, _) => new(CpSatOutcome.Infeasible, response, "The model has no solution: its constraints contradict each other."),
        (CpSolverStatus.ModelInvalid, _) => new(CpSatOutcome.ModelInvalid, response, $"The solver refuses the model as invalid: {(response.SolutionInfo.Length > 0 ? response.SolutionInfo : "it gives no reason")}."),
        (_, true) => new(CpSatOutcome.Cancelled, response, "The solve was cancelled."),
        (CpSolverStatus.Feasible, _) => new(CpSatOutcome.Feasible, response, "Out of time with a solution that is not proven optimal."),
        _ => new(CpSatOutcome.OutOfTime, response, "Out of time before a solution was found. Allow more time or cut the problem into smaller ones."),
    };

    public static CpSatResult FromFailure(string message) => IsMemory(message)
        ? new(CpSatOutcome.OutOfMemory, null, $"The solver ran out of memory (2 GiB at most): {message}. Cut the problem into smaller ones.")
        : new(CpSatOutcome.Crashed, null, $"The solver failed: {message}. The next solve uses a new process.");

    private static bool IsMemory(string message) =>
        message.Contains("memory", StringComparison.OrdinalIgnoreCase)
        || message.Contains("OOM", StringComparison.Ordinal)
        || message.Contains("bad_alloc", StringComparison.Ordinal);
}
