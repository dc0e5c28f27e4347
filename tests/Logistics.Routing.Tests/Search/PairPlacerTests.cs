using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Tests.Search;

public class PairPlacerTests
{
    // Distances rounded to whole units break the triangle inequality by as much.
    private const int Rounding = 2;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_costs_less_than_the_position_found(int seed)
    {
        var (problem, routes, placer) = Open(seed, 14);
        var random = new Random(seed);
        int placed = 0, full = 0;
        for (int change = 0; change < 300; change++)
        {
            int job = random.Next(problem.FirstNode.Length), pickup = problem.FirstNode[job], delivery = problem.SecondNode[job];
            routes.Begin();
            if (routes.Gaps[pickup].Route >= 0)
            {
                ref readonly var vehicle = ref problem.Source.Vehicles[routes.Gaps[pickup].Route];
                routes.Unlink(pickup);
                routes.Unlink(delivery);
                Assert.True(routes.Settle(vehicle.Start, vehicle.End));
            }
            else
            {
                // Without idle vehicles now and then, so that a pair must go into a route or stays out.
                int maxUsed = change % 2 == 0 ? int.MaxValue : 0;
                long? least = FindLeast(problem, routes, pickup, delivery, maxUsed);
                Assert.Equal(least is not null, placer.Find(pickup, delivery, maxUsed));
                if (least is null)
                {
                    full++;
                    continue;
                }

                placed++;
                long before = routes.Cost;
                int from = placer.AfterPickup;
                routes.Link(pickup, from);
                routes.Link(delivery, placer.AfterDelivery);
                Assert.True(routes.Settle(from, routes.Gaps[delivery].Next));
                Assert.InRange(routes.Cost - before - least.Value, 0, Rounding);
            }

            // What was known of a route must come back with it.
            if (random.Next(3) == 0) routes.Rollback();
            else routes.Commit();
        }

        Assert.True(placed > 50 && full > 5, $"{placed} placed, {full} fitted nowhere");
    }

    private static (ClassicProblem Problem, ClassicRoutes<SharedLegs> Routes, PairPlacer<SharedLegs> Placer) Open(int seed, int jobs)
    {
        var compiled = new CompiledProblem(ClassicProblems.Paired(seed, jobs));
        var tables = ClassicTables.Find(compiled, new NeighbourLists(compiled, 60, 40));
        Assert.NotNull(tables);
        var legs = new SharedLegs(tables.Problem.Costs!, tables.Problem.CostsInto!, compiled.Legs[0].Stride);
        var routes = new ClassicRoutes<SharedLegs>(tables.Problem, legs);
        return (tables.Problem, routes, new PairPlacer<SharedLegs>(tables.Problem, tables.Neighbours, routes, legs, 1e-9, new Rng(1)));
    }

    /// <summary>Tries every position of both visits in every used route, and in one idle vehicle where that is allowed.</summary>
    private static long? FindLeast(ClassicProblem problem, ClassicRoutes<SharedLegs> routes, int pickup, int delivery, int maxUsed)
    {
        long? least = null;
        bool isIdleTried = routes.Idle.UsedCount >= maxUsed;
        for (int v = 0; v < routes.Sums.Length; v++)
        {
            bool isIdle = routes.Sums[v].Count == 0;
            if (isIdle && isIdleTried) continue;
            isIdleTried |= isIdle;
            ref readonly var vehicle = ref problem.Source.Vehicles[v];
            foreach (int after in ListFrom(routes, vehicle.Start))
            {
                foreach (int behind in ListFrom(routes, after).Select((n, i) => i == 0 ? pickup : n))
                {
                    long before = routes.Cost;
                    routes.Begin();
                    routes.Link(pickup, after);
                    routes.Link(delivery, behind);
                    bool isLegal = routes.Settle(vehicle.Start, vehicle.End) && ListFrom(routes, vehicle.Start).TrueForAll(n => routes.Loads[n] <= problem.Capacity[routes.Gaps[n].Route]);
                    long price = routes.Cost - before;
                    routes.Rollback();
                    if (isLegal && (least is null || price < least)) least = price;
                }
            }
        }

        return least;
    }

    /// <summary>A node and all behind it but the end.</summary>
    private static List<int> ListFrom(ClassicRoutes<SharedLegs> routes, int node)
    {
        var list = new List<int>();
        for (int n = node; routes.Gaps[n].Next >= 0; n = routes.Gaps[n].Next) list.Add(n);
        return list;
    }
}
