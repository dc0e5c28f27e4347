using System.Diagnostics;
using System.Globalization;
using Logistics.OrTools;
using Logistics.OrTools.Hosting;
using Logistics.OrTools.Modelling;
using Logistics.OrTools.Protocol;

namespace Logistics.Planner.Cli.Bench;

/// <summary>Kills or cancels the solver's child at random moments and counts what callers were told: <c>logistics exact --kills 50</c>.</summary>
internal static class KillLoop
{
    private const int LatestMilliseconds = 2500;

    /// <returns>True if every solve ended in the result it should and no process is left.</returns>
    public static async Task<bool> RunAsync(TextWriter output, int kills, int seed, CancellationToken cancel)
    {
        var random = new Random(seed);
        var (hard, easy) = (Knapsacks(100, 10), Knapsacks(3, 1));
        var seen = new HashSet<int>();
        var outcomes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (killed, cancels) = (new List<TimeSpan>(), new List<TimeSpan>());
        var (slowestNext, wrong) = (TimeSpan.Zero, 0);
        await using (var solver = new NodeCpSat(new CpSatOptions { MaxProcesses = 1 }))
        {
            if (await solver.FindProblemAsync(cancel) is { } missing) throw new BadInputException("exact", [missing]);
            for (var i = 0; i < kills && !cancel.IsCancellationRequested; i++)
            {
                // Every third is a cancel, the others a kill from outside.
                var isCancel = i % 3 == 2;
                using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                var solving = solver.SolveAsync(hard, new SatParameters { MaxTimeInSeconds = 120 }, null, giveUp.Token);
                await Task.Delay(random.Next(LatestMilliseconds), cancel);
                while (solver.ListBusyProcessIds().Count == 0 && !solving.IsCompleted) await Task.Yield();
                seen.UnionWith(solver.ListBusyProcessIds());
                var watch = Stopwatch.GetTimestamp();
                if (isCancel) await giveUp.CancelAsync();
                else foreach (var child in solver.ListBusyProcessIds()) Kill(child);
                var result = await solving;
                (isCancel ? cancels : killed).Add(Stopwatch.GetElapsedTime(watch));
                var next = await solver.SolveAsync(easy, cancellationToken: cancel);
                slowestNext = Max(slowestNext, Stopwatch.GetElapsedTime(watch));
                var name = $"{(isCancel ? "cancelled" : "killed")}: {result.Outcome}, next {next.Outcome}";
                outcomes[name] = outcomes.GetValueOrDefault(name) + 1;
                if (result.Outcome != (isCancel ? CpSatOutcome.Cancelled : CpSatOutcome.Crashed) || next.Outcome != CpSatOutcome.Optimal) wrong++;
            }
        }

        var left = seen.Count(IsAlive);
        foreach (var (name, times) in outcomes) await output.WriteLineAsync($"{times} × {name}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"result of a kill after {Spread(killed)}, of a cancel after {Spread(cancels)}; slowest next answer {slowestNext.TotalSeconds:0.0} s; {wrong} wrong, {left} of {seen.Count} processes left"));
        return wrong == 0 && left == 0;
    }

    /// <summary>Dense random knapsack rows; a hundred items in ten rows take minutes to optimality.</summary>
    private static CpModelProto Knapsacks(int items, int rows)
    {
        var random = new Random(7);
        var model = new CpModelBuilder("knapsacks");
        var x = Enumerable.Range(0, items).Select(_ => model.NewBool()).ToArray();
        for (var row = 0; row < rows; row++)
        {
            var weight = new LinearSum();
            foreach (var item in x) weight.Add(item, random.Next(1, 100));
            model.AddLinear(weight, CpModelBuilder.NoMin, 25L * items);
        }

        var value = new LinearSum();
        foreach (var item in x) value.Add(item, -random.Next(50, 150));
        model.Minimize(value);
        return model.Model;
    }

    private static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static string Spread(List<TimeSpan> times)
    {
        if (times.Count == 0) return "–";
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{times[times.Count / 2].TotalSeconds:0.000} s (median), {times[^1].TotalSeconds:0.00} s (slowest)");
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
