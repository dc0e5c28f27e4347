using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Tests.Checking;
using Logistics.Routing.Tests.Oracle;

namespace Logistics.Routing.Tests.Search;

/// <summary>What the search does not count because it never runs out must never run out.</summary>
public sealed class SlotBoundTests
{
    [Fact]
    public void A_dock_need_not_be_counted_where_no_vehicle_is_back_within_the_slot()
    {
        // Loading 5, there 10, back 10: the next loading begins 25 s later at the earliest. Two vehicles, so in a slot of 25 s two loadings, in one of 26 s four.
        Problem With(int docks, int slotSeconds)
        {
            var problem = Line.Of(0, 10, 20).WithVehicle(v => v with { MaxTrips = 3, ReloadDepots = [0] }).WithVehicles(2);
            return problem with
            {
                Resources = [new SharedResource { Id = "docks", CapacityByClass = [docks], SlotSeconds = slotSeconds }],
                Depots = [problem.Depots[0] with { LoadingSecondsPerTrip = 5, Dock = new ResourceUse(0, 0) }],
            };
        }

        Assert.False(new CompiledProblem(With(2, 25)).Resources.HasSlots);
        Assert.True(new CompiledProblem(With(1, 25)).Resources.HasSlots);
        Assert.True(new CompiledProblem(With(3, 26)).Resources.HasSlots);
        Assert.False(new CompiledProblem(With(4, 26)).Resources.HasSlots);
        // All day is one slot, in which each vehicle loads three times.
        Assert.True(new CompiledProblem(With(5, 0)).Resources.HasSlots);
        Assert.False(new CompiledProblem(With(6, 0)).Resources.HasSlots);
    }

    [Fact]
    public void Jobs_count_with_the_greediest_of_their_alternatives()
    {
        // One job takes three units or one, the other one: four at most.
        Problem With(int units) => Line.Of(0, 10, 20)
            .WithVisit(0, v => v with { Uses = [new(0, 0, 3)] })
            .WithJob(0, j => j with { Alternatives = [j.Alternatives[0], new Alternative { Visits = [new Visit { Place = 2, Uses = [new(0, 0)] }] }] })
            .WithVisit(1, v => v with { Uses = [new(0, 0)] }) with
        {
            Resources = [new SharedResource { Id = "quota", CapacityByClass = [units], SlotSeconds = 60 }],
        };

        Assert.True(new CompiledProblem(With(3)).Resources.HasSlots);
        Assert.False(new CompiledProblem(With(4)).Resources.HasSlots);
    }

    [Fact]
    public void No_plan_loads_more_often_in_a_slot_than_the_bound_says()
    {
        int routes = 0, reached = 0;
        for (int seed = 0; seed < 120; seed++)
        {
            var problem = WithDocks(OracleProblems.Make(seed), seed);
            if (problem.Jobs.Count > 4) continue;
            var compiled = new CompiledProblem(problem);
            var bound = compiled.Resources.Bound;
            var book = new UseBook(problem, OracleProblems.Horizon);
            // The slots of the one resource, each with one class; history stands in its own vehicle's routes.
            var most = new long[book.Size];
            for (int v = 0; v < problem.Vehicles.Count; v++)
            {
                var own = new int[book.Size];
                foreach (var option in new RouteEnumerator(problem, v, book).Enumerate())
                {
                    if (HasEmptyTrip(option.Text, problem.Vehicles[v].Committed?.StartedAt is not null)) continue;
                    routes++;
                    for (int s = 0; s < own.Length; s++) own[s] = Math.Max(own[s], option.Uses[s]);
                }

                for (int s = 0; s < own.Length; s++) most[s] += own[s];
            }

            Assert.True(most.Max() <= bound.Most[0], $"problem {seed}: {most.Max()} loadings in a slot, at most {bound.Most[0]} expected");
            if (most.Max() == bound.Most[0]) reached++;
        }

        Assert.True(routes > 3_000 && reached > 20, $"{routes} routes, bound reached {reached} times: that says little");
    }

    /// <summary>The search makes no trip without a visit, but a vehicle under way may begin with a reload.</summary>
    private static bool HasEmptyTrip(string route, bool isUnderWay)
    {
        bool isEmpty = !isUnderWay;
        foreach (string step in route.Split(' ').Skip(1))
        {
            bool isReload = step.StartsWith("reload", StringComparison.Ordinal);
            if (isReload && isEmpty) return true;
            isEmpty = isReload || (isEmpty && step.StartsWith("break", StringComparison.Ordinal));
        }

        return isEmpty;
    }

    /// <summary>A dock at every depot, and nothing else that takes from it.</summary>
    private static Problem WithDocks(Problem problem, int seed) => problem with
    {
        Resources = [new SharedResource { Id = "docks", CapacityByClass = [99], SlotSeconds = 5 + (seed % 40) }],
        Depots = [.. problem.Depots.Select(d => d with { Dock = new ResourceUse(0, 0) })],
        Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [.. j.Alternatives.Select(a => a with { Visits = [.. a.Visits.Select(v => v with { Uses = [] })] })] })],
    };
}
