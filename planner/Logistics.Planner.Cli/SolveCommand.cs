using System.CommandLine;
using System.Globalization;
using Logistics.Planner.Cli.Files;
using Logistics.Planner.Cli.Running;
using Logistics.Planning.Formats.Vroom;
using Logistics.Routing.Checking;
using Spectre.Console;

namespace Logistics.Planner.Cli;

/// <summary><c>logistics solve FILE</c>: solves a problem of any format and writes a checked plan.</summary>
internal static class SolveCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Problem: our JSON, VROOM JSON, Solomon, CVRPLIB/VRPLIB, Li & Lim or VRPDO." };
        var seconds = CommonOptions.Seconds(10);
        var (cpu, threads, iterations, json) = (CommonOptions.Cpu(), CommonOptions.Threads(), CommonOptions.Iterations(), CommonOptions.Json());
        var engine = CommonOptions.Engine();
        var seed = new Option<ulong>("--seed") { Description = "Seed of the search.", DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out") { Description = "File for the plan; standard output when left out." };
        var format = new Option<PlanFormat?>("--format") { Description = "Format of the plan: json, vroom or sol; the problem's own when left out." };
        var start = new Option<string?>("--start") { Description = "A plan to start from." };
        var command = new Command("solve", "Solve a problem and write the plan.") { file, engine, seconds, cpu, threads, iterations, seed, output, format, start, json };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed, parsed.GetValue(file)!, parsed.GetValue(output), parsed.GetValue(format), parsed.GetValue(start), parsed.GetValue(json),
            new SolveBudget(parsed.GetValue(engine) == SolveEngine.Own ? CommonOptions.FindSeconds(parsed, seconds, iterations) : parsed.GetValue(seconds), parsed.GetValue(cpu), parsed.GetValue(threads), parsed.GetValue(seed), parsed.GetValue(iterations), parsed.GetValue(engine)), cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, string path, string? output, PlanFormat? format, string? start, bool isJson, SolveBudget budget, CancellationToken cancel)
    {
        var problem = await LoadAsync(parsed, path, output, format);
        var written = format ?? problem.NaturalFormat;
        if (written == PlanFormat.Vroom && problem.Vroom is null) throw new BadInputException("--format", ["'vroom' answers VROOM requests only."]);
        var warm = start is null ? null : PlanFile.Load(start, problem).Plan;
        var console = Screen.On(parsed.InvocationConfiguration.Error);
        var meter = new SearchMeter(console, budget.Seconds);
        var (result, wall, cpu) = await meter.WatchAsync($"Solving {problem.Instance.Name}", () => SolveRun.Run(problem.Instance.Problem, budget, warm, meter.Note, cancel), cancel);
        var check = PlanChecker.Check(problem.Instance.Problem, result.Plan);

        await WriteAsync(parsed, output, PlanFile.Write(problem, result.Plan, written, wall));
        Report(console, problem, result.Plan, check, result.Iterations, wall, cpu);
        if (isJson && output is not null) await parsed.InvocationConfiguration.Output.WriteLineAsync(CheckReport.ToJson(problem, result.Plan, check));
        return ExitCode.Of(check.IsLegal);
    }

    /// <summary>A VROOM client reads the error from the response, so a request that is refused is answered too.</summary>
    private static async Task<ProblemFile> LoadAsync(ParseResult parsed, string path, string? output, PlanFormat? format)
    {
        try
        {
            return ProblemFile.Load(path);
        }
        catch (BadInputException bad) when (format == PlanFormat.Vroom || (format is null && ProblemFile.IsVroom(path)))
        {
            await WriteAsync(parsed, output, VroomResponse.WriteError(VroomResponse.InputError, bad.Faults));
            throw;
        }
    }

    private static async Task WriteAsync(ParseResult parsed, string? output, string text)
    {
        if (output is null) await parsed.InvocationConfiguration.Output.WriteAsync(text);
        else await File.WriteAllTextAsync(output, text, CancellationToken.None);
    }

    private static void Report(IAnsiConsole console, ProblemFile problem, Routing.Model.Plan plan, CheckResult check, long iterations, double wall, double cpu)
    {
        string cost = problem.Instance.PublishedCost(check.Cost).ToString(CultureInfo.InvariantCulture);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{problem.Instance.Name}: cost [bold]{cost}[/], {plan.Routes.Count} vehicles, {plan.Unserved.Count} unserved, {iterations} iterations in {wall:F1} s ({cpu:F1} CPU s).");
        CheckReport.PrintViolations(console, check.Violations);
    }
}
