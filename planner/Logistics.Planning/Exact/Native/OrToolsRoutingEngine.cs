using System.Diagnostics;
using System.Reflection;
using Google.OrTools.ConstraintSolver;
using Google.OrTools.Routing;
using Google.Protobuf.WellKnownTypes;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planning.Exact.Native;

/// <summary>Solves routing problems with OR-Tools' routing library, for comparison: <c>--engine ortools</c>.</summary>
/// <remarks>
/// Compiled only with <c>-p:GoogleOrTools=true</c>. Its sequences are timed and priced by our own scheduler, so that costs compare.
/// One search per instance of the model; thread-safe.
/// </remarks>
public static class OrToolsRoutingEngine
{
    /// <summary>Searches for <paramref name="limit"/> and returns the best plan; without visits if none was found.</summary>
    /// <exception cref="NotSupportedException">The problem uses what the library cannot express; the message names everything.</exception>
    public static SearchResult Solve(Problem problem, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (OrToolsLimits.ListUnsupported(problem) is { Count: > 0 } unsupported) throw new NotSupportedException(string.Join('\n', unsupported));
        var start = Stopwatch.GetTimestamp();
        using var model = new OrToolsModel(problem);
        var solutions = 0;
        model.Routing.AddAtSolutionCallback(() =>
        {
            solutions++;
            if (cancellationToken.IsCancellationRequested) model.Routing.solver().FinishCurrentSearch();
        });
        var parameters = DefaultParameters();
        parameters.FirstSolutionStrategy = FirstSolutionStrategy.Types.Value.ParallelCheapestInsertion;
        parameters.LocalSearchMetaheuristic = LocalSearchMetaheuristic.Types.Value.GuidedLocalSearch;
        parameters.TimeLimit = Duration.FromTimeSpan(limit);
        using var assignment = model.Routing.SolveWithParameters(parameters);
        var routes = assignment is null ? [] : ReadRoutes(problem, model, assignment);
        var plan = PlanScheduler.Schedule(problem, routes);
        return new SearchResult(plan, PlanChecker.Check(problem, plan).IsLegal, solutions, Stopwatch.GetElapsedTime(start).TotalSeconds, cancellationToken.IsCancellationRequested);
    }

    private static List<BareRoute> ReadRoutes(Problem problem, OrToolsModel model, Assignment assignment)
    {
        var routes = new List<BareRoute>();
        for (var v = 0; v < problem.Vehicles.Count; v++)
        {
            var steps = new List<BareStep>();
            for (var index = model.Routing.Start(v); !model.Routing.IsEnd(index); index = assignment.Value(model.Routing.NextVar(index)))
                if (model.FindVisit(index) is { } visit) steps.Add(BareStep.VisitOf(visit.Job, visit.Alternative, visit.Visit));
            if (steps.Count > 0) routes.Add(new BareRoute(v, steps));
        }

        return routes;
    }

    /// <summary>The library's default parameters, whose class is named after the SWIG module and changed its name after 9.11.</summary>
    private static RoutingSearchParameters DefaultParameters() => (RoutingSearchParameters)typeof(RoutingModel).Assembly.GetExportedTypes()
        .Select(type => type.GetMethod("DefaultRoutingSearchParameters", BindingFlags.Public | BindingFlags.Static, []))
        .First(method => method is not null)!
        .Invoke(null, null)!;
}
