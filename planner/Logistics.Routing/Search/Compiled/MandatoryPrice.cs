using Logistics.Routing.Model;

namespace Logistics.Routing.Search.Compiled;

/// <summary>The price that stands in for a job that must be served: more than any plan can save by leaving one out.</summary>
internal static class MandatoryPrice
{
    public static long Find(CompiledProblem problem)
    {
        long worst = 1, longest = 1;
        foreach (ref readonly var v in problem.Vehicles.AsSpan())
        {
            long leg = v.Legs.LongestSampled;
            longest = Math.Max(longest, leg);
            worst = Math.Max(worst, (4 * leg * (v.CostPerMetre + v.CostPerTravelSecond + v.CostPerSecond + v.CostPerOvertimeSecond)) + v.FixedCost);
        }

        long prices = problem.Jobs.HighestPrice + problem.Jobs.HighestPreference + (problem.Source.Disturbance?.CostPerJob ?? 0);
        // Sums of a real problem may exceed what a price can hold; then it is as high as it can be.
        Int128 most = CompiledProblem.Unlimited / (problem.Jobs.Count + 1);
        return (long)Int128.Min((4 * ((Int128)worst + prices + 1)) + FindSideEffects(problem, longest), most);
    }

    /// <summary>What one job can cost elsewhere: it may make all others late, a vehicle wait for hours, and the workloads uneven.</summary>
    private static Int128 FindSideEffects(CompiledProblem problem, long longestLeg)
    {
        if (problem.Vehicles.Length == 0) return 0;
        long last = FindLastSecond(problem, longestLeg);
        Int128 cost = 0;
        for (int n = 0; n < problem.VisitCount; n++)
        {
            ref readonly var node = ref problem.Nodes[n];
            if (node.DueTime != int.MaxValue) cost += Math.Max(0, Math.Min(last, node.Latest) - node.DueTime) * (Int128)node.CostPerLateSecond;
        }

        long perSecond = 0;
        foreach (ref readonly var v in problem.Vehicles.AsSpan()) perSecond = Math.Max(perSecond, v.CostPerSecond + v.CostPerOvertimeSecond);
        cost += (Int128)last * perSecond;
        if (problem.Source.Balance is not { } rule) return cost;
        return cost + ((Int128)rule.CostPerUnit * rule.Measure switch
        {
            BalanceMeasure.Tasks => problem.VisitCount,
            BalanceMeasure.DurationSeconds => last,
            _ => longestLeg * (problem.VisitCount + 2L),
        });
    }

    /// <summary>No sensible route ends later: the last shift's end, or all legs and services one after another once everything is open.</summary>
    private static long FindLastSecond(CompiledProblem problem, long longestLeg)
    {
        long shift = problem.Source.Vehicles.Max(v => (long)v.Shift.Latest);
        if (problem.Legs.Any(l => l.Source.IsTimeDependent)) return shift;
        long open = 0, work = 0;
        foreach (ref readonly var node in problem.Nodes.AsSpan())
        {
            open = Math.Max(open, node.Earliest);
            for (int w = 0; w < node.WindowCount; w++) open = Math.Max(open, problem.Windows[node.FirstWindow + w].Earliest);
            work += node.Setup + (long)node.Handling + (2 * longestLeg);
        }

        for (int a = 0; a < problem.Jobs.Release.Length; a++) open = Math.Max(open, problem.Jobs.Release[a]);
        foreach (var vehicle in problem.Source.Vehicles)
            foreach (var rest in vehicle.Breaks) (open, work) = (Math.Max(open, rest.Windows[^1].Earliest), work + rest.DurationSeconds);
        return Math.Min(shift, open + work);
    }
}
