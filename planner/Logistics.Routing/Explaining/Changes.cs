using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Routing.Explaining;

/// <summary>A change with a free amount: how to apply it, the most that makes sense, and how large a unit of it is felt to be.</summary>
/// <param name="Apply">The problem with the change of the given amount; a larger amount is never stricter.</param>
/// <param name="Describe">The change in words.</param>
/// <param name="UnitSize">Size per unit for ranking: a minute, a kilometre and one parcel weigh alike, a lifted rule an hour, a further vehicle a day.</param>
internal sealed record Change(Func<Problem, long, Problem> Apply, Func<long, string> Describe, long Most, double UnitSize);

/// <summary>Changes that would mend one kind of violation.</summary>
internal static class Changes
{
    private const double PerSecond = 1.0 / 60, PerMetre = 1.0 / 1000, LiftedRule = 60, FurtherVehicle = 1440;
    private const long MostSeconds = TimeWindow.Horizon / 4, MostUnits = 1L << 40;

    /// <summary>Changes that bear on the rules an insertion breaks; together, in some amounts, they may mend it.</summary>
    public static IEnumerable<Change> For(Problem problem, Insertion insertion, int job) =>
        insertion.Violations.GroupBy(v => v.Kind).SelectMany(kind => For(problem, insertion, job, kind.Key, [.. kind]));

