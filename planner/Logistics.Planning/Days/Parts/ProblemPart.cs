using Logistics.Routing.Model;

namespace Logistics.Planning.Days.Parts;

/// <summary>Some of a problem's vehicles with all the jobs they may do, as a problem of its own, and the way back.</summary>
/// <remarks>Where the vehicles' travel knows only some places the part has only those; so it is as small as a city of that size.</remarks>
internal sealed class ProblemPart
{
    private readonly int[] _vehicles, _jobs, _depots;

    // Null where the part has all places.
    private readonly IReadOnlyList<int>? _places;
    private readonly int[] _newVehicle, _newJob;
    private readonly Dictionary<int, int> _newDepot;

    /// <param name="resources">What the part may use of each shared resource.</param>
    public ProblemPart(Problem whole, int[] vehicles, int[] jobs, IReadOnlyList<SharedResource> resources)
    {
        (_vehicles, _jobs) = (vehicles, jobs);
        _newVehicle = Inverse(vehicles, whole.Vehicles.Count);
        _newJob = Inverse(jobs, whole.Jobs.Count);
        _places = (whole.Profiles[whole.Vehicles[vehicles[0]].Profile] as PartTravel)?.Places;
        var newPlace = _places is null ? null : Inverse([.. _places], whole.Places.Count);
        _depots = [.. vehicles.Select(v => whole.Vehicles[v]).SelectMany(v => v.ReloadDepots.Append(v.StartDepot ?? -1).Append(v.EndDepot ?? -1)).Where(d => d >= 0).Distinct().Order()];
        _newDepot = _depots.Index().ToDictionary(d => d.Item, d => d.Index);
        List<int> profiles = [.. vehicles.Select(v => whole.Vehicles[v].Profile).Distinct().Order()];
        // Many jobs share one list of vehicles; the new ones share it, too.
        var lists = new Dictionary<IReadOnlyList<int>, IReadOnlyList<int>>(ReferenceEqualityComparer.Instance);
        Problem = whole with
        {
            Places = _places is null ? whole.Places : [.. _places.Select(p => whole.Places[p])],
            Profiles = profiles.ConvertAll(p => whole.Profiles[p] is PartTravel part ? part.Part : whole.Profiles[p]),
            Depots = [.. _depots.Select(d => whole.Depots[d] with { Place = NewPlace(whole.Depots[d].Place) })],
            Vehicles = [.. vehicles.Select(v => NewVehicle(whole.Vehicles[v], profiles))],
            Jobs = [.. jobs.Select(j => Renumber(whole.Jobs[j]))],
            Resources = resources,
        };

        int NewPlace(int place) => newPlace is null ? place : newPlace[place];

        Job Renumber(Job job) => job with
        {
            Alternatives = [.. job.Alternatives.Select(a => a with
            {
                AllowedVehicles = a.AllowedVehicles is null ? null : ListOf(a.AllowedVehicles),
                ForbiddenVehicles = a.ForbiddenVehicles.Count == 0 ? a.ForbiddenVehicles : ListOf(a.ForbiddenVehicles),
                Visits = newPlace is null ? a.Visits : [.. a.Visits.Select(v => v with { Place = newPlace[v.Place] })],
            })],
        };

        IReadOnlyList<int> ListOf(IReadOnlyList<int> old)
        {
            if (!lists.TryGetValue(old, out var list)) lists[old] = list = [.. old.Select(v => _newVehicle[v]).Where(v => v >= 0)];
            return list;
        }
    }

    public Problem Problem { get; private init; }

    /// <summary>Its jobs in the numbers of the whole.</summary>
    public IReadOnlyList<int> Jobs => _jobs;

    /// <summary>The part as it was made, given other shares of the resources.</summary>
    public ProblemPart With(IReadOnlyList<SharedResource> resources) => new(this) { Problem = Problem with { Resources = resources } };

    private ProblemPart(ProblemPart other) =>
        (_vehicles, _jobs, _depots, _places, _newVehicle, _newJob, _newDepot, Problem) = (other._vehicles, other._jobs, other._depots, other._places, other._newVehicle, other._newJob, other._newDepot, other.Problem);

    /// <summary>The part's share of a plan of the whole, for a warm start.</summary>
    public Plan Restrict(Plan plan) => new()
    {
        Routes = [.. plan.Routes.Where(r => _newVehicle[r.Vehicle] >= 0).Select(r => r with
        {
            Vehicle = _newVehicle[r.Vehicle],
            Steps = [.. r.Steps.Select(s => s with { Job = s.Job < 0 ? s.Job : _newJob[s.Job], Depot = s.Depot < 0 ? s.Depot : _newDepot[s.Depot] }).Where(s => s.Kind != StepKind.Visit || s.Job >= 0)],
        })],
        Unserved = [.. plan.Unserved.Select(j => _newJob[j]).Where(j => j >= 0)],
        Cost = plan.Cost,
    };

    /// <summary>Routes of the part's plan in the numbers of the whole.</summary>
    public IEnumerable<Route> RoutesOf(Plan plan) => plan.Routes.Select(r => r with
    {
        Vehicle = _vehicles[r.Vehicle],
        Steps = [.. r.Steps.Select(s => s with { Place = _places is null ? s.Place : _places[s.Place], Job = s.Job < 0 ? s.Job : _jobs[s.Job], Depot = s.Depot < 0 ? s.Depot : _depots[s.Depot] })],
    });

    public IEnumerable<int> UnservedOf(Plan plan) => plan.Unserved.Select(j => _jobs[j]);

    private Vehicle NewVehicle(Vehicle vehicle, List<int> profiles) => vehicle with
    {
        Profile = profiles.IndexOf(vehicle.Profile),
        StartDepot = vehicle.StartDepot is { } start ? _newDepot[start] : null,
        EndDepot = vehicle.EndDepot is { } end ? _newDepot[end] : null,
        ReloadDepots = [.. vehicle.ReloadDepots.Select(d => _newDepot[d])],
    };

    private static int[] Inverse(int[] kept, int count)
    {
        var inverse = new int[count];
        Array.Fill(inverse, -1);
        for (var i = 0; i < kept.Length; i++) inverse[kept[i]] = i;
        return inverse;
    }
}
