using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Logistics.Planner.Cli.Running;
using Logistics.Routing.Checking;
using Logistics.Routing.Model;
using Logistics.Routing.Replanning;
using Logistics.Routing.Search;
using Spectre.Console;

namespace Logistics.Planner.Cli.Bench;

/// <summary><c>logistics bench replan</c>: repairs running plans of made-up days after scripted changes and measures time, disturbance and what a full re-solve would save.</summary>
internal static class ReplanCommand
{
    private const int ChangesPerDay = 50;

    /// <summary>One repair. Costs are without the price of disturbance; <c>Free</c> is null where no full re-solve was run.</summary>
    private sealed record Run(string Kind, int Seed, int Now, double Seconds, double CpuSeconds, int Disturbed, int Touched, int Lost, long Before, long Unrepaired, long After, long? Free, bool IsLegal);

    private sealed record Settings(int Stops, int Changes, double Seconds, bool IsCpu, double PlanSeconds, int CompareEvery, double CompareSeconds, int MaxDisturbed);

    public static Command Create()
    {
        var stops = new Option<int>("--stops") { Description = "Stops of each day.", DefaultValueFactory = _ => 500 };
        var changes = new Option<int>("--changes") { Description = "Scripted changes, 50 a day.", DefaultValueFactory = _ => 500 };
        var seconds = CommonOptions.Seconds(0.5);
        var cpu = CommonOptions.Cpu();
        var plan = new Option<double>("--plan-seconds") { Description = "Time for each day's first plan.", DefaultValueFactory = _ => 20 };
        var every = new Option<int>("--compare-every") { Description = "Every how many changes a full re-solve is run beside the repair; 0 = never.", DefaultValueFactory = _ => 10 };
        var compare = new Option<double>("--compare-seconds") { Description = "Time for each full re-solve.", DefaultValueFactory = _ => 10 };
        var disturbed = new Option<int>("--max-disturbed") { Description = "Most jobs moved that could have stayed.", DefaultValueFactory = _ => 10 };
        var output = new Option<string?>("--out") { Description = "File for one JSON object per repair and line." };
        var command = new Command("replan", "Measure repairs of running plans after scripted changes.") { stops, changes, seconds, cpu, plan, every, compare, disturbed, output };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed, parsed.GetValue(output),
            new Settings(
                parsed.GetValue(stops), parsed.GetValue(changes), parsed.GetValue(seconds), parsed.GetValue(cpu), parsed.GetValue(plan), parsed.GetValue(every), parsed.GetValue(compare), parsed.GetValue(disturbed)),
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, string? output, Settings settings, CancellationToken cancel)
    {
        if (settings.Stops is < 10 or > 20_000) throw new BadInputException("--stops", [$"{settings.Stops} is not in [10, 20000]."]);
        await using var lines = output is null ? null : new StreamWriter(output, append: false) { AutoFlush = true };
        var console = Screen.On(parsed.InvocationConfiguration.Error);
        var runs = new List<Run>();
        for (int day = 1; runs.Count < settings.Changes && !cancel.IsCancellationRequested; day++)
        {
            var problem = ReplanDay.Make(settings.Stops, day);
            var plan = RouteSearch.Solve(problem, Budget(settings.PlanSeconds, settings.IsCpu, 1), cancel).Plan;
            var check = PlanChecker.Check(problem, plan);
            if (!check.IsLegal) throw new InvalidOperationException($"Day {day}: the plan to be repaired is not legal: {string.Join(' ', check.Violations.Take(5))}");
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"day {day}: {plan.Routes.Count} routes, {plan.Unserved.Count} of {settings.Stops} unserved, cost {plan.Cost.Total}"));
            for (int i = 0; i < ChangesPerDay && runs.Count < settings.Changes && !cancel.IsCancellationRequested; i++)
            {
                var run = Measure(problem, plan, runs.Count, settings, cancel);
                runs.Add(run);
                if (lines is not null) await lines.WriteLineAsync(JsonSerializer.Serialize(run, JsonSerializerOptions.Web));
            }
        }

        Print(Screen.On(parsed.InvocationConfiguration.Output), runs, settings);
        return ExitCode.Of(runs.TrueForAll(r => r.IsLegal && r.Disturbed <= settings.MaxDisturbed));
    }

    private static Run Measure(Problem problem, Plan plan, int index, Settings settings, CancellationToken cancel)
    {
        var random = new Random(index);
        int first = plan.Routes.Min(r => r.Steps[0].Start), last = plan.Routes.Max(r => r.Steps[^1].Arrival);
        int now = first + (int)((last - first) * (0.05 + (0.7 * random.NextDouble())));
        var running = RunningPlan.At(problem, plan, now);
        int kind = index % ReplanScript.Kinds.Count;
        var incident = ReplanScript.Draw(kind, running, random);
        var clock = new RunClock();
        var result = Replanner.Repair(running, [incident], new RepairOptions { MaxDisturbed = settings.MaxDisturbed, CostPerDisturbed = 1000, Search = Budget(settings.Seconds, settings.IsCpu, (ulong)index) }, cancel);
        var (seconds, cpuSeconds) = (clock.WallSeconds, clock.CpuSeconds);
        var repair = result.Repair ?? throw new InvalidOperationException($"Change {index} ({ReplanScript.Kinds[kind]}) was refused: {string.Join(' ', result.Faults.Select(f => f.Message))}");
        long? free = settings.CompareEvery > 0 && (index / ReplanScript.Kinds.Count) % settings.CompareEvery == 0
            ? Replanner.SolveFreely(repair, Budget(settings.CompareSeconds, settings.IsCpu, (ulong)index), cancel).Cost.Total
            : null;
        return new Run(
            ReplanScript.Kinds[kind], index, now, seconds, cpuSeconds, repair.Disturbed, repair.Touched.Count, repair.ListLost().Count(), repair.CostBefore, repair.CostUnrepaired,
            repair.CostAfter - repair.Plan.Cost.Disturbance, free, repair.Violations.Count == 0 && KeepsHistory(running, repair));
    }

    private static bool KeepsHistory(RunningPlan running, Repair repair)
    {
        foreach (var route in repair.Plan.Routes)
        {
            if (route.Vehicle >= running.Problem.Vehicles.Count || running.Problem.Vehicles[route.Vehicle].Committed is not { StartedAt: not null } committed) continue;
            var kept = route.Steps.Skip(1).Take(committed.Frozen.Count).Select(s => new FrozenVisit(s.Job, s.Alternative, s.Visit, s.Arrival, s.Start, s.Departure));
            if (!kept.SequenceEqual(committed.Frozen)) return false;
        }

        return true;
    }

    private static SearchOptions Budget(double seconds, bool isCpu, ulong seed)
    {
        var clock = new RunClock();
        return new SearchOptions { Seed = seed, MaxSeconds = seconds, ElapsedSeconds = isCpu ? () => clock.CpuSeconds : () => clock.WallSeconds };
    }

    private static void Print(IAnsiConsole console, List<Run> runs, Settings settings)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Change");
        foreach (string column in new[] { "Runs", "p50 s", "p95 s", "max s", "Touched", "Disturbed (max)", "Lost", "After against unrepaired %", "Against full re-solve %" }) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var group in runs.GroupBy(r => r.Kind).Append(runs.GroupBy(_ => "all").First()))
        {
            var times = group.Select(r => settings.IsCpu ? r.CpuSeconds : r.Seconds).Order().ToList();
            var compared = group.Where(r => r.Free is > 0).ToList();
            table.AddRow(
                group.Key, $"{times.Count}", Show(At(times, 0.5), "F2"), Show(At(times, 0.95), "F2"), Show(times[^1], "F2"), Show(group.Average(r => r.Touched), "F1"),
                $"{Show(group.Average(r => r.Disturbed), "F1")} ({group.Max(r => r.Disturbed)})", Show(group.Average(r => r.Lost), "F2"),
                Show(group.Average(r => 100.0 * (r.After - r.Unrepaired) / r.Unrepaired), "F2"), compared.Count == 0 ? "" : Show(compared.Average(r => 100.0 * (r.After - r.Free!.Value) / r.Free.Value), "F2"));
        }

        console.Write(table);
        console.WriteLine($"{runs.Count(r => !r.IsLegal)} repairs illegal or with changed history; seconds are {(settings.IsCpu ? "CPU" : "wall")} time of the whole repair.");
    }

    private static double At(List<double> sorted, double part) => sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(part * sorted.Count) - 1)];

    private static string Show(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
