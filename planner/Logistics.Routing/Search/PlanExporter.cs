using Logistics.Routing.Model;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.State;

namespace Logistics.Routing.Search;

/// <summary>Turns the nodes of a snapshot into a plan people can read: times, loads, costs and what is left out.</summary>
internal sealed class PlanExporter(CompiledProblem compiled)
{
    private readonly Problem _problem = compiled.Source;

    public Plan Export(Snapshot best)
    {
        var solution = new Solution(compiled);
        best.Restore(solution);
        var routes = new List<Route>();
        var timed = new TimedRoute?[compiled.Vehicles.Length];
        for (int v = 0; v < timed.Length; v++)
        {
            if (!solution.Routes[v].IsUsed) continue;
            timed[v] = solution.Timed.Length > 0 && solution.Timed[v].IsKnown ? solution.Timed[v] : Time(solution, v);
            (solution.Routes[v].Duration, solution.Routes[v].Distance, solution.Routes[v].Begin) = (timed[v]!.Duration, timed[v]!.Distance, timed[v]!.Arrivals[0]);
        }

        solution.Balance.Of(solution.Routes);
        for (int v = 0; v < timed.Length; v++)
        {
            if (timed[v] is not { } route) continue;
            route = Raise(solution, v, route);
            (solution.Routes[v].Duration, solution.Routes[v].Begin) = (route.Duration, route.Arrivals[0]);
            routes.Add(ExportRoute(v, route));
        }

        ClassPicker.Pick(_problem, routes);
        var unserved = solution.Jobs.Absent.ToArray();
        Array.Sort(unserved);
        long disturbed = CountDisturbed(solution) * (_problem.Disturbance?.CostPerJob ?? 0);
        return new Plan
        {
            Routes = routes,
            Unserved = unserved,
            Cost = new CostBreakdown
            {
                Unserved = unserved.Sum(j => _problem.Jobs[j].UnservedCost ?? 0),
                Fixed = routes.Sum(r => r.Cost.Fixed),
                Distance = routes.Sum(r => r.Cost.Distance),
                Duration = routes.Sum(r => r.Cost.Duration),
                Overtime = routes.Sum(r => r.Cost.Overtime),
                Lateness = routes.Sum(r => r.Cost.Lateness),
                Preference = routes.Sum(r => r.Cost.Preference),
                Balance = solution.Balance.Of(solution.Routes),
                Disturbance = disturbed,
            },
        };
    }

    private long CountDisturbed(Solution solution)
    {
        long disturbed = 0;
        for (int j = 0; j < compiled.Jobs.Count; j++)
        {
            if (compiled.Jobs.PreviousAlternative[j] < 0) continue;
            int vehicle = solution.Jobs.VehicleOf[j], alternative = solution.Jobs.AlternativeOf[j];
            int index = alternative < 0 ? -1 : compiled.Jobs.IndexInJob[alternative];
            if (compiled.Jobs.IsDone[j]) (vehicle, index) = FindHistory(j);
            if (vehicle != compiled.Jobs.PreviousVehicle[j] || index != compiled.Jobs.PreviousAlternative[j]) disturbed++;
        }

        return disturbed;
    }

    private (int Vehicle, int Alternative) FindHistory(int job)
    {
        int alternative = compiled.Jobs.First[job] + compiled.Jobs.DoneAlternative[job];
        return (compiled.Jobs.BoundVehicle[alternative], compiled.Jobs.DoneAlternative[job]);
    }

    /// <summary>A route below the level of the balance waits longer before it begins to load.</summary>
    private static TimedRoute Raise(Solution solution, int v, TimedRoute timed)
    {
        long seconds = solution.Balance.Level - timed.Duration;
        if (seconds <= 0) return timed;
        timed.BeginEarlier((int)seconds);
        return timed;
    }

    private Route ExportRoute(int v, TimedRoute timed)
    {
        var steps = new StepWriter(compiled, v).Write(timed);
        var vehicle = _problem.Vehicles[v];
        long overtime = vehicle.RegularSeconds is { } regular ? Math.Max(0, timed.Duration - regular) : 0;
        return new Route
        {
            Vehicle = v,
            Steps = steps,
            Cost = new CostBreakdown
            {
                Fixed = vehicle.FixedCost,
                Distance = timed.Distance * vehicle.CostPerMetre,
                Duration = (timed.Duration * vehicle.CostPerSecond) + (timed.Travel * vehicle.CostPerTravelSecond),
                Overtime = overtime * vehicle.CostPerOvertimeSecond,
                Lateness = timed.Lateness,
                Preference = steps.Where(s => s is { Kind: StepKind.Visit, Visit: 0 }).Sum(s => _problem.Jobs[s.Job].Alternatives[s.Alternative].PreferenceCost),
            },
        };
    }

    private TimedRoute Time(Solution solution, int v)
    {
        solution.ListTo(solution.Walk, v);
        long cost = solution.Walk.Time(seeksLateStart: true, hint: solution.Routes[v].Begin);
        // A vehicle under way may have no legal way home: its route is told as far as it goes, and the checker says why.
        bool isStranded = cost == Walk.Infeasible && compiled.Vehicles[v].IsUnderWay;
        System.Diagnostics.Debug.Assert(isStranded || cost <= solution.Routes[v].Cost, $"vehicle {v}: a walk costs {cost}, the search believed {solution.Routes[v].Cost}");
        var timed = new TimedRoute();
        timed.Take(solution.Walk);
        return timed;
    }
}
