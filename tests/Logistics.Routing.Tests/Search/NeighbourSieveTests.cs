using Logistics.Routing.Model;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Tests.Search;

public class NeighbourSieveTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("sites")]
    [InlineData("depots")]
    [InlineData("fleet")]
    [InlineData("trips of kinds")]
    public void Nothing_is_left_out_beside_which_a_legal_place_costs_less_and_gathers_find_what_a_loop_finds(string kind)
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            var windowed = ClassicProblems.Rough(seed, 40);
            var problem = kind switch
            {
                "plain" => windowed,
                "sites" => ClassicProblems.WithSites(windowed),
                "depots" => ClassicProblems.WithDepots(windowed),
                "fleet" => ClassicProblems.WithFleet(windowed),
                _ => ClassicProblems.WithTripKinds(ClassicProblems.WithTrips(windowed, seed, 8)),
            };
            var compiled = new CompiledProblem(problem);
            var tables = ClassicTables.Find(compiled, new NeighbourLists(compiled, 60, 40));
            Assert.NotNull(tables);
            var legs = new TimedLegs(tables.Problem.Costs!, tables.Problem.CostsInto!, compiled.Legs[0].Durations!, compiled.Legs[0].Stride);
            if (tables.Problem.HasTrips) Check(tables, new FeaturedLegs<TimedLegs, TripFeatures<On>>(legs), seed, sifts: true);
            else if (tables.Problem.HasRates) Check(tables, new FeaturedLegs<TimedLegs, KindFeatures<On, On, Off, Off>>(legs), seed, sifts: false);
            else if (tables.Problem.HasKinds) Check(tables, new FeaturedLegs<TimedLegs, KindFeatures<On, Off, Off, Off>>(legs), seed, sifts: true);
            else Check(tables, legs, seed, sifts: true);
        }
    }

    private static void Check<TLegs>(ClassicTables tables, TLegs legs, int seed, bool sifts)
        where TLegs : struct, IClassicLegs
    {
        var problem = tables.Problem;
        var routes = new ClassicRoutes<TLegs>(problem, legs);
        var random = new Random(seed);
        int[] visits = [.. Enumerable.Range(0, problem.VisitCount)];
        random.Shuffle(visits);
        foreach (int visit in visits[5..]) Append(problem, routes, visit);
        var sieve = new NeighbourSieve<TLegs>(problem, tables.Neighbours, routes);
        var table = tables.Neighbours.Promising;
        int kept = 0, cells = 0, legal = 0;
        foreach (int visit in visits.Where(n => routes.Gaps[n].Route < 0))
        {
            sieve.Begin(visit, problem.Demand[visit]);
            foreach (long price in new[] { long.MaxValue, 10_000, 2_000, 500, 0, -300 })
            {
                for (int block = 0; block < table.BlockCount; block++)
                {
                    uint found = sieve.Sift(table, block, block + 1, price);
                    Assert.Equal(sieve.SiftOneByOne(table, block, price), found);
                    for (int i = 0; i < NeighbourTable.BlockSize; i++)
                    {
                        int node = table[visit, (block * NeighbourTable.BlockSize) + i].Node;
                        if (node < 0 || routes.Gaps[node].Route < 0) continue;
                        cells++;
                        bool isKept = (found >> i & 1) != 0;
                        if (isKept) kept++;
                        bool isCheaper = Price(problem, routes, visit, node) < price || Price(problem, routes, visit, routes.Gaps[node].Previous) < price;
                        if (isCheaper) legal++;
                        Assert.True(isKept || !isCheaper, $"visit {visit} costs less than {price} beside {node}, which was left out");
                    }
                }

                // Several blocks at once are one after the other.
                int all = Math.Min(table.BlockCount, NeighbourSieve<TLegs>.MostBlocks);
                uint together = sieve.Sift(table, 0, all, price);
                for (int block = 0; block < all; block++) Assert.Equal(sieve.SiftOneByOne(table, block, price), together >> (block * NeighbourTable.BlockSize) & 0xFF);
            }
        }

        Assert.True(legal > 0 && (!sifts || kept < cells), $"{legal} legal and {kept} kept of {cells}");
    }

    /// <summary>Puts a visit at the end of the first vehicle that can take it; leaves it out when none can.</summary>
    private static void Append<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, int visit)
        where TLegs : struct, IClassicLegs
    {
        for (int route = 0; route < problem.Source.Vehicles.Length; route++)
        {
            if (!problem.MayServe(visit, route)) continue;
            routes.Begin();
            int last = routes.Gaps[problem.EndOf[route]].Previous;
            routes.Link(visit, last);
            if (routes.Settle(last, problem.EndOf[route]) && routes.Sums[route].Room >= 0)
            {
                routes.Commit();
                return;
            }

            routes.Rollback();
        }
    }

    /// <summary>What a visit costs behind a node, with the vehicle the route has; more than any price where it may not go there.</summary>
    private static long Price<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, int visit, int after)
        where TLegs : struct, IClassicLegs
    {
        int route = routes.Gaps[after].Route, next = routes.Gaps[after].Next;
        if (!problem.MayServe(visit, route)) return long.MaxValue;
        long before = routes.Cost;
        routes.Begin();
        routes.Link(visit, after);
        long price = routes.Settle(after, next) && routes.Sums[route].Room >= 0 ? routes.Cost - before : long.MaxValue;
        routes.Rollback();
        return price;
    }
}
