using System.Text.Json.Nodes;
using Logistics.Planning.Formats.Json;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>Writes and reads VROOM's JSON response.</summary>
public static class VroomResponse
{
    /// <summary>VROOM's status codes.</summary>
    public const int InternalError = 1, InputError = 2, RoutingError = 3;

    public static bool Recognises(string text) => text.Contains("\"code\"", StringComparison.Ordinal) && text.Contains("\"routes\"", StringComparison.Ordinal);

    /// <summary>The answer to a request that cannot be served.</summary>
    public static string WriteError(int code, IReadOnlyList<string> errors) => new JsonObject { ["code"] = code, ["error"] = string.Join(' ', errors) }.ToJsonString();

    /// <summary>The answer: summary, routes and unassigned tasks in the request's own ids, times and costs.</summary>
    /// <param name="solvingSeconds">Reported in <c>computing_times</c>.</param>
    public static string Write(VroomProblem vroom, Plan plan, double solvingSeconds)
    {
        var compact = WithoutIdleWaiting(vroom.Problem, plan);
        return Write(vroom, [.. compact.Routes.OrderBy(r => r.Vehicle).Select(r => new VroomRoute(vroom, r, [], new VroomViolations()))], plan.Unserved.SelectMany(job => vroom.Tasks[job]), solvingSeconds);
    }

    /// <summary>The answer in plan mode: the request's own routes with their times and violations; tasks of no route are unassigned.</summary>
    public static string WriteGiven(VroomProblem vroom)
    {
        var routes = vroom.Given ?? throw new ArgumentException("The request gives no routes.", nameof(vroom));
        var done = routes.SelectMany(r => r.Route.Steps).Where(s => s.Kind == StepKind.Visit).Select(s => (s.Job, s.Visit)).ToHashSet();
        var left = vroom.Tasks.Index().SelectMany(job => job.Item.Where((_, visit) => !done.Contains((job.Index, visit))));
        return Write(vroom, [.. routes.Select(r => new VroomRoute(vroom, r.Route, r.OfSteps, r.OfRoute))], left, solvingSeconds: 0);
    }

    private static string Write(VroomProblem vroom, List<VroomRoute> routes, IEnumerable<VroomTask> left, double solvingSeconds)
    {
        var unassigned = new JsonArray([.. left.Select(Unassigned)]);
        var violations = new VroomViolations();
        foreach (var route in routes) violations.AddAll(route.Violations);
        var summary = VroomRoute.Totals(vroom, routes);
        summary["unassigned"] = unassigned.Count;
        summary["routes"] = routes.Count;
        summary["violations"] = violations.Write();
        summary["computing_times"] = new JsonObject { ["loading"] = 0, ["solving"] = (long)(solvingSeconds * 1000), ["routing"] = 0 };
        return new JsonObject { ["code"] = 0, ["summary"] = summary, ["unassigned"] = unassigned, ["routes"] = new JsonArray([.. routes.Select(r => r.Write())]) }.ToJsonString();
    }

    /// <summary>Waiting costs nothing in VROOM's objective, so starts are free; the shortest day is the kindest answer.</summary>
    private static Plan WithoutIdleWaiting(Problem problem, Plan plan)
    {
        var bare = plan.Routes.Select(r => new BareRoute(r.Vehicle, [.. r.Steps.Where(s => s.Kind == StepKind.Visit).Select(s => BareStep.VisitOf(s.Job, s.Alternative, s.Visit))])).ToList();
        var timed = PlanScheduler.Schedule(problem, bare);
        return PlanChecker.Check(problem, timed).IsLegal && timed.Cost.Total <= plan.Cost.Total ? timed : plan;
    }

    private static JsonObject Unassigned(VroomTask task)
    {
        var unassigned = new JsonObject { ["id"] = task.Id, ["type"] = task.Type };
        if (task.Location is { } at) unassigned["location"] = new JsonArray(at[0], at[1]);
        if (task.LocationIndex is { } index) unassigned["location_index"] = index;
        if (task.Description.Length > 0) unassigned["description"] = task.Description;
        return unassigned;
    }

    /// <summary>The plan a response describes: its sequences, timed anew.</summary>
    public static ReadResult<Plan> Read(string text, VroomProblem vroom)
    {
        var tasks = VroomSteps.Number(vroom.Tasks);
        var vehicles = vroom.Vehicles.Select((v, i) => (v.Id, i)).ToDictionary(p => p.Id, p => p.i);
        return JsonReading.Read(
            text,
            root =>
            {
                var routes = root.RequireList("routes", route =>
                {
                    long id = route.Long("vehicle", -1);
                    if (!vehicles.TryGetValue(id, out int vehicle)) route.Fail("vehicle", $"there is no vehicle {id}.");
                    var steps = route.RequireList("steps", step => (Owner: step, Type: step.Text("type"), Id: step.Long("id", -1)));
                    var bare = new List<BareStep>();
                    foreach (var step in steps)
                    {
                        if (step.Type is "start" or "end" or "break") continue;
                        if (tasks.TryGetValue((step.Type, step.Id), out var task)) bare.Add(BareStep.VisitOf(task.Job, VroomWays.IndexFor(vroom.Problem.Jobs[task.Job].Alternatives, vehicle), task.Visit));
                        else step.Owner.Fail("id", $"there is no {step.Type} {step.Id}.");
                    }

                    return new BareRoute(vehicle, bare);
                });
                return root.Errors.Count > 0 ? null : PlanScheduler.Schedule(vroom.Problem, routes);
            },
            isStrict: false);
    }
}
