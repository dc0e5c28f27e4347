using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Explaining;

/// <summary>Answers a dispatcher's questions about a plan: why is this job not served, what would serve it, what does this stop cost, why this vehicle.</summary>
/// <remarks>
/// Reasons are found by trying every position of each vehicle's present order and judged by <see cref="PlanChecker"/>, so none is guessed. Cost: vehicles × alternatives × positions
/// checks of the whole plan for one job; meant for questions, not for loops. Pure; thread-safe.
/// </remarks>
public static class PlanExplainer
{
    /// <summary>Why a job is not served, vehicle by vehicle and alternative by alternative, and the smallest change that would serve it.</summary>
    /// <param name="job">A job the plan leaves out.</param>
    /// <param name="iterations">Search iterations that confirm a change; 0 = no change is looked for.</param>
    public static UnservedExplanation ExplainUnserved(Problem problem, Plan plan, int job, long iterations = 2000, CancellationToken cancellation = default)
    {
        if (!plan.Unserved.Contains(job)) throw new ArgumentException($"Job {job} is served.", nameof(job));
        var draft = new PlanDraft(problem, plan);
        var insertions = ListInsertions(draft, job, exceptVehicle: -1);
        var exclusions = insertions.Select(i => Describe(draft, i, job)).ToList();
        var change = iterations > 0 ? new ChangeFinder(draft, job, iterations, cancellation).Find(insertions) : null;
        return new UnservedExplanation(job, exclusions, change);
    }

    /// <summary>What a served job costs where it is, and what every other vehicle would ask for it.</summary>
    public static JobExplanation ExplainServed(Problem problem, Plan plan, int job)
    {
        int vehicle = plan.Routes.FirstOrDefault(r => r.Steps.Any(s => s.Kind == StepKind.Visit && s.Job == job))?.Vehicle ?? throw new ArgumentException($"Job {job} is not served.", nameof(job));
        var draft = new PlanDraft(problem, plan);
        var without = draft.Replace(problem, vehicle, [.. draft.ListSteps(vehicle).Where(s => s.Job != job)]);
        long price = problem.Jobs[job].UnservedCost ?? 0;
        var remaining = new PlanDraft(problem, without);
        var others = ListInsertions(remaining, job, vehicle).Select(i => Describe(remaining, i, job)).ToList();
        return new JobExplanation(job, vehicle, draft.Cost - (remaining.Cost - price), others);
    }

    /// <summary>Marginal cost of every job of a route, in the order of its first visits: what the plan would save without it.</summary>
    public static IReadOnlyList<(int Job, long MarginalCost)> ListMarginalCosts(Problem problem, Plan plan, int vehicle)
    {
        var draft = new PlanDraft(problem, plan);
        var steps = draft.ListSteps(vehicle);
        var costs = new List<(int, long)>();
        foreach (int job in steps.Where(s => !s.IsReload).Select(s => s.Job).Distinct())
        {
            var without = draft.Replace(problem, vehicle, [.. steps.Where(s => s.Job != job)]);
            costs.Add((job, draft.Cost - (without.Cost.Total - (problem.Jobs[job].UnservedCost ?? 0))));
        }

        return costs;
    }

    /// <summary>What each stop of a vehicle's route costs, and what every other vehicle in its place would.</summary>
    public static RouteExplanation ExplainRoute(Problem problem, Plan plan, int vehicle)
    {
        var draft = new PlanDraft(problem, plan);
        if (draft.FindRoute(vehicle) is null) throw new ArgumentException($"Vehicle {vehicle} has no route.", nameof(vehicle));
        return new RouteExplainer(draft, vehicle).Explain();
    }

    private static List<Insertion> ListInsertions(PlanDraft draft, int job, int exceptVehicle)
    {
        var insertions = new List<Insertion>();
        for (int vehicle = 0; vehicle < draft.Problem.Vehicles.Count; vehicle++)
        {
            if (vehicle == exceptVehicle) continue;
            for (int a = 0; a < draft.Problem.Jobs[job].Alternatives.Count; a++) insertions.Add(Insertions.FindBest(draft, draft.Problem, job, a, vehicle));
        }

        return insertions;
    }

    private static Exclusion Describe(PlanDraft draft, Insertion insertion, int job)
    {
        if (!insertion.IsLegal)
            return new Exclusion(insertion.Vehicle, insertion.Alternative, [.. insertion.Violations.Select(v => v.Kind).Distinct()], null, string.Join(' ', insertion.Violations.Select(v => v.Message).Distinct(StringComparer.Ordinal)));
        long extra = insertion.Cost - draft.Cost;
        string price = draft.Problem.Jobs[job].UnservedCost is { } unserved ? $"{extra + unserved} against its price of {unserved}" : $"{extra}, and it is required";
        return new Exclusion(insertion.Vehicle, insertion.Alternative, [], extra, extra < 0 ? $"Could be served with gain: it costs {price}. Search longer." : $"Not worth it: serving it costs {price}.");
    }
}
