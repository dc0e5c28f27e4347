using Logistics.Domain;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;

namespace Logistics.Planning.Days;

/// <summary>A model's base plan with its times, and the same with some routes sequenced anew.</summary>
/// <remarks>
/// Timing a long route with breaks tries hundreds of starts, and a plan has dozens of routes: the times the plan was made with are taken over from the optimiser's answer wherever they
/// still hold in the model; only the other routes are timed anew. Immutable and safe from any thread.
/// </remarks>
internal sealed class TimedBase
{
    private readonly DayModel _model;
    private readonly Dictionary<int, IReadOnlyList<BareStep>> _sequences;

    /// <param name="model">Must have a base plan.</param>
    public TimedBase(DayModel model)
    {
        if (model.Input.Base is not { } basePlan) throw new ArgumentException("There is no base plan.", nameof(model));
        _model = model;
        var bare = PlanReading.ToBareRoutes(model, PlanReading.Read(model, basePlan));
        _sequences = bare.ToDictionary(r => r.Vehicle, r => r.Steps);
        var timed = Soundly(model.Input.BaseAnswer is { } answer ? TakeOver(basePlan, answer) : []);
        Plan = PlanScheduler.Retime(model.Problem, PlanScheduler.Price(model.Problem, timed), [.. bare.Where(r => !timed.Exists(t => t.Vehicle == r.Vehicle))]);
    }

    public Plan Plan { get; }

    /// <summary>The plan with its routes sequenced as given; only those that differ are timed.</summary>
    public (Plan Plan, IReadOnlyList<int> Changed) With(IReadOnlyList<BareRoute> routes)
    {
        var wanted = routes.ToDictionary(r => r.Vehicle);
        var changed = routes.Where(r => !_sequences.TryGetValue(r.Vehicle, out var steps) || !steps.SequenceEqual(r.Steps))
            .Concat(_sequences.Keys.Where(v => !wanted.ContainsKey(v)).Select(v => new BareRoute(v, []))).ToList();
        return (changed.Count == 0 ? Plan : PlanScheduler.Retime(_model.Problem, Plan, changed), [.. changed.Select(r => r.Vehicle)]);
    }

    /// <summary>The answer's routes in the model's numbers: the plan's tasks stand in the order of the answer's visits.</summary>
    private List<Route> TakeOver(DayPlan plan, Plan answer)
    {
        var routes = new List<Route>();
        var answered = answer.Routes.Where(r => r.Steps.Any(s => s.Kind == StepKind.Visit)).ToList();
        if (answered.Count != plan.Routes.Count) return routes;
        foreach (var (planned, route) in plan.Routes.Zip(answered))
        {
            if (_model.IndexOfVehicle.TryGetValue(planned.VehicleId, out var vehicle) && Renumber(planned, route) is { } steps) routes.Add(route with { Vehicle = vehicle, Steps = steps });
        }

        return routes;
    }

    private List<RouteStep>? Renumber(PlannedRoute planned, Route route)
    {
        var visits = new Queue<BareStep?>(planned.Trips.SelectMany(t => t.Stops).SelectMany(s => s.Tasks).Select(t => PlanReading.FindStep(_model, t.ParcelId, t.OptionIndex)));
        var steps = new List<RouteStep>(route.Steps.Count);
        foreach (var step in route.Steps)
        {
            var depot = step.Depot >= 0 && step.Depot < _model.Problem.Depots.Count ? _model.Problem.Depots[step.Depot].Place : (int?)null;
            if (step.Kind == StepKind.Visit)
            {
                if (!visits.TryDequeue(out var visit) || visit is not { } known) return null;
                steps.Add(step with { Job = known.Job, Alternative = known.Alternative, Visit = known.Visit, Place = _model.Problem.Jobs[known.Job].Alternatives[known.Alternative].Visits[known.Visit].Place });
            }
            else if (step.Kind == StepKind.Break) steps.Add(step with { Place = steps[^1].Place });
            else if (depot is { } place) steps.Add(step with { Place = place });
            else return null;
        }

        return visits.Count == 0 ? steps : null;
    }

    /// <summary>Without the routes whose times do not follow in this model: a parking place has moved, a shift was cut.</summary>
    private List<Route> Soundly(List<Route> routes)
    {
        if (routes.Count == 0) return routes;
        var unsound = PlanChecker.Check(_model.Problem, PlanScheduler.Price(_model.Problem, routes)).Violations
            .Where(v => v.Kind is not ViolationKind.Coverage and not ViolationKind.StatedCost).Select(v => v.Vehicle).ToHashSet();
        return [.. routes.Where(r => !unsound.Contains(r.Vehicle))];
    }
}
