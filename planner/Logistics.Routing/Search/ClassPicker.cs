using Logistics.Routing.Model;

namespace Logistics.Routing.Search;

/// <summary>Gives each resource use a class: uses asking for large classes first, each the smallest class that still has room.</summary>
/// <remarks>On nested classes this fits whenever any giving does: a use of class c is only moved up when class c is full.</remarks>
internal static class ClassPicker
{
    public static void Pick(Problem problem, List<Route> routes)
    {
        if (problem.Resources.Count == 0) return;
        var uses = new List<(int Route, int Step, int Use, ResourceUse Asked, int Slot)>();
        for (int r = 0; r < routes.Count; r++)
        {
            for (int s = 0; s < routes[r].Steps.Count; s++)
            {
                var asked = ListUses(problem, routes[r].Steps[s]);
                for (int u = 0; u < asked.Count; u++)
                {
                    int seconds = problem.Resources[asked[u].Resource].SlotSeconds;
                    uses.Add((r, s, u, asked[u], seconds == 0 ? 0 : routes[r].Steps[s].Start / seconds));
                }
            }
        }

        var used = new Dictionary<(int Resource, int Slot, int Class), int>();
        var given = new Dictionary<(int Route, int Step), int[]>();
        foreach (var use in uses.OrderByDescending(u => u.Asked.SizeClass).ThenByDescending(u => u.Asked.Units))
        {
            var capacity = problem.Resources[use.Asked.Resource].CapacityByClass;
            int c = use.Asked.SizeClass;
            while (c < capacity.Count - 1 && used.GetValueOrDefault((use.Asked.Resource, use.Slot, c)) + use.Asked.Units > capacity[c]) c++;
            var key = (use.Asked.Resource, use.Slot, c);
            used[key] = used.GetValueOrDefault(key) + use.Asked.Units;
            if (!given.TryGetValue((use.Route, use.Step), out var classes)) given[(use.Route, use.Step)] = classes = new int[ListUses(problem, routes[use.Route].Steps[use.Step]).Count];
            classes[use.Use] = c;
        }

        for (int r = 0; r < routes.Count; r++)
        {
            var steps = routes[r].Steps.ToArray();
            for (int s = 0; s < steps.Length; s++)
                if (given.TryGetValue((r, s), out var classes)) steps[s] = steps[s] with { GivenClasses = classes };
            routes[r] = routes[r] with { Steps = steps };
        }
    }

    private static IReadOnlyList<ResourceUse> ListUses(Problem problem, RouteStep step) => step.Kind switch
    {
        StepKind.Visit => problem.Jobs[step.Job].Alternatives[step.Alternative].Visits[step.Visit].Uses,
        StepKind.Start or StepKind.Reload when step.Depot >= 0 && problem.Depots[step.Depot].Dock is { } dock => [dock],
        _ => [],
    };
}