    private static IEnumerable<Change> For(Problem problem, Insertion insertion, int job, ViolationKind kind, List<Violation> violations)
    {
        int vehicle = insertion.Vehicle;
        var first = violations[0];
        return kind switch
        {
            ViolationKind.Window => violations.DistinctBy(v => v.Step).Select(v => LaterWindow(insertion.Plan, v)),
            ViolationKind.Shift => [OnVehicle(vehicle, (v, x) => v with { Shift = v.Shift with { Latest = (int)(v.Shift.Latest + x) } }, x => $"end the shift of {Name(problem, vehicle)} {x} s later", MostSeconds, PerSecond)],
            ViolationKind.MaxDistance => [OnVehicle(vehicle, (v, x) => v with { MaxDistance = v.MaxDistance + x }, x => $"let {Name(problem, vehicle)} drive {x} m more", MostUnits, PerMetre)],
            ViolationKind.MaxDuration => [OnVehicle(vehicle, (v, x) => v with { MaxDurationSeconds = (int?)(v.MaxDurationSeconds + x) }, x => $"let {Name(problem, vehicle)} be out {x} s longer", MostSeconds, PerSecond)],
            ViolationKind.MaxTravel => [OnVehicle(vehicle, (v, x) => v with { MaxTravelSeconds = (int?)(v.MaxTravelSeconds + x) }, x => $"let {Name(problem, vehicle)} be at the wheel {x} s longer", MostSeconds, PerSecond)],
            ViolationKind.MaxStops => [OnVehicle(vehicle, (v, x) => v with { MaxStops = (int?)(v.MaxStops + x) }, x => $"allow {Name(problem, vehicle)} {x} more stops", 1000, 1)],
            ViolationKind.MaxTasks => [OnVehicle(vehicle, (v, x) => v with { MaxTasks = (int?)(v.MaxTasks + x) }, x => $"allow {Name(problem, vehicle)} {x} more tasks", 1000, 1)],
            ViolationKind.Capacity => Enumerable.Range(0, problem.Vehicles[vehicle].Capacity.Count).Select(d => Capacity(problem, vehicle, d)),
            ViolationKind.Skill => [OnVehicle(vehicle, (v, _) => v with { Skills = [.. v.Skills, .. problem.Jobs[job].Alternatives[insertion.Alternative].Skills] }, _ => $"give {Name(problem, vehicle)} the skills of {Name(problem.Jobs[job], job)}", 1, LiftedRule)],
            ViolationKind.Zone => [OnVehicle(vehicle, (v, _) => v with { Zones = null }, _ => $"let {Name(problem, vehicle)} into every zone", 1, LiftedRule)],
            ViolationKind.AllowedVehicle => [OnAlternative(job, insertion.Alternative, (a, _) => a with { AllowedVehicles = [.. a.AllowedVehicles ?? [], vehicle] }, _ => $"allow {Name(problem.Jobs[job], job)} on {Name(problem, vehicle)}", 1, LiftedRule)],
            ViolationKind.ForbiddenVehicle => [OnAlternative(job, insertion.Alternative, (a, _) => a with { ForbiddenVehicles = [.. a.ForbiddenVehicles.Where(v => v != vehicle)] }, _ => $"no longer forbid {Name(problem.Jobs[job], job)} on {Name(problem, vehicle)}", 1, LiftedRule)],
            ViolationKind.MaxRide => [OnAlternative(first.Job, insertion.Plan.Routes.First(r => r.Vehicle == vehicle).Steps[first.Step].Alternative, (a, x) => a with { MaxRideSeconds = (int?)(a.MaxRideSeconds + x) }, x => $"let {Name(problem.Jobs[first.Job], first.Job)} ride {x} s longer", MostSeconds, PerSecond)],
            ViolationKind.GoodsConflict => [new Change((p, _) => p with { GoodsConflicts = [] }, _ => "let all goods travel together", 1, LiftedRule)],
            ViolationKind.DepotOpening => problem.Depots.Select((depot, d) => new Change(
                (p, x) => p with { Depots = [.. p.Depots.Select((at, i) => i == d ? at with { Open = at.Open with { Latest = (int)Math.Min(TimeWindow.Horizon, at.Open.Latest + x) } } : at)] },
                x => $"close depot {d} ({depot.Id}) {x} s later", MostSeconds, PerSecond)),
            ViolationKind.Break => [OnVehicle(vehicle, (v, _) => v with { Breaks = [] }, _ => $"excuse {Name(problem, vehicle)} from its breaks", 1, LiftedRule)],
            ViolationKind.Resource => problem.Resources.SelectMany((r, i) => Enumerable.Range(0, r.CapacityByClass.Count).Select(c => Units(problem, i, c))),
            ViolationKind.ServiceLevel => [new Change((p, _) => p with { ServiceLevels = [] }, _ => "give up the service levels", 1, LiftedRule)],
            ViolationKind.Release => violations.Select(v => v.Job).Distinct().Select(late => new Change(
                (p, _) => p with { Jobs = [.. p.Jobs.Select((j, i) => i != late ? j : j with { Alternatives = [.. j.Alternatives.Select(a => a with { ReleaseTime = 0 })] })] },
                _ => $"release {Name(problem.Jobs[late], late)} before the day begins", 1, LiftedRule)),
            ViolationKind.MaxTrips => [OnVehicle(vehicle, (v, x) => v with { MaxTrips = (int)(v.MaxTrips + x) }, x => $"let {Name(problem, vehicle)} make {x} more trips", 30, LiftedRule)],
            ViolationKind.Loaded => violations.Select(v => v.Job).Distinct().SelectMany(loaded => Load(problem, vehicle, loaded)),
            ViolationKind.Disturbance => [new Change((p, x) => p with { Disturbance = p.Disturbance! with { MaxJobs = (int?)(p.Disturbance.MaxJobs + x) } }, x => $"allow {x} more disturbed jobs", 1000, 1)],
            _ => [],
        };
    }

    /// <summary>Goods put on board where they are not; goods on board of one vehicle given to another; another order than the loaded one.</summary>
    private static IEnumerable<Change> Load(Problem problem, int vehicle, int job)
    {
        var holder = problem.Vehicles.FirstOrDefault(v => v.Committed?.Loaded.Contains(job) ?? false);
        if (problem.Vehicles[vehicle].Committed is { KeepsLoadedOrder: true })
            yield return OnVehicle(vehicle, (v, _) => v with { Committed = v.Committed! with { KeepsLoadedOrder = false } }, _ => $"let {Name(problem, vehicle)} deliver out of its loaded order", 1, LiftedRule);
        if (holder == problem.Vehicles[vehicle]) yield break;
        yield return new Change(
            (p, _) => p with { Vehicles = [.. p.Vehicles.Select((v, i) => v.Committed is not { } committed ? v : v with { Committed = committed with { Loaded = i == vehicle && committed.StartedAt is not null ? [.. committed.Loaded, job] : [.. committed.Loaded.Where(j => j != job)] } })] },
            _ => holder is null ? $"have {Name(problem.Jobs[job], job)} on board of {Name(problem, vehicle)}" : $"hand {Name(problem.Jobs[job], job)} over to {Name(problem, vehicle)}", 1, LiftedRule);
    }

