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
            (budget, options) => budget with
            {
                Threads = IsGiven(parsed, threads) ? budget.Threads : options.Threads ?? budget.Threads,
                Seconds = IsGiven(parsed, seconds) ? budget.Seconds : options.Shorten(budget.Seconds),
            },
            new SolveBudget(parsed.GetValue(engine) == SolveEngine.Own ? CommonOptions.FindSeconds(parsed, seconds, iterations) : parsed.GetValue(seconds), parsed.GetValue(cpu), parsed.GetValue(threads), parsed.GetValue(seed), parsed.GetValue(iterations), parsed.GetValue(engine)), cancel));
        return command;
    }

    private static bool IsGiven<T>(ParseResult parsed, Option<T> option) => parsed.GetResult(option) is { Implicit: false };

    /// <param name="adapt">What the options of a VROOM request make of the budget where the command line says nothing else.</param>
    private static async Task<int> RunAsync(
        ParseResult parsed, string path, string? output, PlanFormat? format, string? start, bool isJson, Func<SolveBudget, VroomOptions, SolveBudget> adapt, SolveBudget budget, CancellationToken cancel)
    {
        var problem = await LoadAsync(parsed, path, output, format);
        var written = format ?? problem.NaturalFormat;
        if (written == PlanFormat.Vroom && problem.Vroom is null) throw new BadInputException("--format", ["'vroom' answers VROOM requests only."]);
        if (problem.Vroom is { Given: not null } given && written == PlanFormat.Vroom)
        {
            await WriteAsync(parsed, output, VroomResponse.WriteGiven(given));
            return ExitCode.Good;
        }

        if (problem.Vroom is { } vroom) budget = adapt(budget, vroom.Options);
        var warm = start is null ? problem.Vroom?.Start : PlanFile.Load(start, problem).Plan;
        var console = Screen.On(parsed.InvocationConfiguration.Error);
        var meter = new SearchMeter(console, budget.Seconds);
        var run = await meter.WatchAsync($"Solving {problem.Instance.Name}", () => SolveRun.Run(problem.Instance.Problem, budget, warm, problem.Solve, meter.Note, cancel), cancel);
        var plan = run.Result.Plan;
        var check = PlanChecker.Check(problem.Instance.Problem, plan);

        await WriteAsync(parsed, output, PlanFile.Write(problem, plan, written, run.Seconds));
        Report(console, problem, plan, check, run);
        if (isJson && output is not null) await parsed.InvocationConfiguration.Output.WriteLineAsync(CheckReport.ToJson(problem, plan, check, run));
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

    private static void Report(IAnsiConsole console, ProblemFile problem, Routing.Model.Plan plan, CheckResult check, SolveOutcome run)
    {
        string cost = problem.Instance.PublishedCost(check.Cost).ToString(CultureInfo.InvariantCulture);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{problem.Instance.Name}: cost [bold]{cost}[/], {plan.Routes.Count} vehicles, {plan.Unserved.Count} unserved, {run.Result.Iterations} iterations in {run.Seconds:F1} s ({run.CpuSeconds:F1} CPU s).");
        if (run.First is { } first) console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"First feasible plan after {first.Seconds:F2} s ({first.CpuSeconds:F2} CPU s), reading not counted.");
        CheckReport.PrintViolations(console, check.Violations);
    }
}
