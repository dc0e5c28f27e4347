using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>One element of an untimed route: a visit, or a reload at a depot.</summary>
public readonly record struct BareStep
{
    public int Job { get; private init; }
    public int Alternative { get; private init; }
    public int Visit { get; private init; }
    public int Depot { get; private init; }

    public bool IsReload => Job < 0;

    public static BareStep VisitOf(int job, int alternative, int visit) => new() { Job = job, Alternative = alternative, Visit = visit, Depot = -1 };

    public static BareStep ReloadAt(int depot) => new() { Job = -1, Alternative = -1, Visit = -1, Depot = depot };
}

/// <summary>An untimed route of one vehicle. Frozen visits of the vehicle are not listed: they are put in front.</summary>
public sealed record BareRoute(int Vehicle, IReadOnlyList<BareStep> Steps);

/// <summary>Turns bare sequences (a <c>.sol</c> file, another solver's answer) into a timed and costed plan. Shares no code with the search.</summary>
/// <remarks>
/// Every activity begins as early as it may; the route's start is the one that costs least (fewest seconds of violated limits, then cost, then duration); a break is
/// taken before the leg that would make it late; a pickup waits when its ride would otherwise be too long; resource classes are given smallest first. A sequence that cannot
/// be kept legally still gets times – <see cref="PlanChecker"/> says what is wrong with them. Pure and thread-safe.
/// </remarks>
public static class PlanScheduler
{
    public static Plan Schedule(Problem problem, IReadOnlyList<BareRoute> routes)
    {
        var timed = new List<Route>(routes.Count);
        foreach (var route in routes) timed.Add(Time(problem, route));
        ClassGiver.Give(problem, timed);
        return Price(problem, timed);
    }

    /// <summary>The plan with some routes sequenced anew: only those are timed, so that trying a change costs what the change touches.</summary>
    /// <param name="plan">A plan made by <see cref="Schedule"/>.</param>
    /// <param name="changed">New sequences by vehicle; one without steps takes the vehicle's route out.</param>
    public static Plan Retime(Problem problem, Plan plan, IReadOnlyList<BareRoute> changed)
    {
        var vehicles = changed.Select(r => r.Vehicle).ToHashSet();
        var timed = plan.Routes.Where(r => !vehicles.Contains(r.Vehicle)).Concat(changed.Where(r => r.Steps.Count > 0).Select(r => Time(problem, r))).OrderBy(r => r.Vehicle).ToList();
        ClassGiver.Give(problem, timed);
        return Price(problem, timed);
    }

    private static Route Time(Problem problem, BareRoute route) => new() { Vehicle = route.Vehicle, Steps = StartChoice.Time(problem, route), Cost = new CostBreakdown() };

    /// <summary>Fills in what follows from the timed routes: jobs left out and every cost.</summary>
    public static Plan Price(Problem problem, IReadOnlyList<Route> routes)
    {
        var served = routes.SelectMany(r => r.Steps).Where(s => s.Kind == StepKind.Visit).Select(s => s.Job).ToHashSet();
        var unserved = Enumerable.Range(0, problem.Jobs.Count).Where(job => !served.Contains(job)).ToList();
        var bare = new Plan { Routes = routes, Unserved = unserved, Cost = new CostBreakdown() };
        var findings = new Findings(problem);
        var sound = StructureRules.Check(bare, findings);
        var costs = new Dictionary<int, CostBreakdown>();
        foreach (var route in sound)
        {
            TimeRules.Check(route, findings);
            costs[route.VehicleIndex] = CostRules.CostOf(route);
        }

        var assignment = CoverageRules.Check(bare, sound, findings);
        return bare with
        {
            Routes = [.. routes.Select(r => r with { Cost = costs.GetValueOrDefault(r.Vehicle, new CostBreakdown()) })],
            Cost = CostRules.CostOf(problem, sound, assignment),
        };
    }
}
