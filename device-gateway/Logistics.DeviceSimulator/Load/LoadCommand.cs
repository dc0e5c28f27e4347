using System.CommandLine;

namespace Logistics.DeviceSimulator.Load;

/// <summary><c>logistics-sim load</c>: throughput and latency of durable QoS 1.</summary>
internal static class LoadCommand
{
    public static Command Create()
    {
        var host = new Option<string>("--host") { DefaultValueFactory = _ => "127.0.0.1", Description = "Address of the gateway." };
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 1883, Description = "MQTT port." };
        var connections = new Option<int>("--connections") { DefaultValueFactory = _ => 100, Description = "Devices." };
        var window = new Option<int>("--window") { DefaultValueFactory = _ => 16, Description = "Unacknowledged messages per device." };
        var size = new Option<int>("--size") { DefaultValueFactory = _ => 200, Description = "Bytes of each payload." };
        var seconds = new Option<double>("--seconds") { DefaultValueFactory = _ => 10, Description = "Measured time." };
        var rate = new Option<int>("--rate") { DefaultValueFactory = _ => 0, Description = "Messages per second in all; 0 for as fast as possible." };
        var boot = new Option<long>("--boot") { DefaultValueFactory = _ => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), Description = "Boot epoch of the devices." };
        var password = new Option<string?>("--password") { Description = "Password of every device; none for an open gateway." };
        var data = new Option<string?>("--data") { Description = "Folder of the gateway's log: make the devices' credentials first." };
        var command = new Command("load", "Measures how many durable QoS 1 events a gateway acknowledges.") { host, port, connections, window, size, seconds, rate, boot, password, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = new LoadOptions(
                parsed.GetValue(host)!,
                parsed.GetValue(port),
                parsed.GetValue(connections),
                parsed.GetValue(window),
                parsed.GetValue(size),
                parsed.GetValue(seconds),
                parsed.GetValue(rate),
                parsed.GetValue(boot),
                parsed.GetValue(password));
            if (parsed.GetValue(data) is { } folder && options.Password is { } secret)
            {
                await Provision.DevicesAsync(folder, secret, Enumerable.Range(0, options.Connections).Select(LoadConnection.DeviceName), cancellationToken).ConfigureAwait(false);
            }

            var result = await LoadRun.RunAsync(options, cancellationToken).ConfigureAwait(false);
            using var self = System.Diagnostics.Process.GetCurrentProcess();
            await Console.Out.WriteLineAsync(
                $"{result.PerSecond:F0} acknowledged/s over {result.Seconds:F1} s, {options.Connections} connections × window {options.Window}; " +
                $"PUBACK p50 {result.Latency.Quantile(0.5) / 1000:F1} ms, p99 {result.Latency.Quantile(0.99) / 1000:F1} ms, max {result.Latency.MaximumMicroseconds / 1000:F1} ms; " +
                $"lost connections {result.LostConnections}; generator CPU {self.TotalProcessorTime.TotalSeconds:F1} s").ConfigureAwait(false);
            return result.LostConnections == 0 ? 0 : 1;
        });
        return command;
    }
}
