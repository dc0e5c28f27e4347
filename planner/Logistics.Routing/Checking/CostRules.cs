using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>The objective, term by term, from recomputed measures.</summary>
internal static class CostRules
{
    public static CostBreakdown CostOf(CheckedRoute route)
    {
        var vehicle = route.Vehicle;
        long preference = 0;
        foreach (var step in route.Route.Steps)
            if (step is { Kind: StepKind.Visit, Visit: 0 }) preference += route.AlternativeOf(step).PreferenceCost;
        long overtime = vehicle.RegularSeconds is { } regular ? Math.Max(0, route.DurationSeconds - regular) : 0;
        return new CostBreakdown
        {
            Fixed = vehicle.FixedCost,
            Distance = checked(route.Distance * vehicle.CostPerMetre),
            Duration = checked((route.DurationSeconds * vehicle.CostPerSecond) + (route.TravelSeconds * vehicle.CostPerTravelSecond)),
            Overtime = checked(overtime * vehicle.CostPerOvertimeSecond),
            Lateness = route.LateCost,
            Preference = preference,
        };
    }

    public static CostBreakdown CostOf(Problem problem, IReadOnlyList<CheckedRoute> routes, IReadOnlyList<PreviousAssignment?> served)
    {
        var sum = new CostBreakdown
        {
            Balance = BalanceCost(problem, routes),
            Disturbance = problem.Disturbance is { } rule ? checked(CoverageRules.CountDisturbed(rule, [.. served]) * rule.CostPerJob) : 0,
        };
        for (int job = 0; job < served.Count; job++)
            if (served[job] is null) sum = sum with { Unserved = checked(sum.Unserved + (problem.Jobs[job].UnservedCost ?? 0)) };
        foreach (var route in routes)
        {
            var cost = CostOf(route);
            sum = sum with
            {
                Fixed = checked(sum.Fixed + cost.Fixed),
                Distance = checked(sum.Distance + cost.Distance),
                Duration = checked(sum.Duration + cost.Duration),
                Overtime = checked(sum.Overtime + cost.Overtime),
                Lateness = checked(sum.Lateness + cost.Lateness),
                Preference = checked(sum.Preference + cost.Preference),
            };
        }

        return sum;
    }

    private static long BalanceCost(Problem problem, IReadOnlyList<CheckedRoute> routes)
    {
        if (problem.Balance is not { } rule || routes.Count == 0) return 0;
        var measures = routes.Select(route => rule.Measure switch
        {
            BalanceMeasure.Tasks => route.Tasks,
            BalanceMeasure.DurationSeconds => route.DurationSeconds,
            _ => route.Distance,
        }).ToList();
        return checked((measures.Max() - measures.Min()) * rule.CostPerUnit);
    }
}
