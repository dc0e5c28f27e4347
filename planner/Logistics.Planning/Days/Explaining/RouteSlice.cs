using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Explaining;

/// <summary>One vehicle's part of a day as a problem of its own: its jobs, further ones asked about, its places, and what the other routes leave of shared resources.</summary>
/// <remarks>
/// What is legal or costs so much in the slice is and does so in the day, the other routes staying as they are; only loading bays are left out, whose slots other routes share by the clock. Names are plates,
/// waybills and places, so that messages can be read by people. A slice has a hundred jobs where a day has thousands: questions are answered in milliseconds.
/// </remarks>
internal sealed class RouteSlice
{
    private readonly List<int> _jobs;

    private RouteSlice(Problem problem, Plan plan, List<int> jobs) => (Problem, Plan, _jobs) = (problem, plan, jobs);

    /// <summary>The vehicle is the only one.</summary>
    public Problem Problem { get; }

    public Plan Plan { get; }

    /// <summary>A job of the day by its number here; −1 when it is not part of the slice.</summary>
    public int JobOf(int dayJob) => _jobs.IndexOf(dayJob);

    /// <summary>The part of the vehicle's route that is not history.</summary>
    public List<BareStep> ListOpenSteps()
    {
        if (Plan.Routes.Count == 0) return [];
        var frozen = Problem.Vehicles[0].Committed is { StartedAt: not null } committed ? committed.Frozen.Count : 0;
        // History holds visits only: a reload that has begun is put before them by the vehicle's state.
        var seen = 0;
        return [.. Plan.Routes[0].Steps.Where(s => s.Kind is StepKind.Visit or StepKind.Reload).SkipWhile(s => seen < frozen && (s.Kind == StepKind.Reload || ++seen <= frozen))
            .Select(s => s.Kind == StepKind.Visit ? BareStep.VisitOf(s.Job, s.Alternative, s.Visit) : BareStep.ReloadAt(s.Depot))];
    }

    /// <param name="left">What all routes together leave of each resource by class.</param>
    /// <param name="asked">Jobs the plan does not have on this vehicle.</param>
    /// <param name="only">The one alternative an asked job may take; null = any.</param>
    public static RouteSlice Of(DayModel model, Plan plan, int vehicle, IReadOnlyList<int[]> left, IReadOnlyList<int> asked, IReadOnlyDictionary<int, int>? only = null)
    {
        var day = model.Problem;
        var route = plan.Routes.FirstOrDefault(r => r.Vehicle == vehicle);
        var visits = (route?.Steps ?? []).Where(s => s.Kind == StepKind.Visit).ToList();
        List<int> jobs = [.. visits.Select(s => s.Job).Distinct(), .. asked];
        var newJob = jobs.Index().ToDictionary(j => j.Item, j => j.Index);
        var depots = day.Depots.Index().Where(d => day.Vehicles[vehicle].StartDepot == d.Index || day.Vehicles[vehicle].EndDepot == d.Index || day.Vehicles[vehicle].ReloadDepots.Contains(d.Index)).ToList();
        var newDepot = depots.Index().ToDictionary(d => d.Item.Index, d => d.Index);
        List<int> places = [.. depots.Select(d => d.Item.Place).Concat(jobs.SelectMany(j => day.Jobs[j].Alternatives).SelectMany(a => a.Visits).Select(v => v.Place))
            .Concat(route?.Steps.Select(s => s.Place) ?? []).Concat(day.Vehicles[vehicle].Committed?.Position is { } at ? [at] : []).Distinct()];
        var newPlace = places.Index().ToDictionary(p => p.Item, p => p.Index);
        List<int> resources = [.. jobs.SelectMany(j => day.Jobs[j].Alternatives).SelectMany(a => a.Visits).SelectMany(v => v.Uses).Select(u => u.Resource).Distinct().Order()];
        var newResource = resources.Index().ToDictionary(r => r.Item, r => r.Index);
        var problem = new Problem
        {
            Name = model.Vehicles[vehicle].Vehicle.Plate,
            Dimensions = day.Dimensions,
            Places = [.. places.Select(p => day.Places[p] with { Id = model.Places[p].Name })],
            Profiles = [PlaceSubset.Of(day.Profiles[day.Vehicles[vehicle].Profile], places)],
            Depots = [.. depots.Select(d => d.Item with { Id = model.Places[d.Item.Place].Name, Place = newPlace[d.Item.Place], Dock = null })],
            Vehicles = [Renumber(day.Vehicles[vehicle], model.Vehicles[vehicle].Vehicle.Plate, newDepot, newJob, newPlace)],
            Jobs = [.. jobs.Select(j => Renumber(day.Jobs[j], model.Parcels[j].Waybill, vehicle, newPlace, newResource, only is not null && only.TryGetValue(j, out var a) ? a : null))],
            Resources = GiveBack(model, resources, left, visits),
        };
        var routes = route is null ? [] : new List<Route>
        {
            route with
            {
                Vehicle = 0,
                Steps = [.. route.Steps.Select(s => s with { Place = newPlace[s.Place], Job = s.Kind == StepKind.Visit ? newJob[s.Job] : s.Job, Depot = s.Depot >= 0 ? newDepot[s.Depot] : s.Depot, GivenClasses = s.Kind == StepKind.Visit ? s.GivenClasses : [] })],
            },
        };
        return new RouteSlice(problem, PlanScheduler.Price(problem, routes), jobs);
    }

