using System.CommandLine;
using Logistics.Planner.Cli.Running;

namespace Logistics.Planner.Cli;

/// <summary>Options several commands share, each with its range.</summary>
internal static class CommonOptions
{
    public static Option<double> Seconds(double otherwise)
    {
        var option = new Option<double>("--seconds") { Description = "Time budget per run, seconds.", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and < 1e7)) result.AddError($"--seconds: {result.GetValueOrDefault<double>()} is not in (0, 10^7).");
        });
        return option;
    }

    /// <summary>The time budget; none where iterations are asked for and seconds are not, so that the plan follows from seed, threads and iterations alone.</summary>
    public static double FindSeconds(ParseResult parsed, Option<double> seconds, Option<long> iterations) =>
        parsed.GetResult(iterations) is { Implicit: false } && parsed.GetResult(seconds) is not { Implicit: false } ? double.PositiveInfinity : parsed.GetValue(seconds);

    public static Option<int> Threads()
    {
        var option = new Option<int>("--threads") { Description = "Search threads (islands).", DefaultValueFactory = _ => 1 };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256) result.AddError($"--threads: {result.GetValueOrDefault<int>()} is not in [1, 256].");
        });
        return option;
    }

    public static Option<SolveEngine> Engine() => new("--engine") { Description = "Who searches: own, or ortools in builds with -p:GoogleOrTools=true.", DefaultValueFactory = _ => SolveEngine.Own };

    public static Option<bool> Json() => new("--json") { Description = "Print JSON instead of tables." };

    public static Option<bool> Cpu() => new("--cpu") { Description = "Count CPU seconds of the process (all threads) instead of wall seconds." };

    public static Option<long> Iterations() => new("--iterations") { Description = "Most iterations per island; without --seconds there is no time limit, and equal seeds, threads and iterations give equal plans.", DefaultValueFactory = _ => long.MaxValue };
}
