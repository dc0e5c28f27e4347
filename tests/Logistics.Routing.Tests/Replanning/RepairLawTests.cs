using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Replanning;
using Logistics.Routing.Search;
using Logistics.Routing.Tests.Search;

namespace Logistics.Routing.Tests.Replanning;

/// <summary>What holds for every repair, on random problems with random features, seconds and incidents.</summary>
public sealed class RepairLawTests
{
    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 6)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Repairs_are_legal_keep_history_and_stay_within_the_budget(int block)
    {
        var faults = new List<string>();
        for (int seed = block * 50; seed < (block + 1) * 50; seed++) faults.AddRange(Judge(seed).Select(f => $"seed {seed}: {f}"));

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
    }

    private static IEnumerable<string> Judge(int seed)
    {
        var random = new Random(seed);
        var problem = Sound(RandomProblems.Make(seed, jobs: 4 + (seed % 14)));
        var cancel = TestContext.Current.CancellationToken;
        var solved = RouteSearch.Solve(problem, new SearchOptions { Seed = (ulong)seed, MaxIterations = 200 }, cancel);
        if (!solved.IsFeasible) yield break;
        var steps = solved.Plan.Routes.SelectMany(r => r.Steps).ToList();
        var running = RunningPlan.At(problem, solved.Plan, steps.Count == 0 ? 0 : Math.Min(100_000, steps[random.Next(steps.Count)].Start + random.Next(20)));
        foreach (var violation in PlanChecker.Check(running.Problem, running.Plan).Violations.Where(v => v.Kind != ViolationKind.ServiceLevel)) yield return $"running: {violation}";

        int budget = random.Next(4);
        var incidents = Enumerable.Range(0, 1 + random.Next(2)).Select(_ => RandomIncidents.Draw(random, running)).ToList();
        var result = Replanner.Repair(running, incidents, new RepairOptions { MaxDisturbed = budget, CostPerDisturbed = random.Next(50), Search = new SearchOptions { Seed = (ulong)seed, MaxIterations = 150 } }, cancel);
        if (result.Repair is not { } repair)
        {
            foreach (string fault in result.Faults.Where(f => !f.Contains("under way", StringComparison.Ordinal))) yield return $"refused: {fault}";
            yield break;
        }

        string what = string.Join(", ", incidents.Select(i => i.GetType().Name));
        foreach (var violation in repair.Violations) yield return $"{what}: {violation}";
        if (repair.Disturbed > budget) yield return $"{what}: {repair.Disturbed} jobs are disturbed, {budget} may be";
        if (repair.CostAfter > repair.CostUnrepaired) yield return $"{what}: costs {repair.CostAfter}, doing nothing {repair.CostUnrepaired}";
        for (int v = 0; v < problem.Vehicles.Count; v++)
        {
            if (running.Problem.Vehicles[v].Committed is not { StartedAt: not null } committed) continue;
            var driven = repair.Plan.Routes.Single(r => r.Vehicle == v).Steps;
            var kept = driven.Skip(1).Take(committed.Frozen.Count).Select(s => new FrozenVisit(s.Job, s.Alternative, s.Visit, s.Arrival, s.Start, s.Departure));
            if (!kept.SequenceEqual(committed.Frozen)) yield return $"{what}: the history of vehicle {v} has changed";
        }
    }

    // What is on board may not depend on the alternative that is chosen later.
    private static Problem Sound(Problem problem) => problem with
    {
        Dimensions = Math.Max(1, problem.Dimensions),
        Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [.. j.Alternatives.Select(a => a with { Visits = [a.Visits[0] with { Delivery = j.Alternatives[0].Visits[0].Delivery }, .. a.Visits.Skip(1)] })] })],
    };
}
