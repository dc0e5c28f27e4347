using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>No cost or load can leave 62 bits, whatever plan is made: an upper bound of every term is summed in 128 bits.</summary>
internal static class OverflowValidation
{
    private static readonly Int128 Most = (Int128)1 << 62;

    public static void Validate(ErrorList errors)
    {
        var problem = errors.Problem;
        if (problem.Vehicles.Count == 0) return;
        errors.About("Problem");
        long visits = problem.Jobs.Sum(j => (long)j.Alternatives.Max(a => a.Visits.Count));
        long reloads = problem.Vehicles.Max(v => (long)Math.Min(v.MaxTrips, visits + 1));
        Int128 longest = problem.Profiles.Max(LongestLeg);
        // No route ends later than its shift; no leg is started after it.
        Int128 lastSecond = problem.Vehicles.Max(v => (long)v.Shift.Latest);
        Int128 distance = longest * (visits + (2 * problem.Vehicles.Count) + (reloads * problem.Vehicles.Count)) + problem.Vehicles.Sum(v => v.Committed?.DistanceSoFar ?? 0);
        Int128 worst = (distance * problem.Vehicles.Max(v => v.CostPerMetre)) + BalanceBound(problem, visits, distance, lastSecond);
        foreach (var vehicle in problem.Vehicles)
            worst += vehicle.FixedCost + (lastSecond * ((Int128)vehicle.CostPerSecond + vehicle.CostPerTravelSecond + vehicle.CostPerOvertimeSecond));
        foreach (var job in problem.Jobs)
        {
            worst += job.UnservedCost ?? 0;
            worst += job.Alternatives.Max(a => a.PreferenceCost + a.Visits.Aggregate(Int128.Zero, (sum, v) => sum + (v.DueTime is { } due ? Int128.Max(0, lastSecond - due) * v.CostPerLateSecond : 0)));
        }

        worst += (Int128)(problem.Disturbance?.CostPerJob ?? 0) * problem.Jobs.Count;
        if (worst > Most) errors.Add("costs", worst, "could exceed 2^62: use larger cost units, tighter shifts or smaller prices");
        for (int d = 0; d < problem.Dimensions; d++)
        {
            var load = problem.Jobs.Aggregate(Int128.Zero, (sum, j) => sum + j.Alternatives.Max(a => a.Visits.Aggregate(Int128.Zero, (s, v) => s + AmountOf(v.Delivery, d) + AmountOf(v.Pickup, d))));
            if (load > Most) errors.Add($"loads in dimension {d}", load, "could exceed 2^62: use larger units");
        }
    }

    private static long AmountOf(IReadOnlyList<long> load, int dimension) => dimension < load.Count ? load[dimension] : 0;

    private static Int128 BalanceBound(Problem problem, long visits, Int128 distance, Int128 lastSecond) => problem.Balance is not { } rule ? 0 : rule.CostPerUnit * rule.Measure switch
    {
        BalanceMeasure.Tasks => visits,
        BalanceMeasure.DurationSeconds => lastSecond,
        _ => distance,
    };

    private static long LongestLeg(TravelProfile profile)
    {
        long longest = profile switch
        {
            MatrixTravel matrix => LongestIn(matrix.Distances),
            PartTravel part => LongestLeg(part.Part),
            EuclideanTravel plane => (long)TravelValidation.LongestLeg(plane),
            _ => TimeWindow.Horizon,
        };
        return profile.Closures?.DetourDistance is { } detours ? Math.Max(longest, LongestIn(detours)) : longest;
    }

    private static long LongestIn(int[] cells)
    {
        long longest = 0;
        foreach (int cell in cells)
            if (cell != TravelProfile.Unreachable && cell > longest) longest = cell;
        return longest;
    }
}
