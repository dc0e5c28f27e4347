using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Explaining;

/// <summary>A plan as bare sequences that can be changed and judged again.</summary>
/// <remarks>The routes that are not touched keep their stated times; a touched route is timed anew. Judged by <see cref="PlanChecker"/>, so what it says is what the checker says.</remarks>
internal sealed class PlanDraft
{
    private readonly Problem _problem;
    private readonly Plan _plan;
    private readonly HashSet<Violation> _known;

    public PlanDraft(Problem problem, Plan plan)
    {
        (_problem, _plan) = (problem, plan);
        var check = PlanChecker.Check(problem, plan);
        (Cost, _known) = (check.Cost.Total, [.. check.Violations]);
    }

    public Problem Problem => _problem;

    public Plan Plan => _plan;

    /// <summary>The plan's recomputed cost.</summary>
    public long Cost { get; }

    /// <summary>What a changed plan breaks and this one does not: only for that is the change to blame.</summary>
    /// <remarks>A fault at a step is an old one only where the step before is the same too: another leg may lead to a place that was out of reach before.</remarks>
    public IEnumerable<Violation> ListNew(CheckResult check, Plan changed) => check.Violations.Where(v => !_known.Contains(v) || !IsSameLeg(v, changed));

    private bool IsSameLeg(Violation violation, Plan changed)
    {
        if (violation.Step < 0) return true;
        var (before, after) = (FindRoute(_plan, violation.Vehicle)!.Steps, FindRoute(changed, violation.Vehicle)!.Steps);
        if (violation.Step >= Math.Min(before.Count, after.Count)) return false;
        for (int i = Math.Max(0, violation.Step - 1); i <= violation.Step; i++)
        {
            var (a, b) = (before[i], after[i]);
            if ((a.Kind, a.Job, a.Alternative, a.Visit, a.Depot) != (b.Kind, b.Job, b.Alternative, b.Visit, b.Depot)) return false;
        }

        return true;
    }

    /// <summary>The part of a vehicle's route that is not history.</summary>
    public List<BareStep> ListSteps(int vehicle)
    {
        var steps = new List<BareStep>();
        if (FindRoute(vehicle) is not { } route) return steps;
        int frozen = _problem.Vehicles[vehicle].Committed is { StartedAt: not null } committed ? committed.Frozen.Count : 0;
        for (int i = frozen + 1; i < route.Steps.Count - 1; i++)
        {
            if (route.Steps[i].Kind == StepKind.Visit) steps.Add(BareStep.VisitOf(route.Steps[i].Job, route.Steps[i].Alternative, route.Steps[i].Visit));
            else if (route.Steps[i].Kind == StepKind.Reload) steps.Add(BareStep.ReloadAt(route.Steps[i].Depot));
        }

        return steps;
    }

    public Route? FindRoute(int vehicle) => FindRoute(_plan, vehicle);

    private static Route? FindRoute(Plan plan, int vehicle)
    {
        foreach (var route in plan.Routes)
            if (route.Vehicle == vehicle) return route;
        return null;
    }

    /// <summary>The plan with the sequences of two vehicles exchanged.</summary>
    public Plan Exchange(int a, int b)
    {
        var (stepsOfA, stepsOfB) = (ListSteps(a), ListSteps(b));
        var routes = _plan.Routes.Where(r => r.Vehicle != a && r.Vehicle != b).ToList();
        if (stepsOfB.Count > 0) routes.Add(Time(_problem, a, stepsOfB));
        if (stepsOfA.Count > 0) routes.Add(Time(_problem, b, stepsOfA));
        ClassGiver.Give(_problem, routes);
        return PlanScheduler.Price(_problem, routes);
    }

    private static Route Time(Problem problem, int vehicle, IReadOnlyList<BareStep> steps) =>
        new() { Vehicle = vehicle, Steps = StartChoice.Time(problem, new BareRoute(vehicle, steps)), Cost = new CostBreakdown() };

    /// <summary>The plan with one vehicle's sequence replaced, timed and priced under a problem that may differ in rules but not in indexes.</summary>
    public Plan Replace(Problem problem, int vehicle, IReadOnlyList<BareStep> steps)
    {
        var routes = _plan.Routes.Where(r => r.Vehicle != vehicle).ToList();
        bool isUnderWay = problem.Vehicles[vehicle].Committed is { StartedAt: not null };
        if (steps.Count > 0 || isUnderWay)
            routes.Add(Time(problem, vehicle, steps));
        // Classes are given over all routes together, because a new use may move an old one to a larger class.
        ClassGiver.Give(problem, routes);
        return PlanScheduler.Price(problem, routes);
    }
}
