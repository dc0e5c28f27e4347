using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Tests.Search;

public class TailExchangeTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Delta_is_what_the_exchange_changes_and_only_legal_ones_have_one(bool isWindowed)
    {
        int exchanged = 0, refused = 0;
        for (int seed = 1; seed <= 6; seed++)
        {
            var problem = isWindowed ? ClassicProblems.Windowed(seed, 30) : ClassicProblems.Rough(seed, 30);
            problem = problem with { Vehicles = [.. problem.Vehicles.Take(8).Select(v => v with { FixedCost = 17 })] };
            // Every other seed has windows that end together: what is latest behind a cut is then the same for both tails, what is latest before it is not.
            if (seed % 2 == 0) problem = problem with { Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [j.Alternatives[0] with { Visits = [.. j.Alternatives[0].Visits.Select(v => v with { Windows = [new(0, 6_000)] })] }] })] };
            var (compiled, routes, tails) = Open(problem);
            Spread(compiled, routes);
            var random = new Random(seed);
            for (int change = 0; change < 400; change++)
            {
                int first = Draw(compiled, routes, random), second = Draw(compiled, routes, random);
                if (routes.Gaps[first].Route == routes.Gaps[second].Route) continue;
                long? delta = tails.FindDelta(first, second);
                long before = routes.Cost;
                routes.Begin();
                bool isInTime = routes.ExchangeTails(first, second);
                bool isLegal = isInTime && Array.TrueForAll(routes.Sums, s => s.Room >= 0);
                Assert.Equal(isLegal, delta is not null);
                if (delta is { } known)
                {
                    exchanged++;
                    Assert.Equal(before + known, routes.Cost);
                    routes.Commit();
                }
                else
                {
                    refused++;
                    routes.Rollback();
                    Assert.Equal(before, routes.Cost);
                }

                AssertSame(compiled, routes);
            }
        }

        Assert.True(exchanged > 50 && refused > 50, $"{exchanged} exchanged, {refused} refused");
    }

    private static (CompiledProblem Compiled, ClassicRoutes<TimedLegs> Routes, TailExchange<TimedLegs> Tails) Open(Problem problem)
    {
        var compiled = new CompiledProblem(problem);
        var tables = ClassicTables.Find(compiled, new NeighbourLists(compiled, 60, 40));
        Assert.NotNull(tables);
        var legs = new TimedLegs(tables.Problem.Costs!, tables.Problem.CostsInto!, compiled.Legs[0].Durations!, compiled.Legs[0].Stride);
        var routes = new ClassicRoutes<TimedLegs>(tables.Problem, legs);
        return (compiled, routes, new TailExchange<TimedLegs>(tables.Problem, tables.Neighbours, routes, legs, new Rng(1)));
    }

    /// <summary>Appends every visit to the first vehicle that can still take it, by start of window.</summary>
    private static void Spread(CompiledProblem compiled, ClassicRoutes<TimedLegs> routes)
    {
        foreach (int visit in Enumerable.Range(0, compiled.VisitCount).OrderBy(n => compiled.Nodes[n].Earliest))
        {
            foreach (var vehicle in compiled.Vehicles)
            {
                routes.Begin();
                int last = routes.Gaps[vehicle.End].Previous;
                routes.Link(visit, last);
                if (routes.Settle(last, vehicle.End) && routes.Sums[routes.Gaps[visit].Route].Room >= 0)
                {
                    routes.Commit();
                    break;
                }

                routes.Rollback();
            }
        }
    }

    private static int Draw(CompiledProblem compiled, ClassicRoutes<TimedLegs> routes, Random random)
    {
        while (true)
        {
            int node = random.Next(compiled.Nodes.Length);
            if (routes.Gaps[node].Route >= 0 && routes.Gaps[node].Next >= 0 && routes.Sums[routes.Gaps[node].Route].Count > 0) return node;
        }
    }

    private static void AssertSame(CompiledProblem compiled, ClassicRoutes<TimedLegs> routes)
    {
        var (_, fresh, _) = Open(compiled.Source);
        foreach (var vehicle in compiled.Vehicles)
        {
            int tail = vehicle.Start;
            for (int n = routes.Gaps[vehicle.Start].Next; n != vehicle.End; n = routes.Gaps[n].Next)
            {
                fresh.Link(n, tail);
                tail = n;
            }

            Assert.True(fresh.Settle(vehicle.Start, vehicle.End));
            for (int n = vehicle.Start; n != vehicle.End; n = routes.Gaps[n].Next) Assert.Equal(fresh.Gaps[n], routes.Gaps[n]);
        }

        Assert.Equal(fresh.Cost, routes.Cost);
        Assert.Equal(fresh.Sums, routes.Sums);
        Assert.Equal(fresh.Idle.UsedCount, routes.Idle.UsedCount);
    }
}