    /// <summary>A further vehicle like an existing one, fresh at its depot; its index is the last.</summary>
    public static Change OneMoreVehicle(Problem problem, int like) => new(
        (p, _) => p with { Vehicles = [.. p.Vehicles, p.Vehicles[like] with { Id = p.Vehicles[like].Id + "+", Committed = null }], Jobs = [.. p.Jobs.Select(j => AllowLike(j, like, p.Vehicles.Count))] },
        _ => $"one more vehicle like {Name(problem, like)}", 1, FurtherVehicle);

    /// <summary>A higher price for leaving the job out.</summary>
    public static Change HigherPrice(Problem problem, int job) => new(
        (p, x) => p with { Jobs = [.. p.Jobs.Select((j, i) => i == job ? j with { UnservedCost = j.UnservedCost + x } : j)] },
        x => $"value {Name(problem.Jobs[job], job)} {x} cost units more", long.MaxValue / 4, 1e-6);

    // What holds for the vehicle holds for its like.
    private static Job AllowLike(Job job, int like, int added) => job with
    {
        Alternatives = [.. job.Alternatives.Select(a => a with
        {
            AllowedVehicles = a.AllowedVehicles is { } allowed && allowed.Contains(like) ? [.. allowed, added] : a.AllowedVehicles,
            ForbiddenVehicles = a.ForbiddenVehicles.Contains(like) ? [.. a.ForbiddenVehicles, added] : a.ForbiddenVehicles,
        })],
    };

    private static Change LaterWindow(Plan plan, Violation violation)
    {
        var step = plan.Routes.First(r => r.Vehicle == violation.Vehicle).Steps[violation.Step];
        return new Change(
            (p, x) => p with { Jobs = [.. p.Jobs.Select((j, i) => i != step.Job ? j : j with { Alternatives = [.. j.Alternatives.Select((a, k) => k != step.Alternative ? a : a with { Visits = [.. a.Visits.Select((v, n) => n != step.Visit ? v : Later(v, x))] })] })] },
            x => $"close the window of job {step.Job} {x} s later", MostSeconds, PerSecond);

        static Visit Later(Visit visit, long seconds) => visit with { Windows = [.. visit.Windows.SkipLast(1), visit.Windows[^1] with { Latest = (int)Math.Min(TimeWindow.Horizon, visit.Windows[^1].Latest + seconds) }] };
    }

    private static Change Capacity(Problem problem, int vehicle, int dimension) => OnVehicle(
        vehicle, (v, x) => v with { Capacity = [.. v.Capacity.Select((c, i) => i == dimension ? c + x : c)] }, x => $"give {Name(problem, vehicle)} {x} more capacity in dimension {dimension}", MostUnits,
        // A tenth of the vehicle weighs like ten minutes.
        100.0 / Math.Max(1, problem.Vehicles[vehicle].Capacity[dimension]));

    private static Change Units(Problem problem, int resource, int sizeClass) => new(
        (p, x) => p with { Resources = [.. p.Resources.Select((r, i) => i != resource ? r : r with { CapacityByClass = [.. r.CapacityByClass.Select((c, k) => k == sizeClass ? (int)(c + x) : c)] })] },
        x => $"{x} more units of class {sizeClass} of resource {resource} ({problem.Resources[resource].Id})", 100_000, 1);

    private static Change OnVehicle(int vehicle, Func<Vehicle, long, Vehicle> change, Func<long, string> describe, long most, double unit) =>
        new((p, x) => p with { Vehicles = [.. p.Vehicles.Select((v, i) => i == vehicle ? change(v, x) : v)] }, describe, most, unit);

    private static Change OnAlternative(int job, int alternative, Func<Alternative, long, Alternative> change, Func<long, string> describe, long most, double unit) => new(
        (p, x) => p with { Jobs = [.. p.Jobs.Select((j, i) => i != job ? j : j with { Alternatives = [.. j.Alternatives.Select((a, k) => k == alternative ? change(a, x) : a)] })] }, describe, most, unit);

    private static string Name(Problem problem, int vehicle) => $"vehicle {vehicle} ({problem.Vehicles[vehicle].Id})";

    private static string Name(Job job, int index) => $"job {index} ({job.Id})";
}
