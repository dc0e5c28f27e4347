using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Tests.Checking;

namespace Logistics.Routing.Tests.Search;

/// <summary>A job is hopeless only where no plan at all can serve it.</summary>
public sealed class HopelessJobsTests
{
    [Fact]
    public void Jobs_for_a_closed_locker_or_for_no_vehicle_are_hopeless_and_others_are_not()
    {
        // 0: a locker without compartments; 1: the same, but the door would do; 2: a skill nobody has; 3: two units of a locker with one; 4: the one unit.
        var problem = Line.Of(0, 10, 20, 30, 40, 50) with
        {
            Resources = [new SharedResource { Id = "closed", CapacityByClass = [0, 0] }, new SharedResource { Id = "one left", CapacityByClass = [0, 1] }],
        };
        problem = problem
            .WithVisit(0, v => v with { Uses = [new ResourceUse(0, 0)] })
            .WithVisit(1, v => v with { Uses = [new ResourceUse(0, 1)] })
            .WithJob(1, j => j with { Alternatives = [.. j.Alternatives, new Alternative { Visits = [new Visit { Place = 2 }] }] })
            .WithAlternative(2, a => a with { Skills = [7] })
            .WithVisit(3, v => v with { Uses = [new ResourceUse(1, 0, 2)] })
            .WithVisit(4, v => v with { Uses = [new ResourceUse(1, 0)] });
        var hopeless = new CompiledProblem(problem).Hopeless;

        Assert.Equal([true, false, true, true, false], Enumerable.Range(0, 5).Select(hopeless.Contains));
        Assert.Equal(3, hopeless.Count);
    }

    [Fact]
    public void Whoever_is_served_was_not_hopeless()
    {
        int served = 0, hopelessJobs = 0;
        for (int seed = 0; seed < 24; seed++)
        {
            var problem = RandomProblems.Make(seed, jobs: 10);
            var hopeless = new CompiledProblem(problem).Hopeless;
            hopelessJobs += hopeless.Count;
            var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 80, Seed = 1 }, TestContext.Current.CancellationToken).Plan;
            foreach (var step in plan.Routes.SelectMany(r => r.Steps).Where(s => s.Kind == StepKind.Visit))
            {
                Assert.False(hopeless.Contains(step.Job), $"problem {seed}: job {step.Job} is served");
                served++;
            }
        }

        Assert.True(served > 100, $"only {served} jobs served, {hopelessJobs} hopeless");
    }
}
