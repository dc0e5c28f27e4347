using Logistics.Routing.Search.Classic;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Tests.Search;

public class ClassicRoutesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Caches_settled_piece_by_piece_equal_caches_computed_from_nothing(bool hasPairs)
    {
        var (compiled, routes) = Open(hasPairs);
        var random = new Random(4);
        for (int change = 0; change < 600; change++)
        {
            int job = random.Next(compiled.Jobs.Count);
            routes.Begin();
            if (routes.Gaps[compiled.Jobs.FirstNode[job]].Route >= 0) TakeOut(compiled, routes, job);
            else PutIn(compiled, routes, job, random);
            if (random.Next(3) == 0) routes.Rollback();
            else routes.Commit();
            AssertSame(compiled, routes);
        }
    }

    private static (CompiledProblem Compiled, ClassicRoutes<SharedLegs> Routes) Open(bool hasPairs)
    {
        // Wide open windows at the far end: any order is in time, so every cache has a value to compare.
        var problem = hasPairs ? ClassicProblems.Paired(2, 12) : ClassicProblems.Windowed(2, 24);
        problem = problem with
        {
            Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [j.Alternatives[0] with { Visits = [.. j.Alternatives[0].Visits.Select(v => v with { Windows = [new(v.Windows[0].Earliest, 100_000)] })] }] })],
            Vehicles = [.. problem.Vehicles.Take(4).Select(v => v with { Shift = new(0, 200_000), Capacity = [1_000] })],
        };
        var compiled = new CompiledProblem(problem);
        return (compiled, Wrap(compiled));
    }

    private static ClassicRoutes<SharedLegs> Wrap(CompiledProblem compiled)
    {
        var classic = ClassicProblem.Find(compiled);
        Assert.NotNull(classic);
        return new ClassicRoutes<SharedLegs>(classic, new SharedLegs(classic.Costs!, classic.CostsInto!, compiled.Legs[0].Stride));
    }

    private static void TakeOut(CompiledProblem compiled, ClassicRoutes<SharedLegs> routes, int job)
    {
        int first = compiled.Jobs.FirstNode[job], second = compiled.Jobs.SecondNode[job];
        ref readonly var vehicle = ref compiled.Vehicles[routes.Gaps[first].Route];
        int from = routes.Gaps[first].Previous, to = routes.Gaps[first].Next;
        routes.Unlink(first);
        if (second >= 0)
        {
            routes.Unlink(second);
            (from, to) = (vehicle.Start, vehicle.End);
        }

        Assert.True(routes.Settle(from, to));
    }

    private static void PutIn(CompiledProblem compiled, ClassicRoutes<SharedLegs> routes, int job, Random random)
    {
        int first = compiled.Jobs.FirstNode[job], second = compiled.Jobs.SecondNode[job], vehicle = random.Next(compiled.Vehicles.Length);
        int after = compiled.Vehicles[vehicle].Start;
        for (int skip = random.Next(routes.Sums[vehicle].Count + 1); skip > 0; skip--) after = routes.Gaps[after].Next;
        routes.Link(first, after);
        int last = first;
        if (second >= 0)
        {
            while (random.Next(3) > 0 && routes.Gaps[last].Next < compiled.VisitCount) last = routes.Gaps[last].Next;
            routes.Link(second, last);
            last = second;
        }

        Assert.True(routes.Settle(after, routes.Gaps[last].Next));
    }

    private static void AssertSame(CompiledProblem compiled, ClassicRoutes<SharedLegs> routes)
    {
        var fresh = Wrap(compiled);
        foreach (var vehicle in compiled.Vehicles)
        {
            int tail = vehicle.Start;
            for (int n = routes.Gaps[vehicle.Start].Next; n != vehicle.End; n = routes.Gaps[n].Next)
            {
                fresh.Link(n, tail);
                tail = n;
            }

            Assert.True(fresh.Settle(vehicle.Start, vehicle.End));
            for (int n = vehicle.Start; n != vehicle.End; n = routes.Gaps[n].Next)
            {
                Assert.Equal(fresh.Gaps[n], routes.Gaps[n]);
                if (routes.Loads.Length > 0) Assert.Equal(fresh.Loads[n], routes.Loads[n]);
            }
        }

        Assert.Equal(fresh.Cost, routes.Cost);
        Assert.Equal(fresh.Sums, routes.Sums);
        Assert.Equal(fresh.Idle.UsedCount, routes.Idle.UsedCount);
        Assert.Equal(Enumerable.Range(0, routes.Sums.Length).Where(v => routes.Sums[v].Count > 0), routes.Used.List.ToArray().Order());
    }
}
