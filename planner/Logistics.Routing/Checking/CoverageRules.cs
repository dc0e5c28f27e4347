using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Every job is served exactly once by one whole alternative, or stated unserved; service levels hold; not too much is disturbed.</summary>
internal static class CoverageRules
{
    /// <summary>The (vehicle, alternative) that serves each job, or null.</summary>
    public static PreviousAssignment?[] Check(Plan plan, IReadOnlyList<CheckedRoute> routes, Findings findings)
    {
        var problem = findings.Problem;
        var served = new PreviousAssignment?[problem.Jobs.Count];
        var visits = new HashSet<(int Job, int Visit)>();
        foreach (var route in routes)
        {
            for (int i = 0; i < route.Route.Steps.Count; i++)
            {
                var step = route.Route.Steps[i];
                if (step.Kind != StepKind.Visit) continue;
                var assignment = new PreviousAssignment(route.VehicleIndex, step.Alternative);
                bool isRepeated = !visits.Add((step.Job, step.Visit));
                if (isRepeated || (served[step.Job] is { } other && other != assignment))
                    findings.Add(ViolationKind.Coverage, $"{findings.NameJob(step.Job)} is done more than once, or split.", route.VehicleIndex, i, step.Job);
                served[step.Job] = assignment;
            }
        }

        CheckUnserved(plan, served, findings);
        CheckLevels(served, findings);
        CheckDisturbance(served, findings);
        return served;
    }

    private static void CheckUnserved(Plan plan, PreviousAssignment?[] served, Findings findings)
    {
        var stated = new HashSet<int>();
        foreach (int job in plan.Unserved)
        {
            if ((uint)job >= (uint)served.Length) findings.Add(ViolationKind.Structure, $"Unserved job {job} is not in [0, {served.Length}).");
            else if (!stated.Add(job)) findings.Add(ViolationKind.Coverage, $"Unserved {findings.NameJob(job)} is listed more than once.", job: job);
        }

        for (int job = 0; job < served.Length; job++)
        {
            if (served[job] is not null && stated.Contains(job)) findings.Add(ViolationKind.Coverage, $"Served {findings.NameJob(job)} is listed as unserved.", job: job);
            if (served[job] is not null) continue;
            if (!stated.Contains(job)) findings.Add(ViolationKind.Coverage, $"Unserved {findings.NameJob(job)} is not listed.", job: job);
            if (findings.Problem.Jobs[job].UnservedCost is null) findings.Add(ViolationKind.Coverage, $"Required {findings.NameJob(job)} is not served.", job: job);
        }
    }

    private static void CheckLevels(PreviousAssignment?[] served, Findings findings)
    {
        var jobs = findings.Problem.Jobs;
        foreach (var level in findings.Problem.ServiceLevels)
        {
            int good = 0;
            for (int job = 0; job < served.Length; job++)
                if (served[job] is { } by && (level.Group is null || jobs[job].Group == level.Group) && jobs[job].Alternatives[by.Alternative].Level <= level.MaxLevel) good++;
            if (good < level.MinJobs)
                findings.Add(ViolationKind.ServiceLevel, $"{good} jobs of {(level.Group is { } group ? $"group {group}" : "all groups")} are served at level ≤ {level.MaxLevel}, at least {level.MinJobs} must be.");
        }
    }

    private static void CheckDisturbance(PreviousAssignment?[] served, Findings findings)
    {
        if (findings.Problem.Disturbance is not { MaxJobs: { } most } rule) return;
        int disturbed = CountDisturbed(rule, served);
        if (disturbed > most) findings.Add(ViolationKind.Disturbance, $"{disturbed} jobs are disturbed, at most {most} may be.");
    }

    public static int CountDisturbed(DisturbanceRule rule, PreviousAssignment?[] served)
    {
        int disturbed = 0;
        for (int job = 0; job < served.Length; job++)
            if (rule.Previous[job] is { } before && before != served[job]) disturbed++;
        return disturbed;
    }
}
