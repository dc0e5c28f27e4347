using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Routing.Tests.Search;

public class RandomProblemTests
{
    [Fact]
    public void Plans_pass_the_checker_whatever_features_meet()
    {
        var faults = new List<string>();
        for (int seed = 0; seed < 120; seed++)
        {
            var problem = RandomProblems.Make(seed, jobs: 4 + (seed % 12));
            var result = RouteSearch.Solve(problem, new SearchOptions { Seed = (ulong)seed, MaxIterations = 60 }, TestContext.Current.CancellationToken);
            var check = PlanChecker.Check(problem, result.Plan);
            if (result.IsFeasible) faults.AddRange(check.Violations.Select(v => $"seed {seed}: {v}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(30)));
    }
}
