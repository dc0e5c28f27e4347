using System.CommandLine;
using System.Globalization;
using Logistics.OrTools;
using Logistics.Planning.Exact.Proofs;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Search;

namespace Logistics.Planner.Cli.Bench;

/// <summary><c>logistics prove</c>: compares the search with proven optima of small random rich problems.</summary>
internal static class ProveCommand
{
    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Problems.", DefaultValueFactory = _ => 200 };
        var seed = new Option<int>("--seed") { Description = "Seed of the first problem; the next ones follow.", DefaultValueFactory = _ => 1 };
        var most = new Option<int>("--jobs") { Description = "Most jobs; problems have 3 to this many in turn.", DefaultValueFactory = _ => 8 };
        var iterations = new Option<long>("--iterations") { Description = "Iterations of the search per problem.", DefaultValueFactory = _ => 20_000 };
        var thin = new Option<bool>("--thin-prizes") { Description = "Prizes below a vehicle's fixed cost: harder for a search that inserts one job at a time." };
        var seconds = CommonOptions.Seconds(60);
        var command = new Command("prove", "Compare the search with proven optima of small random problems.") { count, seed, most, iterations, thin, seconds };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 3 or > 14) result.AddError($"--jobs: {result.GetValueOrDefault<int>()} is not in [3, 14].");
        });
        command.SetAction((parsed, cancel) => RunAsync(
            parsed.InvocationConfiguration.Output, parsed.GetValue(count), parsed.GetValue(seed), parsed.GetValue(most), parsed.GetValue(iterations), parsed.GetValue(thin), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancel));
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, int count, int seed, int most, long iterations, bool hasThinPrizes, TimeSpan limit, CancellationToken cancel)
    {
        await using var solver = CpSat.Create(new CpSatOptions { MaxProcesses = 1 });
        if (await solver.FindProblemAsync(cancel) is { } missing) throw new BadInputException("prove", [missing]);
        var verdicts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < count && !cancel.IsCancellationRequested; i++)
        {
            var problem = ProofSample.Make(3 + (i % (most - 2)), seed + i, hasThinPrizes);
            var found = RouteSearch.Solve(problem, new SearchOptions { MaxIterations = iterations }, cancel);
            var known = PlanChecker.Check(problem, found.Plan) is { IsLegal: true } legal ? (BareRoutes(found.Plan), legal.Cost.Total) : ((IReadOnlyList<BareRoute>, long)?)null;
            var proof = await RoutingProof.ProveAsync(solver, problem, limit, known, cancel);
            var verdict = Judge(problem, proof, found);
            if (verdict == "WORSE") await output.WriteLineAsync($"  proof  {Describe(PlanScheduler.Schedule(problem, proof.Routes))}\n  search {Describe(found.Plan)}");
            verdicts[verdict] = verdicts.GetValueOrDefault(verdict) + 1;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{problem.Name}: {verdict}; proof {proof.Outcome} {proof.Best} (bound {proof.Bound}), search {found.Plan.Cost.Total}"));
        }

        foreach (var (verdict, times) in verdicts.OrderByDescending(v => v.Value)) await output.WriteLineAsync($"{times} × {verdict}");
        return ExitCode.Of(verdicts.Keys.All(v => v is "equal" or "unproven"));
    }

    private static IReadOnlyList<BareRoute> BareRoutes(Plan plan) => [.. plan.Routes.Select(r => new BareRoute(
        r.Vehicle, [.. r.Steps.Where(s => s.Kind == StepKind.Visit).Select(s => BareStep.VisitOf(s.Job, s.Alternative, s.Visit))])).Where(r => r.Steps.Count > 0)];

    private static string Describe(Plan plan) => $"{plan.Cost}: " + string.Join(
        "; ", plan.Routes.Select(r => $"vehicle {r.Vehicle}: " + string.Join(' ', r.Steps.Where(s => s.Kind == StepKind.Visit).Select(s => $"{s.Job}.{s.Alternative}.{s.Visit}@{s.Start}"))));

    /// <summary>Equal, worse than the optimum, unproven, or a contradiction: one of search, checker and proof must be wrong.</summary>
    private static string Judge(Problem problem, ProvenCost proof, SearchResult found)
    {
        if (proof.Outcome == CpSatOutcome.Infeasible) return "CONTRADICTION: the proof knows no plan as cheap as the search's";
        if (proof.Best is null) return "unproven";
        var check = PlanChecker.Check(problem, found.Plan);
        var replayed = PlanScheduler.Schedule(problem, proof.Routes);
        var checkedProof = PlanChecker.Check(problem, replayed);
        var isReplayed = checkedProof.IsLegal && checkedProof.Cost.Total <= proof.Best;
        if (!isReplayed) return "CONTRADICTION: the proof's own plan " + (checkedProof.Violations.Count > 0 ? $"is refused: {checkedProof.Violations[0]}" : $"costs {checkedProof.Cost.Total}");
        if (!check.IsLegal || check.Cost.Total < proof.Bound) return "CONTRADICTION: the search's plan is refused or below the bound";
        if (check.Cost.Total == proof.Bound) return "equal";
        return proof.Outcome == CpSatOutcome.Optimal ? "WORSE" : "unproven";
    }
}
