using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>What uneven workloads cost.</summary>
internal static class BalanceCost
{
    public static long Of(CompiledProblem problem, RouteState[] routes)
    {
        if (problem.Source.Balance is not { } rule) return 0;
        long largest = long.MinValue, smallest = long.MaxValue;
        foreach (ref readonly var route in routes.AsSpan())
        {
            if (!route.IsUsed) continue;
            long measure = rule.Measure switch
            {
                BalanceMeasure.Tasks => route.Tasks,
                BalanceMeasure.DurationSeconds => route.Duration,
                _ => route.Distance,
            };
            largest = Math.Max(largest, measure);
            smallest = Math.Min(smallest, measure);
        }

        return largest == long.MinValue ? 0 : (largest - smallest) * rule.CostPerUnit;
    }
}
