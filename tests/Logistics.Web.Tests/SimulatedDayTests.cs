using System.Text.Json;
using Logistics.DeviceSimulator.Day;
using Logistics.Testing;
using Logistics.Web.Devices;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.Web.Tests;

/// <summary>The simulator's own command line against the live host: a planned day, credentials by claim code, commands given meanwhile.</summary>
public sealed class SimulatedDayTests
{
    [Theory]
    [InlineData("")]
    [InlineData("duplicates=0.1,reordering=0.1,drops=0.03,full=0.1,stuck=0.2,power=0.02")]
    public async Task Planned_day_is_lived_by_its_devices_and_every_command_ends_as_its_locker_says(string misbehaviour)
    {
        using var folder = new TemporaryFolder();
        await using var host = await TestHost.StartAsync(parcels: 60, dataFolder: folder.FullName);
        using var admin = await host.SignInAsync("admin");
        var plan = await SolveAsync(admin);
        var token = (await admin.PostAsync("/api/tokens", new { name = "simulator" }, System.Net.HttpStatusCode.Created)).GetProperty("secret").GetString()!;
        var port = host.App.Services.GetRequiredService<DeviceListeners>().MqttPort!.Value;
        var exit = await DayCommand.Create().Parse(
        [
            "--gateway", $"mqtt://127.0.0.1:{port}", "--data", folder.FullName, "--plan", $"{host.Address}api/plans/{plan}", "--devices", $"{host.Address}api/devices", "--token", token,
            "--claim", "--commands", "24", "--speed", "4000", "--seed", "3", "--misbehave", misbehaviour,
        ]).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(0, exit);

        var rows = (await admin.GetAsync("/api/devices")).EnumerateArray().ToList();
        Assert.Contains(rows, r => r.GetProperty("kind").GetString() == "locker" && r.GetProperty("occupied").GetInt32() > 0);
        Assert.Contains(rows, r => r.GetProperty("kind").GetString() == "vehicle" && r.GetProperty("at").ValueKind == JsonValueKind.Array);
        var commands = new List<JsonElement>();
        foreach (var row in rows.Where(r => r.GetProperty("kind").GetString() == "locker")) commands.AddRange((await admin.GetAsync($"/api/devices/{row.GetProperty("id").GetString()}/commands")).EnumerateArray());
        Assert.Equal(24, commands.Count);
        Assert.All(commands, c => Assert.Contains(c.GetProperty("state").GetString(), (string[])["succeeded", "failed", "expired"]));
        Assert.Contains(commands, c => c.GetProperty("kind").GetString() == "open" && c.GetProperty("state").GetString() == "succeeded");
    }

    private static async Task<string> SolveAsync(TestClient admin)
    {
        var job = await admin.PostAsync("/api/plans/solve", new { seconds = 0.5, seed = 1 }, System.Net.HttpStatusCode.Accepted);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var now = await admin.GetAsync($"/api/plans/solve/{job.GetProperty("id").GetString()}");
            Assert.NotEqual("failed", now.GetProperty("state").GetString());
            if (now.GetProperty("state").GetString() == "done") return now.GetProperty("planId").GetString()!;
        }

        throw new InvalidOperationException("The timer ended.");
    }
}
