using System.CommandLine;
using System.Diagnostics;
using System.Globalization;

namespace Logistics.DeviceSimulator.Hostile;

/// <summary><c>logistics-sim hostile</c>: attacks an open gateway while a bystander publishes, and watches its memory.</summary>
internal static class HostileCommand
{
    private const double MaximumGrowthMegabytes = 128;

    public static Command Create()
    {
        var host = new Option<string>("--host") { DefaultValueFactory = _ => "127.0.0.1", Description = "Address of the gateway." };
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 1883, Description = "MQTT port." };
        var process = new Option<int?>("--pid") { Description = "The gateway's process on this machine: its memory is watched." };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 1, Description = "How often the battery is run; memory must not grow from round to round." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Of the random bytes." };
        var command = new Command("hostile", "Attacks an open gateway; a bystander must notice nothing.") { host, port, process, rounds, seed };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new HostileTarget(parsed.GetValue(host)!, parsed.GetValue(port)), parsed.GetValue(process), parsed.GetValue(rounds), parsed.GetValue(seed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(HostileTarget target, int? process, int rounds, int seed, CancellationToken cancellationToken)
    {
        using var bystander = await Bystander.StartAsync(target, cancellationToken).ConfigureAwait(false);
        var living = bystander.RunAsync();
        var faults = 0;
        double? first = null;
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var attack in Battery.Create(seed + round))
            {
                bystander.TakeLatencies();
                var began = Stopwatch.GetTimestamp();
                var fault = await RunOneAsync(attack, target, cancellationToken).ConfigureAwait(false);
                fault ??= bystander.IsConnected ? null : "the bystander was cut off";
                faults += fault is null ? 0 : 1;
                var latency = bystander.TakeLatencies();
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{(fault is null ? "ok " : "BAD")} {attack.Name}: {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s; bystander p50 {latency.Quantile(0.5) / 1000:F1} ms, p99 {latency.Quantile(0.99) / 1000:F1} ms of {latency.Count}{(fault is null ? "" : "; " + fault)}")).ConfigureAwait(false);
            }

            if (ProcessMemory.MegabytesOf(process) is { } megabytes)
            {
                first ??= megabytes;
                var isGrown = megabytes - first > MaximumGrowthMegabytes;
                faults += isGrown ? 1 : 0;
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{(isGrown ? "BAD" : "ok ")} round {round}: the gateway uses {megabytes:F0} MB")).ConfigureAwait(false);
            }
        }

        await bystander.StopAsync().ConfigureAwait(false);
        await living.ConfigureAwait(false);
        return faults == 0 ? 0 : 1;
    }

    private static async Task<string?> RunOneAsync(Attack attack, HostileTarget target, CancellationToken cancellationToken)
    {
        try
        {
            return await attack.RunAsync(target, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            return e.Message;
        }
    }
}
