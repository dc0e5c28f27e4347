using System.Text;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;
using Logistics.Routing.Search.Compiled;
using Logistics.Routing.Search.Moves;
using Logistics.Routing.Search.State;
using Logistics.Routing.Tests.Oracle;

namespace Logistics.Routing.Tests.Search;

/// <summary>What the search believes a solution costs is what the checker recomputes from the problem alone, after every move; and an undone move leaves no trace.</summary>
public sealed class DeltaTruthTests
{
    private const int SeedsPerBlock = 40;
    private const int Moves = 14;

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 6)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Cost_kept_up_by_moves_is_the_cost_recomputed(int block)
    {
        var faults = new List<string>();
        for (int seed = block * SeedsPerBlock; seed < (block + 1) * SeedsPerBlock; seed++)
        {
            // Half with slots, docks and more visits, half with goods on board and history.
            var problem = seed % 2 == 0 ? RandomProblems.Make(seed, jobs: 4 + (seed % 13)) : OracleProblems.Make(seed);
            if (ProblemValidator.Validate(problem).Count == 0) faults.AddRange(Judge(problem, (ulong)seed).Select(f => $"seed {seed}: {f}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
    }

    private static IEnumerable<string> Judge(Problem problem, ulong seed)
    {
        var compiled = new CompiledProblem(problem);
        var neighbours = new NeighbourLists(compiled, 120, 40);
        var solution = new Solution(compiled);
        var rng = new Rng(seed + 1);
        var fleet = new FleetFitter(compiled, solution);
        var inserter = new Inserter(compiled, neighbours, solution, fleet, rng) { BlinkRate = 0.2 };
        var strings = new StringRuin(compiled, neighbours, solution, rng);
        var routes = new RouteRuin(compiled, solution, rng);
        var recreate = new Recreate(compiled, neighbours, solution, inserter, fleet, new InsertionOrder(compiled), rng);
        solution.Begin();
        recreate.RunAll();
        solution.Commit();
        for (int move = 0; move < Moves; move++)
        {
            string before = Describe(compiled, solution);
            solution.Begin();
            if (move % 5 == 4) recreate.Run(routes.RunAll());
            else if (move % 3 == 2 && routes.TryRun()) recreate.Run(routes.Removed);
            else
            {
                strings.Run();
                recreate.Run(strings.Removed);
            }

            if (FindDifference(problem, compiled, solution) is { } fault) yield return $"move {move}: {fault}";
            if (rng.Below(2) == 0)
            {
                solution.Commit();
                continue;
            }

            solution.Rollback();
            if (Describe(compiled, solution) is var after && after != before) yield return $"move {move} undone: {before}\nbecame {after}";
        }
    }

    /// <summary>Writes the solution as a plan, judges and prices it by the checker, and compares.</summary>
    private static string? FindDifference(Problem problem, CompiledProblem compiled, Solution solution)
    {
        var all = new ChangedRoutes(compiled.Vehicles.Length);
        for (int v = 0; v < compiled.Vehicles.Length; v++) all.Add(v);
        var snapshot = new Snapshot(compiled);
        snapshot.Take(solution, solution.Cost, all);
        var plan = new PlanExporter(compiled).Export(snapshot);
        var check = PlanChecker.Check(problem, plan);
        // What must not be left out has a stand-in price in the search; what all jobs together owe is priced there and judged here.
        foreach (var violation in check.Violations)
            if (violation.Kind is not (ViolationKind.Coverage or ViolationKind.ServiceLevel or ViolationKind.Disturbance)) return violation.ToString();
        long believed = solution.Cost - solution.Jobs.FindPenalty() - (solution.Jobs.AbsentMandatory * compiled.MandatoryCost);
        return believed == check.Cost.Total ? null : $"the search believes {believed}, the checker finds {check.Cost.Total} ({check.Cost})";
    }

    private static string Describe(CompiledProblem compiled, Solution solution)
    {
        var text = new StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{solution.Cost} {solution.RouteCost} {solution.Jobs.Cost} {solution.Jobs.FindPenalty()} {solution.Jobs.AbsentMandatory}; ");
        text.AppendJoin(',', solution.Jobs.AlternativeOf).Append('|').AppendJoin(',', solution.Jobs.VehicleOf).Append('|').AppendJoin(',', solution.Jobs.Used).Append('|').AppendJoin(',', solution.Jobs.Absent.ToArray().Order());
        for (int v = 0; v < compiled.Vehicles.Length; v++)
        {
            ref readonly var route = ref solution.Routes[v];
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\nv{v} {route.Cost} {route.Distance} {route.Duration} {route.Travel} {route.Tasks} {route.Stops} {route.Reloads} {route.Begin} {route.IsUsed}:");
            for (int n = compiled.Vehicles[v].Start; n >= 0; n = solution.Nodes[n].Next)
            {
                ref readonly var node = ref solution.Nodes[n];
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $" {n}({node.Head} {node.Position} {node.Departure} {node.LatestDeparture} {node.LegCost} {node.Load} {node.HighestBefore} {node.HighestAfter} {node.Duration} {node.LatestStart} {node.RestDuration} {node.RestEarliest} {solution.TripRelease[n]} {solution.TripGoods[n]})");
            }
        }

        return text.ToString();
    }
}
