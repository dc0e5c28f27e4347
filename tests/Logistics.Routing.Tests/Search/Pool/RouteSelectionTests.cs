using System.Numerics;
using Logistics.Routing.Search.Classic.Pool;

namespace Logistics.Routing.Tests.Search.Pool;

public class RouteSelectionTests
{
    private const int Jobs = 10;

    [Fact]
    public void The_cheapest_partition_of_random_routes_is_found()
    {
        int found = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var columns = MakeColumns(new Random(seed), 60);
            long optimum = FindOptimum(columns);
            if (optimum >= int.MaxValue) continue;
            found++;
            var prices = new JobPrices(columns, optimum + 5, new double[Jobs]);
            Assert.True(prices.Run(1_000_000), $"seed {seed}: bound {prices.Bound} denies a solution of {optimum}");
            Assert.True(prices.Bound <= optimum + 1e-6, $"seed {seed}: bound {prices.Bound} above the optimum {optimum}");
            var chosen = new RouteSelection(columns, prices, optimum + 5, _ => true).Run(10_000_000);
            Assert.NotNull(chosen);
            Assert.Equal(optimum, chosen.Sum(c => columns.Cost[c]));
            Assert.Equal(Enumerable.Range(0, Jobs), chosen.SelectMany(c => columns.JobsOf(c).ToArray()).Order());
        }

        Assert.True(found > 50, $"only {found} problems have a partition");
    }

    [Fact]
    public void Nothing_is_found_below_the_optimum()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var columns = MakeColumns(new Random(seed), 60);
            long optimum = FindOptimum(columns);
            if (optimum >= int.MaxValue) continue;
            var prices = new JobPrices(columns, optimum, new double[Jobs]);
            if (prices.Run(1_000_000)) Assert.Null(new RouteSelection(columns, prices, optimum, _ => true).Run(10_000_000));
        }
    }

    [Fact]
    public void A_selection_the_fleet_cannot_drive_is_passed_over()
    {
        // One route for both jobs at 10, or two routes at 6 each.
        var columns = new PoolColumns(2, [0, 2, 3, 4], [0, 1, 0, 1], [10, 6, 6]);
        var prices = new JobPrices(columns, 20, [5, 5]);
        Assert.True(prices.Run(1_000));
        Assert.Equal([0], new RouteSelection(columns, prices, 20, _ => true).Run(1_000)!);
        Assert.Equal([1, 2], new RouteSelection(columns, prices, 20, chosen => chosen.Count == 2).Run(1_000)!.Order());
    }

    private static PoolColumns MakeColumns(Random random, int count)
    {
        var first = new List<int> { 0 };
        var jobs = new List<int>();
        var cost = new List<long>();
        for (int c = 0; c < count; c++)
        {
            int size = 1 + random.Next(4);
            jobs.AddRange(Enumerable.Range(0, Jobs).OrderBy(_ => random.Next()).Take(size).Order());
            first.Add(jobs.Count);
            cost.Add(20 + (10 * size) + random.Next(30));
        }

        return new PoolColumns(Jobs, [.. first], [.. jobs], [.. cost]);
    }

    /// <summary>Cheapest partition by dynamic programming over sets of jobs.</summary>
    private static long FindOptimum(PoolColumns columns)
    {
        var best = new long[1 << Jobs];
        Array.Fill(best, int.MaxValue);
        best[0] = 0;
        for (int set = 1; set < best.Length; set++)
        {
            int lowest = 1 << BitOperations.TrailingZeroCount(set);
            for (int c = 0; c < columns.Count; c++)
            {
                int mask = 0;
                foreach (int j in columns.JobsOf(c)) mask |= 1 << j;
                if ((mask & lowest) != 0 && (mask & ~set) == 0) best[set] = Math.Min(best[set], best[set ^ mask] + columns.Cost[c]);
            }
        }

        return best[^1];
    }
}
