using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Logistics.OrTools;
using Logistics.OrTools.Hosting;
using Logistics.Planning.Exact.Assignments;
using Logistics.Planning.Exact.Rosters;

namespace Logistics.Planner.Cli.Bench;

/// <summary><c>logistics exact</c>: measures the exact engine on sample rosters and assignments (docs/benchmarks-exact.md).</summary>
internal static class ExactCommand
{
    public static Command Create()
    {
        var couriers = new Option<int>("--couriers") { Description = "Couriers of each week.", DefaultValueFactory = _ => 60 };
        var parcels = new Option<int>("--parcels") { Description = "Parcels of each day.", DefaultValueFactory = _ => 2000 };
        var repeat = new Option<int>("--repeat") { Description = "Samples of each kind.", DefaultValueFactory = _ => 3 };
        var kills = new Option<int>("--kills") { Description = "Instead: kill or cancel the solver's process so many times at random moments.", DefaultValueFactory = _ => 0 };
        var warmStart = new Option<bool>("--warm-start") { Description = "Instead: search demo days of so many parcels with and without the optimal assignment as a start." };
        var seconds = CommonOptions.Seconds(30);
        var command = new Command("exact", "Measure the exact engine on sample rosters and assignments.") { couriers, parcels, repeat, kills, warmStart, seconds };
        command.SetAction(async (parsed, cancel) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(kills) > 0) return ExitCode.Of(await KillLoop.RunAsync(output, parsed.GetValue(kills), 1, cancel));
            if (!parsed.GetValue(warmStart)) return await RunAsync(output, parsed.GetValue(couriers), parsed.GetValue(parcels), parsed.GetValue(repeat), TimeSpan.FromSeconds(parsed.GetValue(seconds)), cancel);
            await WarmStartStudy.RunAsync(output, parsed.GetValue(parcels), parsed.GetValue(repeat), parsed.GetValue(seconds), cancel);
            return ExitCode.Good;
        });
        return command;
    }

    private static async Task<int> RunAsync(TextWriter output, int couriers, int parcels, int repeat, TimeSpan limit, CancellationToken cancel)
    {
        await using var solver = CpSat.Create(new CpSatOptions { MaxProcesses = 1 });

        // This process and its solver's; a process that was replaced in between is not counted.
        TimeSpan SolverCpu()
        {
            var sum = Environment.CpuUsage.TotalTime;
            foreach (var id in solver is NodeCpSat node ? node.ListIdleProcessIds() : [])
            {
                using var child = Process.GetProcessById(id);
                sum += child.TotalProcessorTime;
            }

            return sum;
        }

        if (await solver.FindProblemAsync(cancel) is { } missing) throw new BadInputException("exact", [missing]);
        for (var seed = 1; seed <= repeat && couriers > 0; seed++)
            foreach (var load in new[] { 0.85, 1.0, 1.15 })
            {
                var (watch, cpu) = (Stopwatch.GetTimestamp(), SolverCpu());
                var roster = await RosterSolver.SolveAsync(solver, RosterSample.Week(couriers, seed, load), limit, null, cancel);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"roster {couriers} couriers, load {load}, seed {seed}: {roster.Outcome}, shortage {roster.Shortage} (bound {roster.ShortageBound}), points {roster.Points:0.0} (bound {roster.PointsBound:0.0}, gap {100 * roster.Gap:0.00} %), {Stopwatch.GetElapsedTime(watch).TotalSeconds:0.0} s, {(SolverCpu() - cpu).TotalSeconds:0.0} CPU s"));
            }

        for (var seed = 1; seed <= repeat && parcels > 0; seed++)
        {
            var (watch, cpu) = (Stopwatch.GetTimestamp(), SolverCpu());
            var optimum = await AssignmentBound.SolveAsync(solver, AssignmentSample.Day(parcels, 40, 8, seed), limit, null, cancel);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"assignment {parcels} parcels × 8 × 40 terminals, seed {seed}: {optimum.Outcome}, cost {optimum.Cost} (bound {optimum.Bound}), {Stopwatch.GetElapsedTime(watch).TotalSeconds:0.0} s, {(SolverCpu() - cpu).TotalSeconds:0.0} CPU s"));
        }

        return ExitCode.Good;
    }
}
