using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Days.Explaining;

/// <summary>Whether one vehicle could do what it does and the asked jobs too, in any order, found by a short search and judged by the checker.</summary>
internal static class SliceTrial
{
    // The asked jobs are put in before the first round; the rounds shift the others to make room.
    private const int Iterations = 60;

    /// <summary>In any order, the others shifted to make room.</summary>
    /// <returns>A legal plan that serves everything; null when the search found none.</returns>
    public static (Plan Plan, long Cost)? Find(Problem slice, Plan start, IReadOnlyCollection<int> asked, CancellationToken cancellation) => Find(slice, start, asked, Iterations, cancellation);

    /// <summary>Put in where they fit best, the others in their present order: ten times quicker.</summary>
    /// <returns>A legal plan that serves everything; null when there is no such place.</returns>
    public static (Plan Plan, long Cost)? Insert(Problem slice, Plan start, IReadOnlyCollection<int> asked, CancellationToken cancellation) => Find(slice, start, asked, 0, cancellation);

    private static (Plan Plan, long Cost)? Find(Problem slice, Plan start, IReadOnlyCollection<int> asked, int iterations, CancellationToken cancellation)
    {
        // What the vehicle does now is required; the asked jobs are worth more than any detour, so that they are left out only for want of a way.
        var price = 1_000 + (slice.Jobs.Count * 10L) + (10 * Math.Max(1, start.Cost.Total));
        var problem = slice with { Jobs = [.. slice.Jobs.Select((j, i) => j with { UnservedCost = asked.Contains(i) ? price : null })] };
        if (ProblemValidator.Validate(problem).Count > 0) return null;
        var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = iterations, WarmStart = start, Focus = [.. asked] }, cancellation).Plan;
        cancellation.ThrowIfCancellationRequested();
        if (plan.Unserved.Count > 0) return null;
        var check = PlanChecker.Check(slice, plan);
        return check.Violations.Count == 0 ? (plan, check.Cost.Total) : null;
    }
}
