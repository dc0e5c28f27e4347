using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Tests.Checking;

/// <summary>Tiny problems on a line: place k lies at metre <c>positions[k]</c>, a metre takes a second, place 0 is the only depot.</summary>
internal static class Line
{
    /// <summary>One vehicle of cost 1 per metre and one required job per place after the first.</summary>
    public static Problem Of(params int[] positions)
    {
        int n = positions.Length;
        var metres = new int[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) metres[(i * n) + j] = Math.Abs(positions[i] - positions[j]);
        return new Problem
        {
            Places = [.. positions.Select((at, i) => new Place($"p{i}", at, 0))],
            Profiles = [new MatrixTravel(n, metres, metres)],
            Depots = [new Depot { Id = "depot", Place = 0 }],
            Vehicles = [new Vehicle { Id = "v0", CostPerMetre = 1 }],
            Jobs = [.. Enumerable.Range(1, n - 1).Select(place => Single($"j{place - 1}", new Visit { Place = place }))],
        };
    }

    public static Job Single(string id, Visit visit) => new() { Id = id, Alternatives = [new Alternative { Visits = [visit] }] };

    public static Job Pair(string id, Visit pickup, Visit delivery) => new() { Id = id, Alternatives = [new Alternative { Visits = [pickup, delivery] }] };

    public static Problem WithVehicle(this Problem problem, Func<Vehicle, Vehicle> change, int vehicle = 0) =>
        problem with { Vehicles = [.. problem.Vehicles.Select((v, i) => i == vehicle ? change(v) : v)] };

    public static Problem WithVehicles(this Problem problem, int count) =>
        problem with { Vehicles = [.. Enumerable.Range(0, count).Select(v => problem.Vehicles[0] with { Id = $"v{v}" })] };

    public static Problem WithVisit(this Problem problem, int job, Func<Visit, Visit> change, int visit = 0) =>
        problem.WithAlternative(job, a => a with { Visits = [.. a.Visits.Select((v, i) => i == visit ? change(v) : v)] });

    public static Problem WithAlternative(this Problem problem, int job, Func<Alternative, Alternative> change) =>
        problem.WithJob(job, j => j with { Alternatives = [change(j.Alternatives[0]), .. j.Alternatives.Skip(1)] });

    public static Problem WithJob(this Problem problem, int job, Func<Job, Job> change) =>
        problem with { Jobs = [.. problem.Jobs.Select((j, i) => i == job ? change(j) : j)] };

    public static Problem WithTravel(this Problem problem, TimeBands? bands, LegClosures? closures)
    {
        var travel = (MatrixTravel)problem.Profiles[0];
        return problem with { Profiles = [new MatrixTravel(travel.PlaceCount, travel.Distances, travel.Durations) { Bands = bands, Closures = closures }] };
    }

    public static BareRoute Route(int vehicle, params BareStep[] steps) => new(vehicle, steps);

    /// <summary>Visits of the first alternative's first visit, in job order given.</summary>
    public static BareRoute Visits(int vehicle, params int[] jobs) => new(vehicle, [.. jobs.Select(j => BareStep.VisitOf(j, 0, 0))]);

    public static BareStep Visit(int job, int alternative = 0, int visit = 0) => BareStep.VisitOf(job, alternative, visit);

    public static BareStep Reload => BareStep.ReloadAt(0);

    /// <summary>The plan of these sequences is legal; returns it for arithmetic.</summary>
    public static Plan AssertLegal(Problem problem, params BareRoute[] routes)
    {
        Assert.Empty(ProblemValidator.Validate(problem));
        var plan = PlanScheduler.Schedule(problem, routes);
        Assert.Empty(PlanChecker.Check(problem, plan).Violations);
        return plan;
    }

    /// <summary>A running plan is legal for its own problem.</summary>
    public static void AssertRunning(Logistics.Routing.Replanning.RunningPlan running)
    {
        Assert.Empty(ProblemValidator.Validate(running.Problem));
        Assert.Empty(PlanChecker.Check(running.Problem, running.Plan).Violations);
    }

    /// <summary>The plan of these sequences breaks exactly this rule, and no other.</summary>
    public static void AssertRefused(ViolationKind rule, Problem problem, params BareRoute[] routes)
    {
        Assert.Empty(ProblemValidator.Validate(problem));
        AssertRefused(rule, problem, PlanScheduler.Schedule(problem, routes));
    }

    public static void AssertRefused(ViolationKind rule, Problem problem, Plan plan)
    {
        var violations = PlanChecker.Check(problem, plan).Violations;
        Assert.Equal([rule], violations.Select(v => v.Kind).Distinct());
    }

    /// <summary>The same plan with one step of one route changed.</summary>
    public static Plan WithStep(this Plan plan, int route, int step, Func<RouteStep, RouteStep> change) => plan with
    {
        Routes = [.. plan.Routes.Select((r, i) => i != route ? r : r with { Steps = [.. r.Steps.Select((s, k) => k == step ? change(s) : s)] })],
    };
}
