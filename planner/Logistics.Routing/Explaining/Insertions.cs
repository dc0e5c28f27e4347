using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Explaining;

/// <summary>A position tried: the plan with the job in it, what it breaks and what it costs.</summary>
internal sealed record Insertion(int Vehicle, int Alternative, IReadOnlyList<BareStep> Steps, Plan Plan, IReadOnlyList<Violation> Violations, long Cost)
{
    public bool IsLegal => Violations.Count == 0;
}

/// <summary>Tries an alternative at every position of a vehicle's present order, a further trip included.</summary>
internal static class Insertions
{
    // Pairs have quadratically many positions; on longer routes only deliveries this near the pickup are tried.
    private const int MaxPairSpan = 12;

    /// <summary>The cheapest legal position, else the one that breaks the fewest kinds of rules, then the fewest rules.</summary>
    public static Insertion FindBest(PlanDraft draft, Problem problem, int job, int alternative, int vehicle)
    {
        Insertion? best = null;
        foreach (var steps in ListSequences(problem, draft.ListSteps(vehicle), job, alternative, vehicle))
        {
            var tried = Try(draft, problem, job, alternative, vehicle, steps);
            if (best is null || IsBetter(tried, best)) best = tried;
        }

        return best!;
    }

    public static Insertion Try(PlanDraft draft, Problem problem, int job, int alternative, int vehicle, IReadOnlyList<BareStep> steps)
    {
        var plan = draft.Replace(problem, vehicle, steps);
        var check = PlanChecker.Check(problem, plan);
        return new Insertion(vehicle, alternative, steps, plan, [.. ListRelevant(draft.ListNew(check, plan), job)], check.Cost.Total);
    }

    /// <summary>The plan is legal as far as this job can help it.</summary>
    public static bool IsLegalFor(Problem problem, Plan plan, int job) => !ListRelevant(PlanChecker.Check(problem, plan).Violations, job).Any();

    // Another required job may be unserved too: that is not this job's doing.
    private static IEnumerable<Violation> ListRelevant(IEnumerable<Violation> violations, int job) => violations.Where(v => !(v.Kind == ViolationKind.Coverage && v.Job != job));

    private static bool IsBetter(Insertion a, Insertion b)
    {
        if (a.IsLegal != b.IsLegal) return a.IsLegal;
        if (a.IsLegal) return a.Cost < b.Cost;
        int kindsA = a.Violations.Select(v => v.Kind).Distinct().Count(), kindsB = b.Violations.Select(v => v.Kind).Distinct().Count();
        return kindsA != kindsB ? kindsA < kindsB : a.Violations.Count < b.Violations.Count || (a.Violations.Count == b.Violations.Count && a.Cost < b.Cost);
    }

    private static IEnumerable<List<BareStep>> ListSequences(Problem problem, List<BareStep> present, int job, int alternative, int vehicle)
    {
        bool isPair = problem.Jobs[job].Alternatives[alternative].Visits.Count == 2;
        // A job whose pickup is history is delivered only.
        bool isPickedUp = problem.Vehicles[vehicle].Committed?.Frozen.Any(f => f.Job == job && f.Visit == 0) ?? false;
        for (int i = 0; i <= present.Count; i++)
        {
            if (!isPair || isPickedUp) yield return Insert(present, (i, BareStep.VisitOf(job, alternative, isPickedUp ? 1 : 0)));
            else
                for (int j = i; j <= Math.Min(present.Count, i + MaxPairSpan); j++) yield return Insert(present, (j, BareStep.VisitOf(job, alternative, 1)), (i, BareStep.VisitOf(job, alternative, 0)));
        }

        if (present.Count == 0 || present.Count(s => s.IsReload) + 1 >= problem.Vehicles[vehicle].MaxTrips || isPickedUp) yield break;
        foreach (int depot in problem.Vehicles[vehicle].ReloadDepots)
            yield return [.. present, BareStep.ReloadAt(depot), BareStep.VisitOf(job, alternative, 0), .. isPair ? [BareStep.VisitOf(job, alternative, 1)] : (BareStep[])[]];
    }

    private static List<BareStep> Insert(List<BareStep> present, params (int At, BareStep Step)[] added)
    {
        var steps = new List<BareStep>(present);
        foreach (var (at, step) in added) steps.Insert(at, step);
        return steps;
    }
}
