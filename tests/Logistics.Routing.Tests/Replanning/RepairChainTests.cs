using Logistics.Routing.Model;
using Logistics.Routing.Replanning;

namespace Logistics.Routing.Tests.Replanning;

/// <summary>A plan that is repaired, accepted, driven on and repaired again, on random problems with random features.</summary>
public sealed class RepairChainTests
{
    private const int BlockSize = 40;

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 4)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Splitting_a_plan_at_a_second_loses_nothing_it_serves(int block) => AssertNone(block, (seed, random) =>
    {
        var faults = new List<string>();
        if (RunningPlans.Solve(seed) is not var (problem, plan)) return faults;
        int now = RunningPlans.DrawSecond(random, plan);
        for (int split = 0; split < 3; split++)
        {
            var running = RunningPlan.At(problem, plan, now);
            faults.AddRange(RunningPlans.ListMoved(plan, running.Plan).Select(job => $"split {split} at {now}: job {job} is not where it was"));
            (problem, plan, now) = (running.Problem, running.Plan, now + random.Next(60));
        }

        return faults;
    });

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Harmless_change_after_an_accepted_repair_keeps_every_job_where_it_is(int block) => AssertNone(block, (seed, random) =>
    {
        var faults = new List<string>();
        if (RunningPlans.Solve(seed) is not var (problem, plan)) return faults;
        int now = RunningPlans.DrawSecond(random, plan);
        for (int round = 0; round < 2; round++)
        {
            var running = RunningPlan.At(problem, plan, now);
            if (RunningPlans.Repair(running, RandomIncidents.Draw(random, running), seed) is not { } first) return faults;
            now += random.Next(60);
            var again = RunningPlan.At(first.Problem, first.Plan, now);
            var second = RunningPlans.Repair(again, RandomIncidents.DrawHarmless(random, again), seed, maxDisturbed: 0);
            if (second is null) faults.Add($"round {round}: refused");
            else faults.AddRange(RunningPlans.ListMoved(first.Plan, second.Plan).Select(job => $"round {round} at {now}: job {job} is not where it was"));
            (problem, plan) = (first.Problem, first.Plan);
        }

        return faults;
    });

    /// <summary>A lost job was struck by the incident itself – then every vehicle has a reason not to take it – or given up within the budget, or nobody wants it any more.</summary>
    [Theory]
    [MemberData(nameof(Blocks))]
    public void Chain_of_three_incidents_loses_only_what_an_incident_took_and_keeps_history_and_budget(int block) => AssertNone(block, (seed, random) =>
    {
        var faults = new List<string>();
        if (RunningPlans.Solve(seed) is not var (problem, plan)) return faults;
        int now = RunningPlans.DrawSecond(random, plan), budget = random.Next(4);
        for (int link = 0; link < 3; link++)
        {
            var running = RunningPlan.At(problem, plan, now);
            var incident = RandomIncidents.Draw(random, running);
            if (RunningPlans.Repair(running, incident, seed, budget) is not { } repair) return faults;
            string what = $"link {link}, {incident.GetType().Name} at {now}";
            foreach (var violation in repair.Violations) faults.Add($"{what}: {violation}");
            if (repair.Disturbed > budget) faults.Add($"{what}: {repair.Disturbed} jobs are disturbed, {budget} may be");
            faults.AddRange(RunningPlans.ListChangedHistory(running, repair.Plan).Select(v => $"{what}: the history of vehicle {v} has changed"));
            faults.AddRange(ListLostWithoutReason(plan, repair).Select(f => $"{what}: {f}"));
            (problem, plan, now) = (repair.Problem, repair.Plan, now + random.Next(60));
        }

        return faults;
    });

    private static IEnumerable<string> ListLostWithoutReason(Plan before, Repair repair)
    {
        var served = RunningPlans.ListServed(repair.Plan);
        var touched = repair.Touched.ToDictionary(t => t.Job);
        foreach (int job in RunningPlans.ListServed(before).Keys.Where(j => !served.ContainsKey(j)))
        {
            if (!touched.TryGetValue(job, out var touch)) yield return $"job {job} is lost and nobody says so";
            else if (touch.Reason is TouchReason.Gained or TouchReason.Added) yield return $"job {job} is lost, said to be {touch.Reason}";
            else if (touch.Reason == TouchReason.Struck && repair.Explain(job).Exclusions.FirstOrDefault(e => e.Rules.Count == 0 && e.Cost is null or < 0) is { } free)
                yield return $"job {job} is lost, vehicle {free.Vehicle} could have taken it for {free.Cost}";
        }
    }

    private static void AssertNone(int block, Func<int, Random, List<string>> judge)
    {
        var faults = Enumerable.Range(block * BlockSize, BlockSize).SelectMany(seed => judge(seed, new Random(seed)).Select(f => $"seed {seed}: {f}")).ToList();
        Assert.True(faults.Count == 0, $"{faults.Count} faults\n{string.Join('\n', faults.Take(25))}");
    }
}
