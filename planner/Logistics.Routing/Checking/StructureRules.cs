using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Indexes, step order and vehicles used once: what must hold before anything else can be judged.</summary>
internal static class StructureRules
{
    /// <summary>The routes that can be judged further; the others have findings.</summary>
    public static List<CheckedRoute> Check(Plan plan, Findings findings)
    {
        var sound = new List<CheckedRoute>();
        var used = new HashSet<int>();
        for (int r = 0; r < plan.Routes.Count; r++)
        {
            var route = plan.Routes[r];
            if ((uint)route.Vehicle >= (uint)findings.Problem.Vehicles.Count)
            {
                findings.Add(ViolationKind.Structure, $"Route {r}: vehicle {route.Vehicle} is not in [0, {findings.Problem.Vehicles.Count}).");
                continue;
            }

            if (!used.Add(route.Vehicle)) findings.Add(ViolationKind.Structure, $"{findings.NameVehicle(route.Vehicle)} has more than one route.", route.Vehicle);
            if (HasSoundSteps(route, findings)) sound.Add(new CheckedRoute(findings.Problem, route));
        }

        foreach (int vehicle in Enumerable.Range(0, findings.Problem.Vehicles.Count))
            if (findings.Problem.Vehicles[vehicle].Committed is { StartedAt: not null } && !used.Contains(vehicle))
                findings.Add(ViolationKind.Frozen, $"{findings.NameVehicle(vehicle)} is already under way but has no route.", vehicle);
        return sound;
    }

    private static bool HasSoundSteps(Route route, Findings findings)
    {
        var steps = route.Steps;
        if (steps.Count < 2 || steps[0].Kind != StepKind.Start || steps[^1].Kind != StepKind.End)
        {
            findings.Add(ViolationKind.Structure, $"{findings.NameVehicle(route.Vehicle)}: a route begins with a start step and finishes with an end step.", route.Vehicle);
            return false;
        }

        bool isSound = true;
        for (int i = 0; i < steps.Count; i++)
        {
            if (FindFault(findings.Problem, route, steps[i], i) is not { } fault) continue;
            findings.Add(ViolationKind.Structure, $"{findings.NameVehicle(route.Vehicle)}, step {i}: {fault}", route.Vehicle, i);
            isSound = false;
        }

        return isSound;
    }

    private static string? FindFault(Problem problem, Route route, RouteStep step, int index)
    {
        bool isEdge = index == 0 || index == route.Steps.Count - 1;
        if (!isEdge && step.Kind is StepKind.Start or StepKind.End) return $"a {step.Kind} step may not stand inside a route.";
        if ((uint)step.Place >= (uint)problem.Places.Count) return $"place {step.Place} is not in [0, {problem.Places.Count}).";
        return step.Kind switch
        {
            StepKind.Visit => FindVisitFault(problem, step),
            StepKind.Break when (uint)step.Break >= (uint)problem.Vehicles[route.Vehicle].Breaks.Count =>
                $"break {step.Break} is not in [0, {problem.Vehicles[route.Vehicle].Breaks.Count}).",
            StepKind.Reload when (uint)step.Depot >= (uint)problem.Depots.Count => $"depot {step.Depot} is not in [0, {problem.Depots.Count}).",
            _ => null,
        };
    }

    private static string? FindVisitFault(Problem problem, RouteStep step)
    {
        if ((uint)step.Job >= (uint)problem.Jobs.Count) return $"job {step.Job} is not in [0, {problem.Jobs.Count}).";
        var alternatives = problem.Jobs[step.Job].Alternatives;
        if ((uint)step.Alternative >= (uint)alternatives.Count) return $"alternative {step.Alternative} of job {step.Job} is not in [0, {alternatives.Count}).";
        int visits = alternatives[step.Alternative].Visits.Count;
        return (uint)step.Visit < (uint)visits ? null : $"visit {step.Visit} of job {step.Job} is not in [0, {visits}).";
    }
}
