using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Oracle;

/// <summary>The exact optimum of a tiny problem: every combination of every vehicle's routes.</summary>
internal static class BruteForce
{
    /// <summary>Least cost and the routes that reach it; null when no plan is legal.</summary>
    /// <param name="horizon">No route ends later than this second.</param>
    public static (long Cost, string Text)? Solve(Problem problem, int horizon)
    {
        var book = new UseBook(problem, horizon);
        var routes = Enumerable.Range(0, problem.Vehicles.Count).Select(v => new RouteEnumerator(problem, v, book).Enumerate()).ToList();
        long best = long.MaxValue;
        string text = "";
        var choice = new int[problem.Jobs.Count];
        var server = new int[problem.Jobs.Count];
        Array.Fill(choice, -1);
        var picked = new List<RouteOption>();
        Combine(0, 0, new int[book.Size]);
        return best == long.MaxValue ? null : (best, text);

        void Combine(int vehicle, long cost, int[] uses)
        {
            // Nothing has a negative cost.
            if (cost >= best) return;
            if (vehicle == routes.Count)
            {
                if (Total(problem, choice, server, picked, cost) is not { } total || total >= best) return;
                (best, text) = (total, string.Join("; ", picked.Select(p => p.Text)));
                return;
            }

            if (problem.Vehicles[vehicle].Committed?.StartedAt is null) Combine(vehicle + 1, cost, uses);
            foreach (var route in routes[vehicle])
            {
                if (Enumerable.Range(0, choice.Length).Any(j => route.Choice[j] >= 0 && choice[j] >= 0)) continue;
                int[] together = [.. uses.Zip(route.Uses, (a, b) => a + b)];
                if (!book.Fits(together)) continue;
                for (int j = 0; j < choice.Length; j++)
                    if (route.Choice[j] >= 0) (choice[j], server[j]) = (route.Choice[j], vehicle);
                picked.Add(route);
                Combine(vehicle + 1, cost + route.Cost, together);
                picked.RemoveAt(picked.Count - 1);
                for (int j = 0; j < choice.Length; j++)
                    if (route.Choice[j] >= 0) choice[j] = -1;
            }
        }
    }

    private static long? Total(Problem problem, int[] choice, int[] server, List<RouteOption> picked, long cost)
    {
        int disturbed = 0;
        for (int j = 0; j < choice.Length; j++)
        {
            if (choice[j] < 0 && problem.Jobs[j].UnservedCost is null) return null;
            if (choice[j] < 0) cost += problem.Jobs[j].UnservedCost!.Value;
            if (problem.Disturbance?.Previous[j] is { } before && (choice[j] != before.Alternative || server[j] != before.Vehicle)) disturbed++;
        }

        foreach (var level in problem.ServiceLevels)
            if (Enumerable.Range(0, choice.Length).Count(j => choice[j] >= 0 && (level.Group is null || problem.Jobs[j].Group == level.Group) && problem.Jobs[j].Alternatives[choice[j]].Level <= level.MaxLevel) < level.MinJobs) return null;
        if (problem.Disturbance is { } rule)
        {
            if (disturbed > rule.MaxJobs) return null;
            cost += disturbed * rule.CostPerJob;
        }

        if (problem.Balance is not { } balance || picked.Count == 0) return cost;
        long longest = picked.Max(p => p.Measure), shortest = picked.Min(p => p.Measure);
        return balance.Measure == BalanceMeasure.DurationSeconds ? cost + CostOfDays(picked, balance.CostPerUnit, shortest, longest) : cost + (balance.CostPerUnit * (longest - shortest));
    }

    /// <summary>Every level that shorter days could be raised to by waiting.</summary>
    private static long CostOfDays(List<RouteOption> picked, long perUnit, long shortest, long longest)
    {
        long best = long.MaxValue;
        for (long level = shortest; level <= longest; level++)
        {
            long? waiting = 0;
            foreach (var route in picked) waiting += route.CostOfWaiting(level - route.Measure);
            if (waiting is { } cost) best = Math.Min(best, cost + (perUnit * (longest - level)));
        }

        return best;
    }
}
