using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Compiled;

namespace Logistics.Routing.Tests.Search;

/// <summary>Above 200 visits the general search lists positions before it walks them and breaks repairs off: its plans must be as legal and as dear as it says all the same.</summary>
public sealed class LargeGeneralSearchTests
{
    [Fact]
    public void Plans_of_large_problems_pass_the_checker_whatever_features_meet()
    {
        var faults = new List<string>();
        int served = 0, looked = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            var problem = Enlarge(RandomProblems.Make(seed, jobs: 210));
            Assert.True(new CompiledProblem(problem).VisitCount > 200);
            var result = RouteSearch.Solve(problem, new SearchOptions { Seed = (ulong)seed, MaxIterations = 60 }, TestContext.Current.CancellationToken);
            served += problem.Jobs.Count - result.Plan.Unserved.Count;
            if (!result.IsFeasible) continue;
            looked++;
            var check = PlanChecker.Check(problem, result.Plan);
            faults.AddRange(check.Violations.Select(v => $"seed {seed}: {v}"));
            if (check.Cost.Total != result.Plan.Cost.Total) faults.Add($"seed {seed}: the search says {result.Plan.Cost.Total}, the checker {check.Cost.Total}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(30)));
        Assert.True(looked > 5 && served > 500, $"{looked} plans with {served} jobs say little");
    }

    /// <summary>Thirty vehicles more, and a price for every job.</summary>
    private static Problem Enlarge(Problem problem) => problem with
    {
        Vehicles = [.. problem.Vehicles, .. Enumerable.Range(0, 30).Select(i => problem.Vehicles[i % problem.Vehicles.Count] with { Id = $"more {i}", Committed = null })],
        Jobs = [.. problem.Jobs.Select(j => j with { UnservedCost = j.UnservedCost ?? 400 })],
    };
}
