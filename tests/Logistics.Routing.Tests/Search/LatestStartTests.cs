using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;
using Logistics.Routing.Tests.Checking;

namespace Logistics.Routing.Tests.Search;

/// <summary>A long route ends as early as it can and begins as late as that allows, wherever its break has to go for it.</summary>
public sealed class LatestStartTests
{
    // Routes of more visits are not stepped from event to event.
    private const int Visits = 30;
    private const int ShiftEnd = 1200;

    [Fact]
    public void No_start_ends_earlier_and_no_later_one_as_early()
    {
        int timed = 0, late = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            var problem = Make(new Random(seed));
            var walk = List(problem);
            long cost = walk.Time();
            if (cost == Walk.Infeasible) continue;
            timed++;
            int begin = walk.Begin, end = begin + walk.Duration;
            if (begin > 0) late++;
            Assert.Equal((cost, begin), (List(problem).Price(0), begin));
            for (int second = 0; second < ShiftEnd; second += second < begin ? 7 : 1)
            {
                var other = List(problem.WithVehicle(v => v with { Shift = v.Shift with { Earliest = second }, LatestStart = second }));
                if (other.Time() == Walk.Infeasible) continue;
                int otherEnd = second + other.Duration;
                Assert.True(second > begin ? otherEnd > end : otherEnd >= end, $"seed {seed}: begun at {begin} the route ends at {end}, begun at {second} at {otherEnd}");
            }
        }

        Assert.True(timed > 25 && late > 15, $"{timed} routes possible, {late} of them begun late: they say little");
    }

    private static Walk List(Problem problem)
    {
        var compiled = new CompiledProblem(problem);
        var walk = new Walk(compiled, new SlotBook(compiled));
        walk.Open(0);
        walk.Add(compiled.Vehicles[0].Start);
        for (int job = 0; job < compiled.Jobs.Count; job++) walk.Add(compiled.Jobs.FirstNode[job]);
        walk.Add(compiled.Vehicles[0].End);
        return walk;
    }

    /// <summary>A line of visits with some windows about when they are reached, slow and fast hours, closed legs, and a break that may have to be taken anywhere.</summary>
    private static Problem Make(Random random)
    {
        var positions = new int[Visits + 1];
        for (int i = 1; i <= Visits; i++) positions[i] = positions[i - 1] + (random.Next(4) == 0 ? 0 : random.Next(12));
        int breakFrom = random.Next(400);
        var problem = Line.Of(positions).WithVehicle(v => v with
        {
            CostPerSecond = 2,
            Shift = new TimeWindow(0, ShiftEnd),
            Breaks = [new Break { Id = "rest", Windows = [new TimeWindow(breakFrom, breakFrom + 60 + random.Next(150))], DurationSeconds = 40, IsWaivedIfRouteEndsBefore = random.Next(2) == 0 }],
        });
        int places = Visits + 1;
        var closures = random.Next(2) == 0 ? null : new LegClosures([.. Enumerable.Range(0, places * places).Select(_ => (ushort)(random.Next(4) == 0 ? 1 : 0))], [[new ClosedInterval(90, 130), new ClosedInterval(300, 330)]], null, null);
        problem = problem.WithTravel(new TimeBands([100, 300], [[1000, 1500, 800]], null), closures);
        for (int j = 0; j < Visits; j++)
        {
            int about = 60 + positions[j + 1] + (j * 3) + random.Next(120);
            problem = problem.WithVisit(j, v => v with { HandlingSeconds = random.Next(6), Windows = random.Next(4) > 0 ? [] : [new TimeWindow(about, about + 80 + random.Next(100))] });
        }

        return problem;
    }
}
