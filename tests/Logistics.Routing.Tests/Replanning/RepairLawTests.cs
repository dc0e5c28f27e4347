using Logistics.Routing.Checking;
using Logistics.Routing.Replanning;
using Logistics.Routing.Search;

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
        if (RunningPlans.Solve(seed) is not var (problem, plan)) yield break;
        var running = RunningPlan.At(problem, plan, RunningPlans.DrawSecond(random, plan));
        foreach (var violation in PlanChecker.Check(running.Problem, running.Plan).Violations.Where(v => v.Kind != ViolationKind.ServiceLevel)) yield return $"running: {violation}";

        int budget = random.Next(4);
        var incidents = Enumerable.Range(0, 1 + random.Next(4)).Select(_ => RandomIncidents.Draw(random, running)).ToList();
        var result = Replanner.Repair(running, incidents, new RepairOptions { MaxDisturbed = budget, CostPerDisturbed = random.Next(50), Search = new SearchOptions { Seed = (ulong)seed, MaxIterations = 150 } }, TestContext.Current.CancellationToken);
        if (result.Repair is not { } repair)
        {
            foreach (var fault in result.Faults.Where(f => f.Rule != IncidentRule.History)) yield return $"refused: {fault.Message}";
            yield break;
        }

        string what = string.Join(", ", incidents.Select(i => i.GetType().Name));
        foreach (var violation in repair.Violations) yield return $"{what}: {violation}";
        if (repair.Disturbed > budget) yield return $"{what}: {repair.Disturbed} jobs are disturbed, {budget} may be";
        if (repair.CostAfter > repair.CostUnrepaired) yield return $"{what}: costs {repair.CostAfter}, doing nothing {repair.CostUnrepaired}";
        foreach (int vehicle in RunningPlans.ListChangedHistory(running, repair.Plan)) yield return $"{what}: the history of vehicle {vehicle} has changed";
    }
}
