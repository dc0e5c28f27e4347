using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Shared resources over all routes: in every slot the uses fit the nested classes, and the classes given really exist.</summary>
internal static class ResourceRules
{
    public static void Check(IReadOnlyList<CheckedRoute> routes, Findings findings)
    {
        var problem = findings.Problem;
        if (problem.Resources.Count == 0) return;
        var asked = new Dictionary<(int Resource, int Slot), long[]>();
        var given = new Dictionary<(int Resource, int Slot), long[]>();
        foreach (var route in routes)
        {
            for (int i = 0; i < route.Route.Steps.Count; i++)
            {
                var step = route.Route.Steps[i];
                var uses = ListUses(problem, route, step);
                for (int u = 0; u < uses.Count; u++) Count(route, i, step, uses[u], u, uses.Count);
            }
        }

        Judge(asked, "asked for", isNested: true);
        Judge(given, "given", isNested: false);

        void Count(CheckedRoute route, int index, RouteStep step, ResourceUse use, int position, int useCount)
        {
            int slots = problem.Resources[use.Resource].SlotSeconds;
            var key = (use.Resource, slots == 0 ? 0 : step.Start / slots);
            Add(asked, key, use.SizeClass, use.Units);
            // A plan that states no classes (a bare sequence) is judged by Hall's condition alone.
            if (step.GivenClasses.Count == 0) { Add(given, key, use.SizeClass, 0); return; }
            int classes = problem.Resources[use.Resource].CapacityByClass.Count;
            int gets = position < step.GivenClasses.Count ? step.GivenClasses[position] : -1;
            if (step.GivenClasses.Count != useCount || gets < use.SizeClass || gets >= classes)
                findings.Add(ViolationKind.Resource, $"{findings.NameVehicle(route.VehicleIndex)}, step {index}: given class {gets} of resource {use.Resource}, asked is a class in [{use.SizeClass}, {classes}).", route.VehicleIndex, index, step.Job);
            else
                Add(given, key, gets, use.Units);
        }

        void Add(Dictionary<(int, int), long[]> counts, (int Resource, int Slot) key, int sizeClass, int units)
        {
            if (!counts.TryGetValue(key, out var byClass)) counts[key] = byClass = new long[problem.Resources[key.Resource].CapacityByClass.Count];
            byClass[sizeClass] += units;
        }

        void Judge(Dictionary<(int Resource, int Slot), long[]> counts, string verb, bool isNested)
        {
            foreach (var ((resource, slot), byClass) in counts)
            {
                var capacity = problem.Resources[resource].CapacityByClass;
                long used = 0, available = 0;
                for (int c = byClass.Length - 1; c >= 0; c--)
                {
                    used = (isNested ? used : 0) + byClass[c];
                    available = (isNested ? available : 0) + capacity[c];
                    if (used <= available) continue;
                    findings.Add(new Violation(
                        ViolationKind.Resource, $"Resource {resource} ({problem.Resources[resource].Id}), slot {slot}: {used} units of class {c}{(isNested ? " and larger" : "")} are {verb}, there are {available}.")
                    { Compared = (used, available), Item = resource });
                    break;
                }
            }
        }
    }

    /// <summary>Uses of a step: a visit's own, or the dock of the depot where a loading begins.</summary>
    private static IReadOnlyList<ResourceUse> ListUses(Problem problem, CheckedRoute route, RouteStep step) => step.Kind switch
    {
        StepKind.Visit => route.VisitOf(step).Uses,
        StepKind.Start or StepKind.Reload when step.Depot >= 0 && step.Depot < problem.Depots.Count && problem.Depots[step.Depot].Dock is { } dock => [dock],
        _ => [],
    };
}
