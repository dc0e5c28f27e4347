using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>What a check found: every violation, and the cost recomputed from the problem.</summary>
/// <param name="Cost">Recomputed cost of the routes that can be judged.</param>
public sealed record CheckResult(IReadOnlyList<Violation> Violations, CostBreakdown Cost)
{
    public bool IsLegal => Violations.Count == 0;

    /// <summary>Legal apart from stated costs, loads and distances that differ from the recomputed ones.</summary>
    public bool IsFeasible => Violations.All(v => v.Kind is ViolationKind.StatedCost or ViolationKind.StatedMeasure);
}

/// <summary>Recomputes every cost and constraint of a plan from the problem and the plan's own stated times. Shares no code with the search.</summary>
/// <remarks>The problem must be valid (<see cref="ProblemValidator"/>); the plan may be anything. Pure, thread-safe, O(visits + uses). Rules: docs/problem.md.</remarks>
public static class PlanChecker
{
    public static CheckResult Check(Problem problem, Plan plan)
    {
        var findings = new Findings(problem);
        var routes = StructureRules.Check(plan, findings);
        foreach (var route in routes)
        {
            TimeRules.Check(route, findings);
            LoadRules.Check(route, findings);
            PairRules.Check(route, findings);
            VehicleRules.Check(route, findings);
            CompareRouteCost(route, findings);
        }

        LoadedRules.Check(routes, findings);
        ResourceRules.Check(routes, findings);
        var served = CoverageRules.Check(plan, routes, findings);
        var cost = CostRules.CostOf(problem, routes, served);
        if (plan.Cost != cost) findings.Add(ViolationKind.StatedCost, $"The plan states a total of {plan.Cost.Total} ({plan.Cost}), recomputed is {cost.Total} ({cost}).");
        return new CheckResult(findings.Violations, cost);
    }

    private static void CompareRouteCost(CheckedRoute route, Findings findings)
    {
        var cost = CostRules.CostOf(route);
        if (route.Route.Cost != cost)
            findings.Add(ViolationKind.StatedCost, $"{findings.NameVehicle(route.VehicleIndex)} states a cost of {route.Route.Cost.Total}, recomputed is {cost.Total}.", route.VehicleIndex);
    }
}
