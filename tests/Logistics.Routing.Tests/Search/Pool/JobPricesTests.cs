using Logistics.Routing.Search.Classic.Pool;

namespace Logistics.Routing.Tests.Search.Pool;

public class JobPricesTests
{
    [Fact]
    public void The_bound_is_near_the_cheapest_partition_and_never_above_it()
    {
        double sum = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var columns = PoolColumnsMaker.Make(seed, 60);
            long optimum = PoolColumnsMaker.FindOptimum(columns);
            var prices = new JobPrices(columns, 600, [.. Enumerable.Repeat(60.0, PoolColumnsMaker.Jobs)]);
            double before = prices.Bound;
            prices.Run(1_000_000);
            Assert.True(prices.Bound <= optimum + 1e-6, $"seed {seed}: bound {prices.Bound} above the optimum {optimum}");
            Assert.True(prices.Bound > before, $"seed {seed}: bound {prices.Bound} no higher than at the start, {before}");
            sum += prices.Bound / optimum;
        }

        // What is missing is mostly between the linear program and whole routes.
        Assert.True(sum / 200 > 0.9, $"bounds of {sum / 200:P1} of the optimum");
    }

    [Fact]
    public void Where_every_job_drives_alone_the_bound_is_what_that_costs()
    {
        var columns = new PoolColumns(3, [0, 1, 2, 3], [0, 1, 2], [10, 200, 3_000]);
        var prices = new JobPrices(columns, 3_210, [1_070, 1_070, 1_070]);
        prices.Run(1_000_000);

        // μ ends at a hundredth of 1,070.
        Assert.InRange(prices.Bound, 3_210 - (3 * 10.7), 3_210);
    }

    [Fact]
    public void Work_is_limited()
    {
        var columns = PoolColumnsMaker.Make(1, 60);
        var prices = new JobPrices(columns, 600, new double[PoolColumnsMaker.Jobs]);
        prices.Run(0);
        long idle = prices.Work;
        Assert.True(idle <= 10L * columns.Jobs.Length, $"{idle} jobs looked at without any work allowed");
    }
}
