using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Logistics.Planner.Cli.Files;
using Logistics.Planner.Cli.Running;
using Logistics.Planning.Formats.Json;
using Logistics.Routing.Replanning;
using Logistics.Routing.Search;
using Spectre.Console;

namespace Logistics.Planner.Cli;

/// <summary><c>logistics repair PROBLEM PLAN INCIDENTS --now S</c>: what a running plan becomes after incidents, what it costs and whom it touches.</summary>
internal static class RepairCommand
{
    public static Command Create()
    {
        var problem = new Argument<string>("PROBLEM") { Description = "Problem of any format." };
        var plan = new Argument<string>("PLAN") { Description = "The plan that is being driven, of any format." };
        var incidents = new Argument<string>("INCIDENTS") { Description = "JSON: {\"format\": \"logistics-incidents/1\", \"incidents\": […]}." };
        var now = new Option<int>("--now") { Description = "Second of the problem's clock.", Required = true };
        var seconds = CommonOptions.Seconds(0.5);
        var (iterations, json) = (CommonOptions.Iterations(), CommonOptions.Json());
        var seed = new Option<ulong>("--seed") { Description = "Seed of the search.", DefaultValueFactory = _ => 1 };
        var disturbed = new Option<int?>("--max-disturbed") { Description = "Most jobs moved that could have stayed; any number when left out." };
        var price = new Option<long>("--cost-per-disturbed") { Description = "Cost of moving one of them." };
        var output = new Option<string?>("--out") { Description = "File for the repaired plan, our JSON." };
        var problemOut = new Option<string?>("--problem-out") { Description = "File for the problem as it stands now, which the repaired plan belongs to." };
        var command = new Command("repair", "Repair a running plan after incidents; exit code 1 when the repair is not legal.") { problem, plan, incidents, now, seconds, iterations, seed, disturbed, price, output, problemOut, json };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed, ProblemFile.Load(parsed.GetValue(problem)!), parsed.GetValue(plan)!, parsed.GetValue(incidents)!, parsed.GetValue(now),
            new RepairOptions
            {
                MaxDisturbed = parsed.GetValue(disturbed),
                CostPerDisturbed = parsed.GetValue(price),
                Search = Budget(CommonOptions.FindSeconds(parsed, seconds, iterations), parsed.GetValue(iterations), parsed.GetValue(seed)),
            },
            (parsed.GetValue(output), parsed.GetValue(problemOut), parsed.GetValue(json)), cancel));
        return command;
    }

    private static SearchOptions Budget(double seconds, long iterations, ulong seed)
    {
        var clock = new RunClock();
        double? begun = null;
        // The clock counts from the search's first look, not from the reading of the files.
        return new SearchOptions { Seed = seed, MaxIterations = iterations, MaxSeconds = seconds, ElapsedSeconds = () => clock.WallSeconds - (begun ??= clock.WallSeconds) };
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, ProblemFile file, string planPath, string incidentPath, int now, RepairOptions options, (string? Plan, string? Problem, bool IsJson) to, CancellationToken cancel)
    {
        var faults = new List<string>();
        if (now < 0) faults.Add($"--now: {now} must be ≥ 0.");
        if (options.MaxDisturbed < 0) faults.Add($"--max-disturbed: {options.MaxDisturbed} must be ≥ 0.");
        if (options.CostPerDisturbed < 0) faults.Add($"--cost-per-disturbed: {options.CostPerDisturbed} must be ≥ 0.");
        if (faults.Count > 0) throw new BadInputException("repair", faults);
        var incidents = ProblemFile.Take(incidentPath, IncidentJson.Read(ProblemFile.ReadText(incidentPath)));
        var running = RunningPlan.At(file.Instance.Problem, PlanFile.Load(planPath, file).Plan, now);
        var result = Replanner.Repair(running, incidents, options, cancel);
        if (result.Repair is not { } repair) throw new BadInputException(incidentPath, [.. result.Faults.Select(f => f.Message)]);
        if (to.Plan is not null) await File.WriteAllTextAsync(to.Plan, JsonWriting.Write(repair.Plan, file.Instance.Name), CancellationToken.None);
        if (to.Problem is not null) await File.WriteAllTextAsync(to.Problem, JsonWriting.Write(repair.Problem), CancellationToken.None);
        var output = parsed.InvocationConfiguration.Output;
        if (to.IsJson) await output.WriteLineAsync(ToJson(repair));
        else Print(Screen.On(output), repair);
        return ExitCode.Of(repair.Violations.Count == 0);
    }

    private static string ToJson(Repair repair) => JsonSerializer.Serialize(
        new
        {
            legal = repair.Violations.Count == 0,
            repair.CostBefore,
            repair.CostUnrepaired,
            repair.CostAfter,
            repair.Disturbed,
            lost = repair.ListLost(),
            touched = repair.Touched.Select(t => new { t.Job, id = repair.Problem.Jobs[t.Job].Id, t.Reason, t.From, t.To }),
            relieved = repair.Relieved.Select(r => r.Message),
            violations = repair.Violations,
        },
        CheckReport.Options);

    private static void Print(IAnsiConsole console, Repair repair)
    {
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Cost {repair.CostBefore} before, {repair.CostUnrepaired} without repair, {repair.CostAfter} after; {repair.Touched.Count} jobs touched, {repair.Disturbed} of them disturbed, {repair.ListLost().Count()} lost."));
        foreach (var relief in repair.Relieved) console.WriteLine(relief.Message);
        var table = new Table().Border(TableBorder.Simple).AddColumn("Job").AddColumn("Why").AddColumn("From").AddColumn("To");
        foreach (var touched in repair.Touched) table.AddRow(Screen.Escape($"{touched.Job} ({repair.Problem.Jobs[touched.Job].Id})"), touched.Reason.ToString(), Name(touched.From), Name(touched.To));
        if (repair.Touched.Count > 0) console.Write(table);
        CheckReport.PrintViolations(console, repair.Violations);
    }

    private static string Name(Routing.Model.PreviousAssignment? at) => at is null ? "–" : $"vehicle {at.Vehicle}, option {at.Alternative}";
}
