using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Routing.Tests.Oracle;

/// <summary>What one random problem showed.</summary>
/// <param name="Fault">Null when the search found a legal plan of the optimal cost and stated that cost.</param>
internal sealed record OracleComparison(int Seed, long? Optimum, long? Found, string? Fault)
{
    public static OracleComparison Run(int seed, long iterations, CancellationToken cancel)
    {
        var problem = OracleProblems.Make(seed);
        var errors = ProblemValidator.Validate(problem);
        if (errors.Count > 0) return new OracleComparison(seed, null, null, $"the generator made an invalid problem: {errors[0]}");
        var best = BruteForce.Solve(problem, OracleProblems.Horizon);
        var result = RouteSearch.Solve(problem, new SearchOptions { Seed = 1, MaxIterations = iterations }, cancel);
        var check = PlanChecker.Check(problem, result.Plan);
        return new OracleComparison(seed, best?.Cost, check.IsLegal ? check.Cost.Total : null, FindFault(problem, best, result, check));
    }

    private static string? FindFault(Problem problem, (long Cost, string Text)? best, SearchResult result, CheckResult check)
    {
        if (result.IsFeasible && !check.IsLegal) return $"the search calls a plan feasible that breaks: {string.Join(" ", check.Violations.Take(3))} ({Describe(result.Plan)})";
        if (!result.IsFeasible && check.IsLegal) return "the search calls a legal plan infeasible";
        if (best is null) return check.IsLegal ? $"brute force finds no plan, the search one of {check.Cost.Total}: {Describe(result.Plan)}" : null;
        if (!check.IsLegal) return $"optimum {best.Value.Cost} ({best.Value.Text}), the search finds no legal plan: {check.Violations[0]}";
        if (check.Cost.Total > best.Value.Cost) return $"optimum {best.Value.Cost} ({best.Value.Text}), the search stays at {check.Cost.Total} ({Describe(result.Plan)})";
        return check.Cost.Total < best.Value.Cost ? $"brute force stays at {best.Value.Cost} ({best.Value.Text}), the search finds {check.Cost.Total} ({Describe(result.Plan)})" : null;
    }

    private static string Describe(Plan plan) => string.Join("; ", plan.Routes.Select(r => $"v{r.Vehicle}@{r.Steps[0].Arrival}: " + string.Join(' ', r.Steps.Skip(1).Select(s => s.Kind switch
    {
        StepKind.Visit => $"j{s.Job}.{s.Alternative}.{s.Visit}@{s.Start}",
        _ => $"{s.Kind}@{s.Start}",
    }))));
}
