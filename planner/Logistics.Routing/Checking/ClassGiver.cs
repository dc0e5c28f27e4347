using Logistics.Routing.Model;

namespace Logistics.Routing.Checking;

/// <summary>Gives every resource use a concrete class: largest asked classes first, each the smallest class that still has room.</summary>
/// <remarks>On a chain of nested classes this finds an assignment whenever one exists for single-unit uses (Hall). Where none fits, the asked class is given and the checker complains.</remarks>
internal static class ClassGiver
{
    public static void Give(Problem problem, List<Route> routes)
    {
        if (problem.Resources.Count == 0) return;
        var asked = new List<(int Route, int Step, int Position, ResourceUse Use, int Slot)>();
        for (int r = 0; r < routes.Count; r++)
        {
            var steps = routes[r].Steps;
            for (int i = 0; i < steps.Count; i++)
            {
                var uses = UsesOf(problem, steps[i]);
                for (int u = 0; u < uses.Count; u++)
                {
                    int slots = problem.Resources[uses[u].Resource].SlotSeconds;
                    asked.Add((r, i, u, uses[u], slots == 0 ? 0 : steps[i].Start / slots));
                }
            }
        }

        var left = new Dictionary<(int, int), int[]>();
        var given = new Dictionary<(int Route, int Step), int[]>();
        foreach (var ask in asked.OrderByDescending(a => a.Use.SizeClass))
        {
            if (!left.TryGetValue((ask.Use.Resource, ask.Slot), out var units)) left[(ask.Use.Resource, ask.Slot)] = units = [.. problem.Resources[ask.Use.Resource].CapacityByClass];
            int sizeClass = ask.Use.SizeClass;
            while (sizeClass < units.Length && units[sizeClass] < ask.Use.Units) sizeClass++;
            if (sizeClass == units.Length) sizeClass = ask.Use.SizeClass;
            units[sizeClass] -= ask.Use.Units;
            if (!given.TryGetValue((ask.Route, ask.Step), out var classes)) given[(ask.Route, ask.Step)] = classes = new int[UsesOf(problem, routes[ask.Route].Steps[ask.Step]).Count];
            classes[ask.Position] = sizeClass;
        }

        foreach (var group in given.GroupBy(g => g.Key.Route))
        {
            var steps = routes[group.Key].Steps.ToArray();
            foreach (var ((_, step), classes) in group) steps[step] = steps[step] with { GivenClasses = classes };
            routes[group.Key] = routes[group.Key] with { Steps = steps };
        }
    }

    private static IReadOnlyList<ResourceUse> UsesOf(Problem problem, RouteStep step) => step.Kind switch
    {
        StepKind.Visit => problem.Jobs[step.Job].Alternatives[step.Alternative].Visits[step.Visit].Uses,
        StepKind.Start or StepKind.Reload when step.Depot >= 0 && problem.Depots[step.Depot].Dock is { } dock => [dock],
        _ => [],
    };
}
