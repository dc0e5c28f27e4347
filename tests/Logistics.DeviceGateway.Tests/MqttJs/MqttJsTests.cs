using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Logistics.DeviceGateway.Hub;
using Logistics.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.DeviceGateway.Tests.MqttJs;

/// <summary>MQTT.js, a client we did not write, against an open gateway. The cases are in the .mjs files beside this one; they move the gateway's clock.</summary>
public sealed class MqttJsTests
{
    private const int Cases = 59;
    private static readonly string Folder = Path.Combine(RepositoryFolder.Root, "tests", "Logistics.DeviceGateway.Tests", "MqttJs");

    [Theory]
    [InlineData("mqtt")]
    [InlineData("mqtts")]
    [InlineData("ws")]
    public async Task Every_case_passes(string scheme)
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules", "mqtt")), "MQTT.js is not restored. Install Node 20 or newer with npm and build again.");
        using var certificate = TestCertificate.Make("gateway");
        var time = new ManualTimeProvider();
        await using var gateway = await RunningGateway.StartAsync(
            GatewayOptions.Open, configure: services => services.AddSingleton<TimeProvider>(time), tls: certificate, map: app => app.MapPost("/clock", async (double seconds, int connected) =>
            {
                await PassAsync(app.Services.GetRequiredService<GatewayHub>(), time, seconds, connected);
                return Results.NoContent();
            }));
        var address = scheme switch
        {
            "mqtt" => $"mqtt://127.0.0.1:{gateway.Port}",
            "mqtts" => $"mqtts://127.0.0.1:{gateway.TlsPort}",
            _ => $"ws://127.0.0.1:{gateway.WebPort}/mqtt",
        };
        var results = await RunAsync(address, $"http://127.0.0.1:{gateway.WebPort}/clock");
        var faults = results.Where(result => result.Error is not null).Select(result => $"{result.Name}: {result.Error}").ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.Equal(Cases, results.Count);
    }

    /// <summary>Moves the clock and applies what falls due.</summary>
    /// <remarks>
    /// The gateway hears of the end of a connection after its client has seen it, so that comes first. A group is dated when it begins: one that began in the midst of
    /// the move may have swept with an old time, so a last sweep follows in a group of its own.
    /// </remarks>
    private static async Task PassAsync(GatewayHub hub, ManualTimeProvider time, double seconds, int connected)
    {
        do
        {
            await CommitAsync(hub, static _ => { });
        }
        while (hub.ConnectionCount > connected);

        time.Advance(TimeSpan.FromSeconds(seconds));
        await CommitAsync(hub, static _ => { });
        await CommitAsync(hub, static inside => inside.OnSweep());
    }

    /// <summary>Runs an action in the hub; done when its group is on disk.</summary>
    private static Task CommitAsync(GatewayHub hub, Action<GatewayHub> action)
    {
        var committed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Enqueue(new HubAction(inside =>
        {
            action(inside);
            inside.AfterCommit(_ => committed.SetResult());
        }));
        return committed.Task;
    }

    private static async Task<List<Result>> RunAsync(string address, string clock)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var node = StartNode([Path.Combine(Folder, "run.mjs"), address, clock]);
        var complaints = node.StandardError.ReadToEndAsync(cancel);
        var results = new List<Result>();
        try
        {
            while (await node.StandardOutput.ReadLineAsync(cancel) is { } line)
            {
                results.Add(JsonSerializer.Deserialize<Result>(line, JsonSerializerOptions.Web)!);
            }

            await node.WaitForExitAsync(cancel);
        }
        finally
        {
            node.Kill();
        }

        var said = await complaints;
        Assert.True(node.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"node ended with {node.ExitCode} after {results.Count} cases: {said}"));
        return results;
    }

    private static Process StartNode(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("node", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("node is not installed; install Node 20 or newer with npm and build again.");
            throw;
        }
    }

    private sealed record Result(string Name, string? Error);
}
