using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>Takes finished routes out of a problem and puts them back into the plan of the rest: what a locked route needs.</summary>
/// <remarks>
/// The search never sees a locked route, so it cannot touch it. What the route uses of shared resources is taken off their capacity; of a resource with time slots, what its
/// busiest slot uses is taken off every slot, which is on the safe side.
/// </remarks>
internal sealed class RoutePeeling
{
    private readonly Problem _whole;
    private readonly IReadOnlyList<Route> _peeled;
    private readonly int[] _jobs, _vehicles;

    public RoutePeeling(Problem whole, IReadOnlyList<Route> peeled)
    {
        (_whole, _peeled) = (whole, peeled);
        var gone = peeled.Select(r => r.Vehicle).ToHashSet();
        var done = peeled.SelectMany(r => r.Steps).Where(s => s.Kind == StepKind.Visit).Select(s => s.Job).ToHashSet();
        _vehicles = [.. Enumerable.Range(0, whole.Vehicles.Count).Where(v => !gone.Contains(v))];
        _jobs = [.. Enumerable.Range(0, whole.Jobs.Count).Where(j => !done.Contains(j))];
        var newVehicle = new int[whole.Vehicles.Count];
        Array.Fill(newVehicle, -1);
        foreach (var (index, old) in _vehicles.Index()) newVehicle[old] = index;
        Rest = whole with
        {
            Vehicles = [.. _vehicles.Select(v => whole.Vehicles[v])],
            Jobs = [.. _jobs.Select(j => Renumber(whole.Jobs[j], newVehicle))],
            Resources = TakeOff(whole, peeled),
        };
    }

    /// <summary>The problem without the peeled routes' vehicles and jobs.</summary>
    public Problem Rest { get; }

    /// <summary>A vehicle of the whole problem by its index in the rest.</summary>
    public int WholeVehicle(int restVehicle) => _vehicles[restVehicle];

    /// <summary>All routes in the whole problem's numbers; times are the rest's and the peeled routes' own.</summary>
    public IReadOnlyList<Route> PutBack(Plan rest) => [.. rest.Routes.Select(r => r with
    {
        Vehicle = _vehicles[r.Vehicle],
        Steps = [.. r.Steps.Select(s => s.Kind == StepKind.Visit ? s with { Job = _jobs[s.Job] } : s)],
    }).Concat(_peeled).OrderBy(r => r.Vehicle)];

    /// <summary>The part of a plan of the whole problem that lies in the rest, for a warm start.</summary>
    public Plan Restrict(Plan plan)
    {
        var newJob = _jobs.Index().ToDictionary(j => j.Item, j => j.Index);
        var newVehicle = _vehicles.Index().ToDictionary(v => v.Item, v => v.Index);
        return new Plan
        {
            Routes = [.. plan.Routes.Where(r => newVehicle.ContainsKey(r.Vehicle)).Select(r => r with
            {
                Vehicle = newVehicle[r.Vehicle],
                Steps = [.. r.Steps.Where(s => s.Kind != StepKind.Visit || newJob.ContainsKey(s.Job)).Select(s => s.Kind == StepKind.Visit ? s with { Job = newJob[s.Job] } : s)],
            })],
            Unserved = [.. plan.Unserved.Where(newJob.ContainsKey).Select(j => newJob[j])],
            Cost = plan.Cost,
        };
    }

    private Job Renumber(Job job, int[] newVehicle) => _peeled.Count == 0 ? job : job with
    {
        Alternatives = [.. job.Alternatives.Select(a => a with
        {
            AllowedVehicles = a.AllowedVehicles?.Select(v => newVehicle[v]).Where(v => v >= 0).ToArray(),
            ForbiddenVehicles = [.. a.ForbiddenVehicles.Select(v => newVehicle[v]).Where(v => v >= 0)],
        })],
    };

    private static IReadOnlyList<SharedResource> TakeOff(Problem whole, IReadOnlyList<Route> peeled)
    {
        var used = new Dictionary<(int Resource, int Class), Dictionary<int, int>>();
        foreach (var step in peeled.SelectMany(r => r.Steps))
        {
            var uses = UsesOf(whole, step);
            for (var u = 0; u < uses.Count; u++)
            {
                var sizeClass = u < step.GivenClasses.Count ? step.GivenClasses[u] : uses[u].SizeClass;
                var seconds = whole.Resources[uses[u].Resource].SlotSeconds;
                var slot = seconds == 0 ? 0 : step.Start / seconds;
                if (!used.TryGetValue((uses[u].Resource, sizeClass), out var slots)) used[(uses[u].Resource, sizeClass)] = slots = [];
                slots[slot] = slots.GetValueOrDefault(slot) + uses[u].Units;
            }
        }

        return [.. whole.Resources.Select((resource, r) => resource with
        {
            CapacityByClass = [.. resource.CapacityByClass.Select((capacity, c) => Math.Max(0, capacity - (used.TryGetValue((r, c), out var slots) ? slots.Values.Max() : 0)))],
        })];
    }

    internal static IReadOnlyList<ResourceUse> UsesOf(Problem problem, RouteStep step) => step.Kind switch
    {
        StepKind.Visit => problem.Jobs[step.Job].Alternatives[step.Alternative].Visits[step.Visit].Uses,
        StepKind.Start or StepKind.Reload when step.Depot >= 0 && problem.Depots[step.Depot].Dock is { } dock => [dock],
        _ => [],
    };
}