    /// <summary>Units of each resource and class that no route of the plan takes; of those with time slots all.</summary>
    public static IReadOnlyList<int[]> ListLeft(Problem problem, Plan plan)
    {
        int[][] left = [.. problem.Resources.Select(r => r.CapacityByClass.ToArray())];
        foreach (var step in plan.Routes.SelectMany(r => r.Steps).Where(s => s.Kind == StepKind.Visit)) Take(problem, left, step, 1);
        return left;
    }

    private static List<SharedResource> GiveBack(DayModel model, List<int> resources, IReadOnlyList<int[]> left, List<RouteStep> visits)
    {
        int[][] mine = [.. left.Select(l => l.ToArray())];
        foreach (var step in visits) Take(model.Problem, mine, step, -1);
        return resources.ConvertAll(r => model.Problem.Resources[r] with { CapacityByClass = [.. mine[r].Select(units => Math.Max(0, units))] });
    }

    private static void Take(Problem problem, int[][] left, RouteStep step, int sign)
    {
        var uses = RoutePeeling.UsesOf(problem, step);
        for (var u = 0; u < uses.Count; u++)
        {
            if (problem.Resources[uses[u].Resource].SlotSeconds == 0) left[uses[u].Resource][u < step.GivenClasses.Count ? step.GivenClasses[u] : uses[u].SizeClass] -= sign * uses[u].Units;
        }
    }

    private static Vehicle Renumber(Vehicle vehicle, string plate, Dictionary<int, int> newDepot, Dictionary<int, int> newJob, Dictionary<int, int> newPlace) => vehicle with
    {
        Id = plate,
        Profile = 0,
        StartDepot = vehicle.StartDepot is { } start ? newDepot[start] : null,
        EndDepot = vehicle.EndDepot is { } end ? newDepot[end] : null,
        ReloadDepots = [.. vehicle.ReloadDepots.Select(d => newDepot[d])],
        Committed = vehicle.Committed is not { } committed ? null : committed with
        {
            Frozen = [.. committed.Frozen.Select(f => f with { Job = newJob[f.Job] })],
            // Goods that stay on board of a broken vehicle have no further way.
            Loaded = [.. committed.Loaded.Where(newJob.ContainsKey).Select(j => newJob[j])],
            Position = committed.Position is { } at ? newPlace[at] : null,
        },
    };

    private static Job Renumber(Job job, string waybill, int vehicle, Dictionary<int, int> newPlace, Dictionary<int, int> newResource, int? only) => job with
    {
        Id = waybill,
        Alternatives = [.. job.Alternatives.Select((a, index) => a with
        {
            AllowedVehicles = only is not null && index != only ? [] : a.AllowedVehicles is null ? null : a.AllowedVehicles.Contains(vehicle) ? [0] : [],
            ForbiddenVehicles = a.ForbiddenVehicles.Contains(vehicle) ? [0] : [],
            Visits = [.. a.Visits.Select(v => v with { Place = newPlace[v.Place], Uses = [.. v.Uses.Select(u => u with { Resource = newResource[u.Resource] })] })],
        })],
    };
}
