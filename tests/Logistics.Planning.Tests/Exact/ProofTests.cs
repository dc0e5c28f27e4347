using Logistics.OrTools;
using Logistics.Planning.Exact.Proofs;
using Logistics.Routing.Checking;
using Logistics.Routing.Search;

namespace Logistics.Planning.Tests.Exact;

/// <summary>The search against proven optima; <c>logistics prove --count 200</c> does the same for hundreds.</summary>
public sealed class ProofTests(ExactEngine engine) : IClassFixture<ExactEngine>
{
    public static TheoryData<int, int> Problems => [.. Enumerable.Range(1, 20).Select(seed => (3 + (seed % 4), seed))];

    [Theory]
    [MemberData(nameof(Problems))]
    public async Task Search_finds_the_proven_optimum(int jobs, int seed)
    {
        var problem = ProofSample.Make(jobs, seed);
        Assert.Empty(ProblemValidator.Validate(problem));

        var proof = await RoutingProof.ProveAsync(engine.Solver, problem, TimeSpan.FromSeconds(300), cancellationToken: TestContext.Current.CancellationToken);
        var found = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 5_000 }, TestContext.Current.CancellationToken);
        var replayed = PlanChecker.Check(problem, PlanScheduler.Schedule(problem, proof.Routes));

        Assert.Equal(CpSatOutcome.Optimal, proof.Outcome);
        Assert.Empty(replayed.Violations);
        Assert.Equal((proof.Best, proof.Best, true), (replayed.Cost.Total, PlanChecker.Check(problem, found.Plan).Cost.Total, found.IsFeasible));
    }
}
