using Logistics.Routing.Checking;
using Logistics.Routing.Explaining;
using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Tests.Oracle;

namespace Logistics.Routing.Tests.Explaining;

/// <summary>Solves random problems and holds every explanation of an unserved job to the checker and to brute force.</summary>
internal static class ExplanationTruth
{
    /// <summary>Unserved jobs explained (but for those no way leads to), those with a confirmed change, those without one and why, and faults: a reason or change that is not true.</summary>
    public static (int Explained, int Changed, int Missed, List<string> Faults, List<string> Misses) Judge(int seed, CancellationToken cancel)
    {
        var problem = OracleProblems.Make(seed);
        var faults = new List<string>();
        var misses = new List<string>();
        int explained = 0, changed = 0, missed = 0;
        if (ProblemValidator.Validate(problem).Count > 0) return (0, 0, 0, faults, misses);
        var plan = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = 3000 }, cancel).Plan;
        foreach (int job in plan.Unserved)
        {
            var explanation = PlanExplainer.ExplainUnserved(problem, plan, job, 1000, cancel);
            explained++;
            foreach (var exclusion in explanation.Exclusions)
                if (FindFault(problem, plan, job, exclusion) is { } fault) faults.Add($"seed {seed}, job {job}, vehicle {exclusion.Vehicle}.{exclusion.Alternative}: {fault}");
            if (explanation.Change is not { } change)
            {
                // Where no way leads there is nothing to change, and saying so is true.
                if (explanation.Exclusions.All(e => e.Rules.Contains(ViolationKind.Unreachable)))
                {
                    explained--;
                    continue;
                }

                missed++;
                misses.Add($"seed {seed}, job {job} price {problem.Jobs[job].UnservedCost}: {string.Join(" | ", explanation.Exclusions.Select(e => $"{e.Vehicle}.{e.Alternative} {string.Join(",", e.Rules)} {e.Cost}"))}");
                continue;
            }

            changed++;
            if (change.Plan.Unserved.Contains(job)) faults.Add($"seed {seed}, job {job}: '{change.Description}' does not serve it.");
            if (PlanChecker.Check(change.Problem, change.Plan).Violations.Any(v => v.Kind != ViolationKind.Coverage)) faults.Add($"seed {seed}, job {job}: '{change.Description}' gives an illegal plan.");
        }

        return (explained, changed, missed, faults, misses);
    }

    /// <summary>The vehicle alone with its present jobs kept in their order and this one added: brute force over every timing must find it illegal exactly when the explanation says so.</summary>
    private static string? FindFault(Problem problem, Plan plan, int job, Exclusion exclusion)
    {
        var kept = new HashSet<int>(plan.Routes.Where(r => r.Vehicle == exclusion.Vehicle).SelectMany(r => r.Steps).Where(s => s.Kind == StepKind.Visit).Select(s => s.Job)) { job };
        var chosen = plan.Routes.SelectMany(r => r.Steps).Where(s => s.Kind == StepKind.Visit).GroupBy(s => s.Job).ToDictionary(g => g.Key, g => g.First().Alternative);
        // Everything the vehicle does is required and has one way only; everything else is left to nobody.
        var alone = problem with
        {
            ServiceLevels = [],
            Disturbance = null,
            Balance = null,
            Jobs = [.. problem.Jobs.Select((j, i) => i == job ? j with { UnservedCost = null, Alternatives = [j.Alternatives[exclusion.Alternative]] }
                : kept.Contains(i) ? j with { UnservedCost = null, Alternatives = [j.Alternatives[chosen[i]]] }
                : j with { UnservedCost = 0, Alternatives = [.. j.Alternatives.Select(a => a with { AllowedVehicles = [] })] })],
        };
        var book = new UseBook(alone, OracleProblems.Horizon);
        bool isPossible = new RouteEnumerator(alone, exclusion.Vehicle, book).Enumerate().Exists(r => kept.All(k => r.Choice[k] >= 0));
        if (exclusion.Rules.Count == 0) return isPossible ? null : $"claims a legal position that brute force does not find: {exclusion.Message}";
        // Rules of the plan as a whole are not this vehicle's; all others must keep the job out of every position of the present order, however it is timed.
        if (!isPossible || exclusion.Rules.Any(rule => rule is ViolationKind.Resource or ViolationKind.ServiceLevel or ViolationKind.Disturbance)) return null;
        var steps = plan.Routes.FirstOrDefault(r => r.Vehicle == exclusion.Vehicle)?.Steps ?? [];
        if (steps.Any(s => s.Kind == StepKind.Reload)) return null;
        var single = alone with { Vehicles = [.. alone.Vehicles.Select(v => v with { MaxTrips = 1 })] };
        int history = problem.Vehicles[exclusion.Vehicle].Committed?.Frozen.Count ?? 0;
        var order = steps.Where(s => s.Kind == StepKind.Visit).Skip(history).Select(s => (s.Job, s.Visit)).ToList();
        bool fits = new RouteEnumerator(single, exclusion.Vehicle, book) { KeptOrder = order }.Enumerate().Exists(r => kept.All(k => r.Choice[k] >= 0));
        return fits ? $"says {string.Join(", ", exclusion.Rules)} keeps it out, but brute force fits it in: {exclusion.Message}" : null;
    }
}
