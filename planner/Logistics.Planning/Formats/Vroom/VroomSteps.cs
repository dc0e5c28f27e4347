using Logistics.Planning.Formats.Json;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>The vehicles' <c>steps</c>: routes to start the search from.</summary>
internal static class VroomSteps
{
    public static IReadOnlyList<BareRoute>? FindWarmStart(List<VroomFleet.Entry> vehicles, List<VroomJob> jobs, List<IReadOnlyList<Alternative>> ways)
    {
        if (vehicles.TrueForAll(v => v.Steps.Count == 0)) return null;
        var tasks = Number(jobs);
        var routes = new List<BareRoute>();
        for (int v = 0; v < vehicles.Count; v++)
        {
            var steps = new List<BareStep>();
            foreach (var (type, id) in vehicles[v].Steps)
            {
                if (tasks.TryGetValue((type, id), out var task)) steps.Add(BareStep.VisitOf(task.Job, VroomWays.IndexFor(ways[task.Job], v), task.Visit));
            }

            if (steps.Count > 0) routes.Add(new BareRoute(v, steps));
        }

        return routes;
    }

    /// <summary>Every step is one of a known type, and every task of it is one of the request.</summary>
    public static void Check(JsonReading root, List<VroomJob> jobs, List<VroomFleet.Entry> vehicles)
    {
        var tasks = Number(jobs);
        for (int v = 0; v < vehicles.Count; v++)
        {
            foreach (var (type, id) in vehicles[v].Steps)
            {
                if (type is "start" or "end" or "break" || tasks.ContainsKey((type, id))) continue;
                bool isTask = type is "job" or "pickup" or "delivery";
                root.Fail($"vehicles[{v}].steps", isTask ? $"there is no {type} {id}." : $"type '{type}' is none of start, job, pickup, delivery, break and end.");
            }
        }
    }

    public static Dictionary<(string Type, long Id), (int Job, int Visit)> Number(IReadOnlyList<VroomJob> jobs) => Number([.. jobs.Select(j => j.Tasks)]);

    public static Dictionary<(string Type, long Id), (int Job, int Visit)> Number(IReadOnlyList<IReadOnlyList<VroomTask>> tasks)
    {
        var numbers = new Dictionary<(string, long), (int, int)>();
        for (int job = 0; job < tasks.Count; job++)
            for (int visit = 0; visit < tasks[job].Count; visit++) numbers[(tasks[job][visit].Type, tasks[job][visit].Id)] = (job, visit);
        return numbers;
    }
}
