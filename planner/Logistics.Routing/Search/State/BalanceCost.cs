using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Search.State;

/// <summary>What uneven workloads cost; by duration, with what it costs to make short routes longer where that is cheaper.</summary>
/// <remarks>Owned by one island.</remarks>
internal sealed class BalanceCost(CompiledProblem problem)
{
    private readonly DurationLevel _level = new();

    /// <summary>Duration that shorter routes are to be raised to; 0 where the balance is not by duration. Of the last call.</summary>
    public long Level => _level.Level;

    public long Of(RouteState[] routes)
    {
        if (problem.Source.Balance is not { } rule) return 0;
        if (rule.Measure == BalanceMeasure.DurationSeconds) return OfDurations(routes, rule);
        long largest = long.MinValue, smallest = long.MaxValue;
        foreach (ref readonly var route in routes.AsSpan())
        {
            if (!route.IsUsed) continue;
            long measure = rule.Measure == BalanceMeasure.Tasks ? route.Tasks : route.Distance;
            largest = Math.Max(largest, measure);
            smallest = Math.Min(smallest, measure);
        }

        return largest == long.MinValue ? 0 : (largest - smallest) * rule.CostPerUnit;
    }

    private long OfDurations(RouteState[] routes, BalanceRule rule)
    {
        _level.Clear();
        for (int r = 0; r < routes.Length; r++)
            if (routes[r].IsUsed) AddTo(_level, problem.Vehicles[r], routes[r].Duration, routes[r].Begin);
        return _level.Settle(rule.CostPerUnit);
    }

    /// <summary>A route that begins at <paramref name="begin"/> could begin to wait earlier.</summary>
    public static void AddTo(DurationLevel level, in VehicleData v, long duration, int begin)
    {
        long room = v.IsUnderWay ? 0 : Math.Max(0, Math.Min(begin - (long)v.EarliestStart, v.MaxDuration - duration));
        level.Add(duration, room, v.CostPerSecond, v.RegularSeconds, v.CostPerOvertimeSecond);
    }
}
