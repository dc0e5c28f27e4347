using Logistics.Planning.Formats.Json;
using Logistics.Routing.Model;

namespace Logistics.Planning.Formats.Vroom;

/// <summary>A route that the request gives, timed; what it breaks is told for each of its steps and for all of it.</summary>
public sealed record VroomGivenRoute(Route Route, IReadOnlyList<VroomViolations> OfSteps, VroomViolations OfRoute);

/// <summary>VROOM's plan mode: the vehicles' <c>steps</c> are the routes. Their times are chosen (<see cref="VroomTimes"/>), and every constraint they break is reported.</summary>
internal static class VroomPlanMode
{
    public static IReadOnlyList<VroomGivenRoute> TimeRoutes(VroomProblem vroom, List<VroomFleet.Entry> vehicles, JsonReading root)
    {
        var tasks = VroomSteps.Number(vroom.Tasks);
        var routes = new List<VroomGivenRoute>();
        for (int v = 0; v < vehicles.Count; v++)
        {
            if (vehicles[v].Steps.Count == 0) continue;
            var activities = ListActivities(vroom, vehicles[v], v, tasks);
            if (FindStarts(vroom, v, activities, root) is { } starts) routes.Add(Describe(vroom, v, activities, starts));
        }

        return routes;
    }

    /// <summary>A step with what the request says of it; the vehicle's start and end are there even where it has no place for them.</summary>
    private sealed record Activity(StepKind Kind, int Place, long WorkSeconds, IReadOnlyList<TimeWindow> Windows, long Least, long Most)
    {
        public int Job { get; init; } = -1;
        public int Way { get; init; } = -1;
        public int Visit { get; init; } = -1;
        public int Break { get; init; } = -1;
    }

    private static List<Activity> ListActivities(VroomProblem vroom, VroomFleet.Entry vehicle, int v, Dictionary<(string Type, long Id), (int Job, int Visit)> tasks)
    {
        var model = vroom.Problem.Vehicles[v];
        var inner = vehicle.Steps.Where(s => s.Type is not ("start" or "end")).ToList();
        int place = vehicle.Start?.Place ?? FirstPlace() ?? vehicle.End!.Place;
        // A vehicle without a start sets up at its first task.
        bool hasArrived = vehicle.Start is not null;
        var activities = new List<Activity> { Bound(new Activity(StepKind.Start, place, 0, [new TimeWindow(model.Shift.Earliest, int.MaxValue)], 0, long.MaxValue), Find("start"), vroom.Epoch) };
        foreach (var step in inner)
        {
            if (step.Type == "break")
            {
                int index = vehicle.Breaks.ToList().FindIndex(b => b.Id == step.Id);
                activities.Add(Bound(new Activity(StepKind.Break, place, model.Breaks[index].DurationSeconds, model.Breaks[index].Windows, 0, long.MaxValue) { Break = index }, step, vroom.Epoch));
                continue;
            }

            var (job, number) = tasks[(step.Type, step.Id)];
            int way = VroomWays.IndexFor(vroom.Problem.Jobs[job].Alternatives, v);
            var visit = vroom.Problem.Jobs[job].Alternatives[way].Visits[number];
            long work = visit.HandlingSeconds + (visit.Place == place && hasArrived ? 0L : visit.SetupSeconds);
            (place, hasArrived) = (visit.Place, true);
            activities.Add(Bound(new Activity(StepKind.Visit, place, work, visit.Windows, 0, long.MaxValue) { Job = job, Way = way, Visit = number }, step, vroom.Epoch));
        }

        activities.Add(Bound(new Activity(StepKind.End, vehicle.End?.Place ?? place, 0, [new TimeWindow(0, model.Shift.Latest)], 0, long.MaxValue), Find("end"), vroom.Epoch));
        return activities;

        VroomStep? Find(string type) => vehicle.Steps.FirstOrDefault(s => s.Type == type);

        int? FirstPlace()
        {
            foreach (var step in inner)
                if (tasks.TryGetValue((step.Type, step.Id), out var task)) return vroom.Problem.Jobs[task.Job].Alternatives[0].Visits[task.Visit].Place;
            return null;
        }
    }

