using Logistics.Routing.Search.Classic.Pool;

namespace Logistics.Routing.Tests.Search.Pool;

public class RouteExchangeTests
{
    [Fact]
    public void From_jobs_that_drive_alone_nearly_every_cheapest_partition_is_found()
    {
        int optimal = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            var columns = PoolColumnsMaker.Make(seed, 60);
            int[] plan = [.. Enumerable.Range(0, PoolColumnsMaker.Jobs)];
            Assert.True(MakeExchange(columns, plan, _ => true).Run(1_000_000));
            var chosen = plan.Where(c => c >= 0).ToArray();
            Assert.Equal(Enumerable.Range(0, PoolColumnsMaker.Jobs), chosen.SelectMany(c => columns.JobsOf(c).ToArray()).Order());
            long cost = chosen.Sum(c => columns.Cost[c]), optimum = PoolColumnsMaker.FindOptimum(columns);
            Assert.True(cost >= optimum);
            if (cost == optimum) optimal++;
        }

        Assert.True(optimal >= 190, $"{optimal} of 200");
    }

    [Fact]
    public void A_plan_that_nothing_can_better_stays()
    {
        // Together the jobs cost 10, alone 6 each.
        var columns = new PoolColumns(2, [0, 2, 3, 4], [0, 1, 0, 1], [10, 6, 6]);
        int[] plan = [0, -1];
        Assert.False(MakeExchange(columns, plan, _ => true).Run(1_000));
        Assert.Equal([0, -1], plan);
    }

    [Fact]
    public void A_plan_the_fleet_cannot_drive_is_passed_over()
    {
        var columns = new PoolColumns(3, [0, 1, 2, 3, 6, 8], [0, 1, 2, 0, 1, 2, 0, 1], [10, 10, 10, 20, 15]);
        int[] all = [0, 1, 2], without = [0, 1, 2];
        Assert.True(MakeExchange(columns, all, _ => true).Run(1_000));
        Assert.Equal([3], all.Where(c => c >= 0));
        Assert.True(MakeExchange(columns, without, plan => !plan.Contains(3)).Run(1_000));
        Assert.Equal([2, 4], without.Where(c => c >= 0).Order());
    }

    [Fact]
    public void Work_is_limited()
    {
        var columns = PoolColumnsMaker.Make(1, 60);
        int[] plan = [.. Enumerable.Range(0, PoolColumnsMaker.Jobs)];
        Assert.False(MakeExchange(columns, plan, _ => true).Run(0));
        Assert.Equal(Enumerable.Range(0, PoolColumnsMaker.Jobs), plan);
    }

    private static RouteExchange MakeExchange(PoolColumns columns, int[] plan, Predicate<int[]> isAllowed)
    {
        long cost = plan.Sum(c => c < 0 ? 0 : columns.Cost[c]);
        var prices = new JobPrices(columns, cost, [.. Enumerable.Repeat((double)cost / columns.JobCount, columns.JobCount)]);
        prices.Run(1_000_000);
        return new RouteExchange(columns, prices, plan, isAllowed);
    }
}
