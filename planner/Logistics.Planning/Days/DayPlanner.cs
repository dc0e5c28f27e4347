using Logistics.Domain;
using Logistics.Planning.Days.Parts;
using Logistics.Planning.Travel;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Days;

/// <summary>Searches a problem; the planner's default is <see cref="RouteSearch.Solve"/>.</summary>
public delegate SearchResult SearchEngine(Problem problem, SearchOptions options, CancellationToken cancellation);

/// <summary>Plans, re-plans, edits and compares service days: what the web host and the command line call.</summary>
/// <remarks>
/// Stateless apart from the travel cache; safe for concurrent use. A solve runs on the calling thread (and the search's own islands): callers that must stay responsive run it
/// on a worker. Cancelling keeps the best plan found so far.
/// </remarks>
public sealed class DayPlanner(ITravelTimes travel, TravelCache cache, TimeProvider time, SearchEngine? search = null)
{
    private readonly SearchEngine _search = search ?? RouteSearch.Solve;

    /// <summary>The day as a problem; ask once and reuse it for solving, pricing and exporting.</summary>
    /// <exception cref="TravelUnavailableException">The travel source does not answer; its message names the fallback.</exception>
    public Task<DayModel> BuildAsync(DayInput input, CancellationToken cancellation) => new DayModelBuilder(travel, cache).BuildAsync(input, cancellation);

    /// <summary>Solves the day around its locks and edits and checks the outcome.</summary>
    /// <param name="progress">Called from search threads, a few times a second at most per island; must be quick and thread-safe.</param>
    public DayOutcome Solve(DayModel model, SolveSettings settings, PlanHeader header, IdFactory ids, Action<DayProgress>? progress, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        double Elapsed() => time.GetElapsedTime(started).TotalSeconds;

        var before = model.Input.Base is null ? null : new TimedBase(model).Plan;
        var peeling = new RoutePeeling(model.Problem, before?.Routes.Where(r => model.LockedVehicles.Contains(r.Vehicle)).ToList() ?? []);
        var kept = before?.Routes.Where(r => model.LockedVehicles.Contains(r.Vehicle)).Select(r => Sketch(model, r, r.Vehicle)).ToList() ?? [];
        var curve = new ProgressCurve(model, plan => [.. kept, .. plan.Routes.Select(r => Sketch(model, r, peeling.WholeVehicle(r.Vehicle)))], progress);
        var result = JoinedSearch.Solve(peeling.Rest, new SearchOptions
        {
            Seed = (ulong)settings.Seed,
            Threads = settings.Threads,
            ElapsedSeconds = Elapsed,
            MaxSeconds = settings.Seconds,
            MaxIterations = settings.MaxIterations,
            WarmStart = before is null ? null : peeling.Restrict(before),
            Progress = curve.Add,
        }, model.Input.Rules.MaxGroupParcels, (problem, options, token) => PartedSearch.Solve(_search, problem, options, FirstPlan.Build, settings.PartsAtOnce, token), cancellation);

        var plan = PlanScheduler.Price(model.Problem, peeling.PutBack(result.Plan));
        var info = new SolveInfo("search", settings.Seed, result.Iterations, Math.Round(Elapsed(), 3), result.IsCancelled) { Progress = curve.Points };
        return Finish(model, plan, header, ids, info);
    }

    /// <summary>Carries out the model's edits on its base plan as it stands, without solving; the result may have violations and then cannot be published.</summary>
    public DayOutcome Edit(DayModel model, PlanHeader header, IdFactory ids)
    {
        var (plan, problems) = ApplyEdits(model);
        var outcome = Finish(model, plan, header, ids, model.Input.Base?.Solve);
        return outcome with { DayPlan = outcome.DayPlan with { Violations = [.. problems, .. outcome.DayPlan.Violations] } };
    }

    /// <summary>Checks and translates any plan of the model's exact problem.</summary>
    public DayOutcome Finish(DayModel model, Plan plan, PlanHeader header, IdFactory ids, SolveInfo? info)
    {
        var check = PlanChecker.Check(model.Problem, plan);
        var dayPlan = new DayPlan(header.Id, model.Input.Network.Area.Id, model.Input.Day, header.Version, header.Name, time.GetUtcNow(), header.CreatedBy)
        {
            ParentId = model.Input.Base?.Id,
            Routes = new PlanTranslator(model, ids).Translate(plan),
            Unassigned = [.. model.RuledOut, .. UnservedReasons.Find(model, plan)],
            Cost = PlanTranslator.ToFen(check.Cost),
            Violations = [.. check.Violations.Select(v => ViolationText.Write(model, v))],
            Edits = model.Input.Edits,
            Solve = info,
        };
        return new DayOutcome(dayPlan, plan, check);
    }

    private static RouteSketch Sketch(DayModel model, Route route, int vehicle)
    {
        var points = new List<GeoPoint>(route.Steps.Count);
        foreach (var step in route.Steps)
        {
            var at = model.Places[step.Place].Location;
            if (points.Count == 0 || points[^1] != at) points.Add(at);
        }

        return new RouteSketch(vehicle, points);
    }

    private static (Plan Plan, IReadOnlyList<string> Problems) ApplyEdits(DayModel model)
    {
        if (model.Input.Base is not { } basePlan) throw new ArgumentException("Edits need a base plan to change.", nameof(model));
        var applier = new EditApplier(model, basePlan);
        foreach (var edit in model.Input.Edits) applier.Apply(edit);
        return (new TimedBase(model).With(applier.Routes).Plan, applier.Problems);
    }
}

/// <summary>How long and how hard to search.</summary>
public sealed record SolveSettings
{
    public double Seconds { get; init; } = 30;

    /// <summary>With one thread and a bound on iterations the plan follows from the seed alone.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Hubs of a large day searched at a time; fewer than there are processors where somebody may be waiting for something else.</summary>
    public int PartsAtOnce { get; init; } = Environment.ProcessorCount;

    public int Seed { get; init; } = 1;
    public long MaxIterations { get; init; } = long.MaxValue;
}

/// <summary>What the caller gives a new plan version.</summary>
public sealed record PlanHeader(string Id, int Version, string Name, string CreatedBy);

/// <summary>A finished plan: in the words of the day, as the optimiser's answer to <see cref="DayModel.Problem"/>, and the checker's verdict on that.</summary>
public sealed record DayOutcome(DayPlan DayPlan, Plan Plan, CheckResult Check);
