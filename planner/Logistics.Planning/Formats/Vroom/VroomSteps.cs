using Logistics.Planning.Formats.Json;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>A step of a vehicle's given route.</summary>
/// <param name="At">Second at which it must begin, in plan mode; also no earlier than <paramref name="After"/>, no later than <paramref name="Before"/>.</param>
internal sealed record VroomStep(string Type, long Id, long? At, long? After, long? Before);

/// <summary>The vehicles' <c>steps</c>: the routes to start the search from, or, in plan mode, the routes.</summary>
internal static class VroomSteps
{
    public static VroomStep Read(JsonReading step) => new(step.Text("type"), step.Long("id", -1), ReadTime(step, "service_at"), ReadTime(step, "service_after"), ReadTime(step, "service_before"));

    private static long? ReadTime(JsonReading step, string name) => step.Has(name) ? step.Long(name, 0, 0, long.MaxValue / 4) : null;

    /// <summary>The plan that the steps describe; null when there are none. What it breaks is an error of the request, as it is in VROOM.</summary>
    public static Plan? FindStart(VroomProblem vroom, List<VroomFleet.Entry> vehicles, JsonReading root)
    {
        if (vehicles.TrueForAll(v => v.Steps.Count == 0)) return null;
        var tasks = Number(vroom.Tasks);
        var routes = new List<BareRoute>();
        for (int v = 0; v < vehicles.Count; v++)
        {
            var steps = vehicles[v].Steps.Where(s => tasks.ContainsKey((s.Type, s.Id))).Select(s => tasks[(s.Type, s.Id)])
                .Select(task => BareStep.VisitOf(task.Job, VroomWays.IndexFor(vroom.Problem.Jobs[task.Job].Alternatives, v), task.Visit)).ToList();
            if (steps.Count > 0) routes.Add(new BareRoute(v, steps));
        }

        var plan = PlanScheduler.Schedule(vroom.Problem, routes);
        foreach (var violation in PlanChecker.Check(vroom.Problem, plan).Violations)
            root.Fail(violation.Vehicle >= 0 ? $"vehicles[{violation.Vehicle}].steps" : "vehicles", $"the given route is not possible: {violation.Message}");
        return plan;
    }

    /// <summary>Every step is of a known type, every task and break one of the request, and no task is done twice.</summary>
    public static void Check(JsonReading root, List<VroomJob> jobs, List<VroomFleet.Entry> vehicles)
    {
        var tasks = Number([.. jobs.Select(j => j.Tasks)]);
        var done = new HashSet<(string, long)>();
        for (int v = 0; v < vehicles.Count; v++)
        {
            var steps = vehicles[v].Steps;
            for (int i = 0; i < steps.Count; i++)
                if (FindFault(i) is { } fault) root.Fail($"vehicles[{v}].steps", fault);

            string? FindFault(int i) => steps[i].Type switch
            {
                "start" => i == 0 ? null : $"step {i} is a start, only the first may be.",
                "end" => i == steps.Count - 1 ? null : $"step {i} is an end, only the last may be.",
                "break" when !vehicles[v].Breaks.Any(b => b.Id == steps[i].Id) => $"there is no break {steps[i].Id}.",
                "job" or "pickup" or "delivery" when !tasks.ContainsKey((steps[i].Type, steps[i].Id)) => $"there is no {steps[i].Type} {steps[i].Id}.",
                "break" => steps.Take(i).Any(s => s.Type == "break" && s.Id == steps[i].Id) ? $"break {steps[i].Id} is taken twice." : null,
                "job" or "pickup" or "delivery" => done.Add((steps[i].Type, steps[i].Id)) ? null : $"{steps[i].Type} {steps[i].Id} is done twice.",
                _ => $"type '{steps[i].Type}' is none of start, job, pickup, delivery, break and end.",
            };
        }
    }

    public static Dictionary<(string Type, long Id), (int Job, int Visit)> Number(IReadOnlyList<IReadOnlyList<VroomTask>> tasks)
    {
        var numbers = new Dictionary<(string, long), (int, int)>();
        for (int job = 0; job < tasks.Count; job++)
            for (int visit = 0; visit < tasks[job].Count; visit++) numbers[(tasks[job][visit].Type, tasks[job][visit].Id)] = (job, visit);
        return numbers;
    }
}
