using System.Net;
using System.Text.Json;
using Logistics.OrTools;
using Logistics.OrTools.Hosting;
using Logistics.Testing;

namespace Logistics.Web.Tests;

/// <summary>Without a Node that can run the exact engine the pages say what to do, and everything that needs no proof works.</summary>
public sealed class ExactEngineMissingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Host_without_node_names_the_remedy_and_still_plans_and_rosters()
    {
        await using var host = await StartAsync(CpSatInstallation.Default with { NodePath = "no-such-node" });
        using var dispatcher = await host.SignInAsync("dispatcher");
        const string week = "2031-03-03";

        var empty = await dispatcher.GetAsync($"/api/rosters/{week}");
        await dispatcher.PostAsync($"/api/rosters/{week}/solve", new { revision = 0, seconds = 5 }, HttpStatusCode.Accepted);
        var roster = await WaitAsync(dispatcher, $"/api/rosters/{week}/job");
        var solved = await dispatcher.GetAsync($"/api/rosters/{week}");
        var solve = await dispatcher.PostAsync("/api/plans/solve", new { seconds = 0.5, seed = 1, note = "no node" }, HttpStatusCode.Accepted);
        var plan = await WaitAsync(dispatcher, $"/api/plans/solve/{solve.Id()}");
        using var bound = await dispatcher.Http.GetAsync($"/api/plans/{plan.GetProperty("planId").GetString()}/bound");

        Assert.Contains("Install Node", empty.GetProperty("engineProblem").GetString(), StringComparison.Ordinal);
        Assert.Equal("done", roster.GetProperty("state").GetString());
        Assert.Contains("no-such-node", solved.GetProperty("solve").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(solved.GetProperty("cells").EnumerateArray());
        Assert.Empty(solved.GetProperty("faults").EnumerateArray());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, bound.StatusCode);
        Assert.Contains("Install Node", await bound.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_node_and_a_missing_package_are_told_apart()
    {
        var oldNode = Path.Combine(_folder.FullName, "node");
        await File.WriteAllTextAsync(oldNode, "#!/bin/sh\necho v16.20.2\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(oldNode, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Contains("v16.20.2", await EngineProblemAsync(CpSatInstallation.Default with { NodePath = oldNode }), StringComparison.Ordinal);
        Assert.Contains("is missing", await EngineProblemAsync(CpSatInstallation.InFolder(_folder.FullName)), StringComparison.Ordinal);
    }

    private static Task<TestHost> StartAsync(CpSatInstallation installation) => TestHost.StartAsync(parcels: 40, exact: new CpSatOptions { Installation = installation });

    private static async Task<string> EngineProblemAsync(CpSatInstallation installation)
    {
        await using var host = await StartAsync(installation);
        using var dispatcher = await host.SignInAsync("dispatcher");
        return (await dispatcher.GetAsync("/api/rosters/2031-03-03")).GetProperty("engineProblem").GetString()!;
    }

    private static async Task<JsonElement> WaitAsync(TestClient client, string job)
    {
        while (true)
        {
            var state = await client.GetAsync(job);
            if (state.GetProperty("state").GetString() is "done" or "cancelled" or "failed") return state;
            await Task.Yield();
        }
    }
}
