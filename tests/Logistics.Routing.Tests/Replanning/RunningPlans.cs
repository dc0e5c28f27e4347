using Logistics.Routing.Model;
using Logistics.Routing.Replanning;
using Logistics.Routing.Search;
using Logistics.Routing.Tests.Search;

namespace Logistics.Routing.Tests.Replanning;

/// <summary>Random problems with random features, solved, and the seconds at which they are interrupted.</summary>
internal static class RunningPlans
{
    /// <summary>Null when no legal plan was found.</summary>
    public static (Problem Problem, Plan Plan)? Solve(int seed)
    {
        var problem = Sound(RandomProblems.Make(seed, jobs: 4 + (seed % 14)));
        var solved = RouteSearch.Solve(problem, new SearchOptions { Seed = (ulong)seed, MaxIterations = 200 }, TestContext.Current.CancellationToken);
        return solved.IsFeasible ? (problem, solved.Plan) : null;
    }

    /// <summary>A second in the midst of the plan's work.</summary>
    public static int DrawSecond(Random random, Plan plan)
    {
        var steps = plan.Routes.SelectMany(r => r.Steps).ToList();
        return steps.Count == 0 ? 0 : Math.Min(100_000, steps[random.Next(steps.Count)].Start + random.Next(20));
    }

    /// <summary>Null when the incident is refused.</summary>
    public static Repair? Repair(RunningPlan running, Incident incident, int seed, int? maxDisturbed = 3) => Replanner.Repair(
        running, [incident], new RepairOptions { MaxDisturbed = maxDisturbed, CostPerDisturbed = 10, Search = new SearchOptions { Seed = (ulong)seed, MaxIterations = 150 } }, TestContext.Current.CancellationToken).Repair;

    /// <summary>Jobs the first plan serves and the second does not, or with another vehicle or alternative.</summary>
    public static IEnumerable<int> ListMoved(Plan before, Plan after)
    {
        var (was, now) = (ListServed(before), ListServed(after));
        return was.Where(j => !now.TryGetValue(j.Key, out var by) || by != j.Value).Select(j => j.Key).Order();
    }

    public static Dictionary<int, (int Vehicle, int Alternative)> ListServed(Plan plan) => plan.Routes
        .SelectMany(r => r.Steps.Where(s => s.Kind == StepKind.Visit && s.Visit == 0).Select(s => (s.Job, By: (r.Vehicle, s.Alternative)))).ToDictionary(s => s.Job, s => s.By);

    /// <summary>Vehicles whose executed visits a plan does not begin with.</summary>
    public static IEnumerable<int> ListChangedHistory(RunningPlan running, Plan plan)
    {
        for (int v = 0; v < running.Problem.Vehicles.Count; v++)
        {
            if (running.Problem.Vehicles[v].Committed is not { StartedAt: not null } committed) continue;
            var driven = plan.Routes.Single(r => r.Vehicle == v).Steps;
            var kept = driven.Skip(1).Take(committed.Frozen.Count).Select(s => new FrozenVisit(s.Job, s.Alternative, s.Visit, s.Arrival, s.Start, s.Departure));
            if (!kept.SequenceEqual(committed.Frozen)) yield return v;
        }
    }

    // What is on board may not depend on the alternative that is chosen later.
    private static Problem Sound(Problem problem) => problem with
    {
        Dimensions = Math.Max(1, problem.Dimensions),
        Jobs = [.. problem.Jobs.Select(j => j with { Alternatives = [.. j.Alternatives.Select(a => a with { Visits = [a.Visits[0] with { Delivery = j.Alternatives[0].Visits[0].Delivery }, .. a.Visits.Skip(1)] })] })],
    };
}