    private static Activity Bound(Activity activity, VroomStep? step, long epoch) => step is null ? activity : activity with
    {
        Least = Math.Max(0, Math.Max(step.At ?? 0, step.After ?? 0) - epoch),
        Most = Math.Min(step.At ?? long.MaxValue, step.Before ?? long.MaxValue) is var most && most == long.MaxValue ? most : most - epoch,
    };

    private static long[]? FindStarts(VroomProblem vroom, int v, List<Activity> activities, JsonReading root)
    {
        var timed = new List<VroomTimes.Activity>();
        long least = 0;
        for (int i = 0; i < activities.Count; i++)
        {
            long travel = i + 1 < activities.Count ? TravelBetween(vroom, v, activities[i], activities[i + 1]) : 0;
            if (travel == TravelProfile.Unreachable)
            {
                root.Fail($"vehicles[{v}].steps", $"there is no way from step {i} to step {i + 1}, start counted.");
                return null;
            }

            timed.Add(new VroomTimes.Activity(activities[i].Windows, activities[i].Least, activities[i].Most, activities[i].WorkSeconds + travel));
            least += activities[i].WorkSeconds + travel;
        }

        long[] borders = VroomTimes.ListBorders(timed);
        if (borders.Length * (long)timed.Count > VroomTimes.MostPairs)
        {
            root.Fail($"vehicles[{v}].steps", $"{timed.Count} steps with {borders.Length} different borders of windows are too many to time (at most {VroomTimes.MostPairs} pairs).");
            return null;
        }

        long[]? starts = VroomTimes.Find(timed, borders);
        if (starts is null) root.Fail($"vehicles[{v}].steps", $"the route of vehicle {vroom.Vehicles[v].Id} is infeasible: no times keep its service_at, service_after and service_before.");
        else if (starts[^1] > TimeWindow.Horizon) root.Fail($"vehicles[{v}].steps", $"the route would last until second {starts[^1]}, times must be below {TimeWindow.Horizon}.");
        return starts is not null && starts[^1] <= TimeWindow.Horizon ? starts : null;
    }

    private static long TravelBetween(VroomProblem vroom, int v, Activity from, Activity to) =>
        to.Kind == StepKind.Break || from.Place == to.Place ? 0 : vroom.Vehicles[v].Durations[(from.Place * vroom.Problem.Places.Count) + to.Place];

    private static VroomGivenRoute Describe(VroomProblem vroom, int v, List<Activity> activities, long[] starts)
    {
        var judge = new VroomRouteJudge(vroom, v);
        var steps = new List<RouteStep>();
        var found = new List<VroomViolations>();
        var load = judge.LoadAtStart(activities.Where(a => a.Kind == StepKind.Visit).Select(a => (a.Job, a.Way)));
        long arrival = starts[0];
        for (int i = 0; i < activities.Count; i++)
        {
            var activity = activities[i];
            if (i > 0) arrival = starts[i - 1] + activities[i - 1].WorkSeconds + TravelBetween(vroom, v, activities[i - 1], activity);
            if (activity.Kind == StepKind.Visit) judge.Handle(load, activity.Job, activity.Way, activity.Visit);
            // Nobody waits at the end: whatever is left before it, the last leg takes longer.
            if (activity.Kind == StepKind.End) arrival = starts[i];
            var step = new RouteStep
            {
                Kind = activity.Kind,
                Place = activity.Place,
                Job = activity.Job,
                Alternative = activity.Way,
                Visit = activity.Visit,
                Break = activity.Break,
                Arrival = (int)arrival,
                Start = (int)starts[i],
                Departure = (int)(starts[i] + activity.WorkSeconds),
                Load = [.. load],
            };
            steps.Add(step);
            var (lead, delay) = VroomTimes.Miss(activity.Windows, starts[i]);
            found.Add(judge.Judge(step, lead, delay));
        }

        judge.JudgePairs(steps, found);
        return new VroomGivenRoute(new Route { Vehicle = v, Steps = steps, Cost = new CostBreakdown() }, found, judge.JudgeRoute(steps, found));
    }
}
