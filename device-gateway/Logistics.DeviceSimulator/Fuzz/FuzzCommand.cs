using System.CommandLine;
using System.Diagnostics;

namespace Logistics.DeviceSimulator.Fuzz;

/// <summary><c>logistics-sim fuzz</c>: mutated and random bytes for every parser of the protocol.</summary>
internal static class FuzzCommand
{
    public static Command Create()
    {
        var cases = new Option<long>("--cases") { DefaultValueFactory = _ => 10_000_000, Description = "How many packets." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Of the mutations." };
        var command = new Command("fuzz", "Feeds bad bytes to the MQTT parsers.") { cases, seed };
        command.SetAction((parsed, cancellationToken) =>
        {
            var fuzz = new ParserFuzz(parsed.GetValue(seed));
            var started = Stopwatch.GetTimestamp();
            var fault = fuzz.Run(parsed.GetValue(cases), cancellationToken);
            Console.WriteLine($"{fuzz.Cases} cases, {fuzz.Accepted} accepted, {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s, " + (fault is null ? "no fault" : $"FAULT on {fault}"));
            return Task.FromResult(fault is null ? 0 : 1);
        });
        return command;
    }
}
