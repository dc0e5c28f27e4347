using Logistics.Routing.Search.Classic.Pool;

namespace Logistics.Routing.Tests.Search.Pool;

public class RoutePoolTests
{
    [Fact]
    public void Of_two_orders_of_the_same_visits_the_cheaper_stays()
    {
        var pool = new RoutePool(nodeCount: 4, maxRoutes: 8, maxNodes: 32);
        pool.Add([0, 1, 2], 30, 0);
        pool.Add([2, 1, 0], 20, 0);
        pool.Add([1, 0, 2], 25, 0);
        Assert.Equal(1, pool.Count);
        Assert.Equal(20, pool.CostOf(0));
        Assert.Equal([2, 1, 0], pool.NodesOf(0).ToArray());
    }

    [Fact]
    public void The_same_visits_on_vehicles_of_two_classes_are_two_routes()
    {
        var pool = new RoutePool(4, 8, 32);
        pool.Add([0, 1], 30, 0);
        pool.Add([0, 1], 40, 1);
        Assert.Equal(2, pool.Count);
        Assert.Equal(1, pool.ClassOf(1));
    }

    [Theory]
    [InlineData(8, 1_000)]
    [InlineData(64, 20)]
    public void When_full_the_newest_routes_stay_and_are_still_found(int maxRoutes, int maxNodes)
    {
        var pool = new RoutePool(10, maxRoutes, maxNodes);
        int[] pair = new int[2];
        for (int a = 0; a < 10; a++)
            for (int b = 0; b < a; b++)
            {
                (pair[0], pair[1]) = (a, b);
                pool.Add(pair, (10 * a) + b, 0);
                Assert.Equal(pair, pool.NodesOf(pool.Count - 1).ToArray());
                int count = pool.Count;
                pool.Add(pair, (10 * a) + b, 0);
                Assert.Equal(count, pool.Count);
            }

        Assert.InRange(pool.Count, 4, maxRoutes);
        for (int r = 0; r < pool.Count; r++) Assert.Equal((10 * pool.NodesOf(r)[0]) + pool.NodesOf(r)[1], pool.CostOf(r));
    }

    [Fact]
    public void A_full_pool_allocates_nothing()
    {
        var pool = new RoutePool(50, 64, 400);
        var random = new Random(1);
        int[] nodes = new int[5];
        void Fill(int times)
        {
            for (int i = 0; i < times; i++)
            {
                int from = random.Next(10);
                for (int k = 0; k < nodes.Length; k++) nodes[k] = (10 * k) + ((from + random.Next(10)) % 10);
                pool.Add(nodes, i, 0);
            }
        }

        Fill(500);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Fill(5_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
