using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Routing.Replanning;

/// <summary>How far a repair may go and how long it may take.</summary>
public sealed record RepairOptions
{
    /// <summary>Most jobs moved or dropped that could have stayed; null = unlimited.</summary>
    public int? MaxDisturbed { get; init; }

    /// <summary>Cost of moving one such job.</summary>
    public long CostPerDisturbed { get; init; }

    /// <summary>Seed, budget and clock of the search; where it begins is the repair's own.</summary>
    public SearchOptions Search { get; init; } = new() { MaxIterations = 2000 };
}

/// <summary>Repairs a running plan after incidents: history untouched, goods on board where they are, few jobs moved.</summary>
/// <remarks>
/// Every job that fits where it is stays by default (<see cref="KeptPlan"/>); those that do not are struck and free to go anywhere. A cool search around them then moves others while that
/// pays, within the budget. Required jobs get a price above everything, so that a repair always has an answer. Pure; the time it takes is the search's budget and two compilations.
/// </remarks>
public static class Replanner
{
    // Nearer to the plan people know than a search from nothing.
    private const double Heat = 0.1;

    public static RepairResult Repair(RunningPlan running, IReadOnlyList<Incident> incidents, RepairOptions options, CancellationToken cancellation = default)
    {
        var day = new ChangedDay(running);
        foreach (var incident in incidents) day.Apply(incident);
        if (day.Faults.Count > 0) return new RepairResult(null, day.Faults);
        var priced = WithPrices(day.Problem, running.Plan.Cost) with { Disturbance = null };
        if (ProblemValidator.Validate(priced) is { Count: > 0 } errors) return new RepairResult(null, [.. errors.Select(e => new IncidentFault(IncidentRule.Inconsistent, e.Index, e.ToString()))]);

        var relief = new LimitRelief(priced);
        relief.RelieveVehicles();
        var kept = KeptPlan.Of(relief.Problem, running.Plan);
        relief.RelieveLevels(kept.Assignment);
        var problem = relief.Problem with { Disturbance = new DisturbanceRule { Previous = kept.Assignment, CostPerJob = options.CostPerDisturbed, MaxJobs = options.MaxDisturbed } };
        var before = PreviousAssignment.ListOf(running.Plan, problem.Jobs.Count);
        var search = options.Search with { WarmStart = kept.Plan, Heat = Heat, Focus = FindFocus(day, running.Plan, before, kept.Assignment) };
        var plan = RouteSearch.Solve(problem, search, cancellation).Plan;
        var check = PlanChecker.Check(problem, plan);
        var undone = PlanChecker.Check(problem, kept.Plan);
        return new RepairResult(
            new Repair
            {
                Problem = problem,
                Plan = plan,
                CostBefore = running.Plan.Cost.Total,
                CostUnrepaired = undone.Cost.Total,
                Touched = ListTouched(day, before, PreviousAssignment.ListOf(plan, problem.Jobs.Count), kept.Assignment),
                Relieved = relief.Notes,
                Violations = check.Violations,
            },
            []);
    }

    /// <summary>Solves a repair's problem again as far as history allows: whatever may be disturbed, from the repair on. What a repair is measured against.</summary>
    public static Plan SolveFreely(Repair repair, SearchOptions search, CancellationToken cancellation = default) =>
        RouteSearch.Solve(repair.Problem with { Disturbance = null }, search with { WarmStart = repair.Plan }, cancellation).Plan;

    /// <summary>Required jobs get a price no saving outweighs; goods picked up as part of a pair stay required.</summary>
    private static Problem WithPrices(Problem problem, CostBreakdown cost)
    {
        long price = 10 * (cost.Total - cost.Unserved + problem.Jobs.Select(j => j.UnservedCost ?? 0).DefaultIfEmpty(0).Max() + 1);
        var begun = problem.Vehicles.SelectMany(v => v.Committed?.Frozen ?? []).Select(f => f.Job).ToHashSet();
        return problem with { Jobs = [.. problem.Jobs.Select((j, i) => j.UnservedCost is not null == !begun.Contains(i) ? j : j with { UnservedCost = begun.Contains(i) ? null : price })] };
    }

    private static List<int> FindFocus(ChangedDay day, Plan plan, PreviousAssignment?[] before, IReadOnlyList<PreviousAssignment?> kept)
    {
        var focus = new HashSet<int>(day.Jobs.Where(job => !day.Cancelled.Contains(job)));
        for (int job = 0; job < before.Length; job++)
            if (before[job] is { } was && (kept[job] is null || day.Vehicles.Contains(was.Vehicle))) focus.Add(job);
        foreach (int job in day.Cancelled)
            if (before[job] is { } was) focus.UnionWith(plan.Routes.First(r => r.Vehicle == was.Vehicle).Steps.Where(s => s.Kind == StepKind.Visit && s.Job != job).Select(s => s.Job));
        return [.. focus.Order()];
    }

    private static List<TouchedJob> ListTouched(ChangedDay day, PreviousAssignment?[] before, PreviousAssignment?[] after, IReadOnlyList<PreviousAssignment?> kept)
    {
        var touched = new List<TouchedJob>();
        for (int job = 0; job < after.Length; job++)
        {
            bool isAdded = day.Added.Contains(job);
            if (before[job] == after[job] && !isAdded && !(day.Cancelled.Contains(job) && before[job] is not null)) continue;
            var reason = isAdded ? TouchReason.Added
                : day.Cancelled.Contains(job) ? TouchReason.Cancelled
                : before[job] is null ? TouchReason.Gained
                : kept[job] is null ? TouchReason.Struck : TouchReason.Disturbed;
            touched.Add(new TouchedJob(job, reason, before[job], after[job]));
        }

        return touched;
    }
}
