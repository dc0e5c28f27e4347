using System.CommandLine;
using Logistics.Domain.Devices;
using Logistics.Storage.Devices;

namespace Logistics.DeviceSimulator.Crash;

/// <summary><c>logistics-sim crash</c>: kills a loaded gateway again and again, and checks that nothing acknowledged is lost.</summary>
internal static class CrashCommand
{
    public static Command Create()
    {
        var gateway = new Option<string>("--gateway") { Required = true, Description = "Path of logistics-gateway.dll." };
        var data = new Option<string>("--data") { Required = true, Description = "Empty folder for the log." };
        var postgres = new Option<string?>("--postgres") { Description = "Keep the log in this empty PostgreSQL database instead." };
        var kills = new Option<int>("--kills") { DefaultValueFactory = _ => 200, Description = "How often to kill it." };
        var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 20, Description = "Devices." };
        var seed = new Option<int>("--seed") { DefaultValueFactory = _ => 1, Description = "Of the moments to kill at." };
        var command = new Command("crash", "Kills a loaded gateway with SIGKILL and checks the log.") { gateway, data, postgres, kills, connections, seed };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(gateway)!, parsed.GetValue(data)!, parsed.GetValue(postgres), parsed.GetValue(kills), parsed.GetValue(connections), parsed.GetValue(seed), cancellationToken));
        return command;
    }

    /// <summary>Counts acknowledgements rather than time, so that a slow machine is killed under load too.</summary>
    private static async Task WaitForAcksAsync(CrashDevice[] devices, int count, CancellationToken cancellationToken)
    {
        var target = devices.Sum(device => device.AcknowledgedEnd) + count;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (devices.Sum(device => device.AcknowledgedEnd) < target)
        {
            await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task<int> RunAsync(string gateway, string data, string? postgres, int kills, int connections, int seed, CancellationToken cancellationToken)
    {
        const long boot = 1;
        const int window = 16;
        var random = new Random(seed);
        var devices = Enumerable.Range(0, connections).Select(index => new CrashDevice(index, window, boot)).ToArray();
        for (var kill = 0; kill < kills; kill++)
        {
            using var process = await GatewayProcess.StartAsync(gateway, data, postgres, cancellationToken).ConfigureAwait(false);
            var runs = devices.Select(device => device.RunAsync(process.Port, cancellationToken)).ToArray();
            await WaitForAcksAsync(devices, random.Next(1, 20_000), cancellationToken).ConfigureAwait(false);
            await Task.Delay(random.Next(0, 20), cancellationToken).ConfigureAwait(false);
            process.Kill();
            await Task.WhenAll(runs).ConfigureAwait(false);
        }

        using IDeviceStore store = postgres is null ? new SqliteDeviceStore(Path.Combine(data, "device-log.db")) : new PostgresDeviceStore(postgres);
        store.Load();
        var (faults, stored) = CrashCheck.Run(store, devices, boot);
        var integrity = (store as SqliteDeviceStore)?.CheckIntegrity() ?? "checked by the server";
        if (store is SqliteDeviceStore && !string.Equals(integrity, "ok", StringComparison.Ordinal))
        {
            faults.Add($"integrity check: {integrity}");
        }

        var acknowledged = devices.Sum(device => device.AcknowledgedEnd - Load.EventTemplate.FirstSequence);
        await Console.Out.WriteLineAsync($"{kills} kills, {acknowledged} acknowledged, {stored} stored, integrity {integrity}, {faults.Count} faults").ConfigureAwait(false);
        foreach (var fault in faults.Take(20))
        {
            await Console.Out.WriteLineAsync(fault).ConfigureAwait(false);
        }

        return faults.Count == 0 ? 0 : 1;
    }
}
