using System.CommandLine;
using System.Globalization;
using Logistics.Planner.Cli.Files;
using Logistics.Planner.Cli.Running;
using Logistics.Planning.Formats;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Spectre.Console;

namespace Logistics.Planner.Cli.Bench;

/// <summary><c>logistics bench PATH…</c>: solves benchmark instances under a time budget, recomputes every cost and compares with the best known.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Instance files or folders of them, any format.", Arity = ArgumentArity.OneOrMore };
        var seconds = CommonOptions.Seconds(30);
        var (cpu, threads, iterations, json) = (CommonOptions.Cpu(), CommonOptions.Threads(), CommonOptions.Iterations(), CommonOptions.Json());
        var engine = CommonOptions.Engine();
        var seeds = new Option<string>("--seeds") { Description = "Seeds, separated by commas.", DefaultValueFactory = _ => "1,2,3" };
        var output = new Option<string?>("--out") { Description = "File for one JSON object per run and line." };
        var solutions = new Option<string?>("--solutions") { Description = "Folder for each run's NAME.seedN.sol." };
        var command = new Command("bench", "Measure the search on benchmark instances.") { paths, engine, seconds, cpu, threads, iterations, seeds, output, solutions, json };
        command.Subcommands.Add(ReplanCommand.Create());
        command.SetAction((parsed, cancel) => RunAsync(
            parsed, parsed.GetValue(paths)!, ReadSeeds(parsed.GetValue(seeds)!), parsed.GetValue(output), parsed.GetValue(solutions), parsed.GetValue(json),
            new SolveBudget(parsed.GetValue(engine) == SolveEngine.Own ? CommonOptions.FindSeconds(parsed, seconds, iterations) : parsed.GetValue(seconds), parsed.GetValue(cpu), parsed.GetValue(threads), 1, parsed.GetValue(iterations), parsed.GetValue(engine)), cancel));
        return command;
    }

    private static List<ulong> ReadSeeds(string text)
    {
        var seeds = new List<ulong>();
        var faults = new List<string>();
        foreach (string field in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (ulong.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)) seeds.Add(seed);
            else faults.Add($"'{field}' is not a whole number ≥ 0.");
        }

        return faults.Count == 0 ? seeds : throw new BadInputException("--seeds", faults);
    }

    private static async Task<int> RunAsync(ParseResult parsed, string[] paths, List<ulong> seeds, string? output, string? solutions, bool isJson, SolveBudget budget, CancellationToken cancel)
    {
        var files = BenchFiles.Find(paths);
        if (solutions is not null) Directory.CreateDirectory(solutions);
        await using var lines = output is null ? null : new StreamWriter(output, append: false) { AutoFlush = true };
        var names = NameEach(files);
        var runs = new List<BenchRun>();
        var console = Screen.On(parsed.InvocationConfiguration.Error);
        foreach (string file in files)
        {
            var instance = BenchFiles.Load(file);
            foreach (ulong seed in seeds)
            {
                if (cancel.IsCancellationRequested) break;
                var meter = new SearchMeter(console, budget.Seconds);
                var (run, plan) = await meter.WatchAsync($"{instance.Problem.Instance.Name} seed {seed}", () => Measure(instance, budget with { Seed = seed }, meter, cancel), cancel);
                runs.Add(run);
                if (lines is not null) await lines.WriteLineAsync(run.ToJsonLine());
                if (isJson) await parsed.InvocationConfiguration.Output.WriteLineAsync(run.ToJsonLine());
                else console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Instance} seed {seed}: cost {run.Cost}, gap {run.Gap:F3} %, {run.Vehicles} vehicles, {(run.Feasible ? "feasible" : "NOT FEASIBLE: " + run.Violation)}, {run.Seconds:F1} s, {run.CpuSeconds:F1} CPU s, {run.Iterations} iterations"));
                if (solutions is not null) await File.WriteAllTextAsync(Path.Combine(solutions, $"{names[file]}.seed{seed}.sol"), SolFormat.Write(instance.Problem.Instance, plan), CancellationToken.None);
            }
        }

        if (!isJson) BenchTable.Print(Screen.On(parsed.InvocationConfiguration.Output), runs);
        return ExitCode.Of(runs.TrueForAll(r => r.Feasible));
    }

    private static (BenchRun Run, Plan Plan) Measure(BenchInstance bench, SolveBudget budget, SearchMeter meter, CancellationToken cancel)
    {
        var instance = bench.Problem.Instance;
        var (result, seconds, cpuSeconds, first) = SolveRun.Run(instance.Problem, budget, null, bench.Problem.Solve, meter.Note, cancel);
        var check = PlanChecker.Check(instance.Problem, result.Plan);
        double cost = instance.PublishedCost(check.Cost);
        double? gap = bench.Best is { Cost: > 0 } best ? Math.Round(100 * (cost - best.Cost) / best.Cost, 4) : null;
        var run = new BenchRun(
            instance.Name, budget.Seed, Math.Round(seconds, 3), Math.Round(cpuSeconds, 3), cost, result.Plan.Routes.Count, bench.Best?.Cost, gap, check.IsLegal,
            bench.Group, instance.Numbers.Visits.Count, budget.Threads, result.Iterations, result.Plan.Unserved.Count, bench.Best?.Vehicles, check.Violations.Count > 0 ? check.Violations[0].ToString() : null,
            first is null ? null : Math.Round(first.Seconds, 3), first is null ? null : Math.Round(first.CpuSeconds, 3));
        return (run, result.Plan);
    }

    /// <summary>File names of the solutions: the instance's name, with its folder in front where two instances share a name.</summary>
    private static Dictionary<string, string> NameEach(List<string> files)
    {
        var shared = files.GroupBy(Path.GetFileNameWithoutExtension, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        return files.ToDictionary(f => f, f => Path.GetFileNameWithoutExtension(f) is var name && shared.Contains(name) ? $"{Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(f)))}-{name}" : name, StringComparer.Ordinal);
    }
}
