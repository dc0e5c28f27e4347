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
        var offers = TLegs.HasKinds ? new KindOffers<TLegs>(problem, routes) : null;
        int kept = 0, cells = 0, legal = 0;
        foreach (int visit in visits.Where(n => routes.Gaps[n].Route < 0))
        {
            // The search asks for some routes' vehicles before, for others it does not.
            offers?.Begin(visit);
            for (int route = 0; offers is not null && route < problem.RouteCount; route += 2) offers.Of(route, problem.Demand[visit]);
            sieve.Begin(visit, problem.Demand[visit]);
            foreach (long price in new[] { long.MaxValue, 10_000, 2_000, 500, 0, -300 })
            {
                CheckTable<Off>(tables.Neighbours.Promising, visit, price);
                CheckTable<On>(tables.Neighbours.Ends, visit, price);
            }
        }

        Assert.True(legal > 0 && (!sifts || kept < cells), $"{legal} legal and {kept} kept of {cells}");

        void CheckTable<TEnds>(NeighbourTable table, int visit, long price)
            where TEnds : struct, IFeature
        {
            for (int block = 0; block < table.BlockCount; block++)
            {
                uint found = sieve.Sift<TEnds>(table, block, block + 1, price);
                Assert.Equal(sieve.SiftOneByOne<TEnds>(table, block, price), found);
                for (int i = 0; i < NeighbourTable.BlockSize; i++)
                {
                    int node = table[visit, (block * NeighbourTable.BlockSize) + i].Node;
                    if (node < 0 || routes.Gaps[node].Route < 0) continue;
                    cells++;
                    bool isKept = (found >> i & 1) != 0;
                    if (isKept) kept++;
                    int previous = routes.Gaps[node].Previous;
                    bool isBehind = !TEnds.IsOn || routes.Gaps[node].Next >= problem.VisitCount, isInFront = !TEnds.IsOn || previous >= problem.VisitCount;
                    bool isCheaper = (isBehind && Price(problem, routes, visit, node) < price) || (isInFront && Price(problem, routes, visit, previous) < price);
                    if (isCheaper) legal++;
                    Assert.True(isKept || !isCheaper, $"visit {visit} costs less than {price} beside {node}, which was left out");
                }
            }

            // Several blocks at once are one after the other.
            int all = Math.Min(table.BlockCount, NeighbourSieve<TLegs>.MostBlocks);
            uint together = sieve.Sift<TEnds>(table, 0, all, price);
            for (int block = 0; block < all; block++) Assert.Equal(sieve.SiftOneByOne<TEnds>(table, block, price), together >> (block * NeighbourTable.BlockSize) & 0xFF);
        }
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

    /// <summary>What a visit costs behind a node, with the vehicle the route has or an idle one of its kin; more than any price where it may not go there.</summary>
    private static long Price<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, int visit, int after)
        where TLegs : struct, IClassicLegs
    {
        int route = routes.Gaps[after].Route;
        long least = PriceWith(problem, routes, visit, after, route);
        if (!problem.HasKin) return least;
        foreach (int kind in problem.Source.Kin.Of(problem.KindOf[route]))
            foreach (int taker in routes.Idle.Of(kind).ToArray()) least = Math.Min(least, PriceWith(problem, routes, visit, after, taker));
        return least;
    }

    private static long PriceWith<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, int visit, int after, int vehicle)
        where TLegs : struct, IClassicLegs
    {
        int route = routes.Gaps[after].Route;
        int[] visits = [.. ListVisits(problem, routes, route)];
        if (!visits.Append(visit).All(n => problem.MayServe(n, vehicle))) return long.MaxValue;
        long before = routes.Cost;
        routes.Begin();
        if (vehicle != route)
        {
            int start = problem.StartOf[route], other = problem.StartOf[vehicle];
            routes.ExchangeTails(start, other);
            if (after == start) after = other;
        }

        int next = routes.Gaps[after].Next;
        routes.Link(visit, after);
        long price = routes.Settle(after, next) && routes.Sums[vehicle].Room >= 0 ? routes.Cost - before : long.MaxValue;
        routes.Rollback();
        return price;
    }

    private static IEnumerable<int> ListVisits<TLegs>(ClassicProblem problem, ClassicRoutes<TLegs> routes, int route)
        where TLegs : struct, IClassicLegs
    {
        for (int n = routes.Gaps[problem.StartOf[route]].Next; n < problem.VisitCount; n = routes.Gaps[n].Next) yield return n;
    }
}
