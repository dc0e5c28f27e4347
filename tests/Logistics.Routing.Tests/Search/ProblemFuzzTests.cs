using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Routing.Tests.Search;

/// <summary>Whatever a problem holds, it is refused with errors or solved: nothing throws, neither in the validator nor in the search nor in the checker.</summary>
public sealed class ProblemFuzzTests
{
    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 6)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Changed_problems_are_refused_or_solved(int block)
    {
        var faults = new List<string>();
        int refused = 0, solved = 0;
        for (int seed = block * 200; seed < (block + 1) * 200; seed++)
        {
            var problem = Mutate(seed);
            try
            {
                if (ProblemValidator.Validate(problem).Count > 0)
                {
                    refused++;
                    continue;
                }

                var plan = RouteSearch.Solve(problem, new SearchOptions { Seed = (ulong)seed, MaxIterations = 15 }, TestContext.Current.CancellationToken).Plan;
                PlanChecker.Check(problem, plan);
                solved++;
            }
#pragma warning disable CA1031 // That nothing escapes is what is tested.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                faults.Add($"seed {seed}: {thrown.GetType().Name} {thrown.Message} {thrown.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Logistics", StringComparison.Ordinal))}");
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
        // Both ways are really taken.
        Assert.InRange(refused, 20, 180);
        Assert.InRange(solved, 20, 180);
    }

    private static Problem Mutate(int seed)
    {
        var random = new Random(seed);
        var problem = RandomProblems.Make(seed, jobs: 2 + (seed % 8));
        if (problem.Dimensions == 0) problem = problem with { Dimensions = 1 };
        for (int i = 0; i <= random.Next(3); i++) problem = ProblemMutations.Apply(problem, random);
        return problem;
    }
}
