using System.Net;
using System.Text.Json;
using Logistics.Testing;

namespace Logistics.Web.Tests;

public sealed class ScheduleTests(DemoHost demo)
{
    private static async Task<JsonElement> FindAsync(TestClient client, string name) => (await client.GetAsync("/api/schedule")).EnumerateArray().Single(j => j.GetProperty("name").GetString() == name);

    private static async Task<JsonElement> RunAsync(TestClient client, string name)
    {
        var before = (await FindAsync(client, name)).Count("runs");
        await client.PostAsync($"/api/schedule/{name}/run", new { }, HttpStatusCode.Accepted);
        while (true)
        {
            var job = await FindAsync(client, name);
            if (job.Count("runs") > before && job.GetProperty("lastOutcome").GetString() != "running") return job;
        }
    }

    [Fact]
    public async Task Day_has_its_rhythm_with_stated_rules_for_missed_runs()
    {
        var jobs = (await demo.Dispatcher.GetAsync("/api/schedule")).EnumerateArray().ToDictionary(j => j.GetProperty("name").GetString()!, j => j.GetProperty("misfireRule").GetString());

        Assert.Equal(["forecast", "intake-cut-off", "planning-wave", "reminders", "retention"], jobs.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("skip", jobs["reminders"]);
        Assert.Equal("runOnce", jobs["intake-cut-off"]);
    }

    [Fact]
    public async Task Work_runs_by_hand_and_says_what_it_did()
    {
        var job = await RunAsync(demo.Dispatcher, "retention");

        Assert.Equal("ok", job.GetProperty("lastOutcome").GetString());
        Assert.Contains("erased", job.GetProperty("lastMessage").GetProperty("en").GetString(), StringComparison.Ordinal);
        Assert.Contains("已清除", job.GetProperty("lastMessage").GetProperty("zh").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_clock_is_kept_and_a_bad_one_refused()
    {
        await demo.Admin.PutAsync("/api/schedule/reminders", new { cron = "every day" }, HttpStatusCode.BadRequest);
        await demo.Dispatcher.PutAsync("/api/schedule/reminders", new { cron = "0 0 12 * * ?" }, HttpStatusCode.Forbidden);

        var changed = await demo.Admin.PutAsync("/api/schedule/reminders", new { cron = "0 15 12 * * ?", isPaused = true });
        Assert.True(changed.GetProperty("isPaused").GetBoolean());
        Assert.Equal("0 15 12 * * ?", (await FindAsync(demo.Dispatcher, "reminders")).GetProperty("cron").GetString());
        Assert.False((await demo.Admin.PutAsync("/api/schedule/reminders", new { isPaused = false })).GetProperty("isPaused").GetBoolean());
    }

    [Fact]
    public async Task Two_hosts_on_one_postgresql_run_a_job_once_and_share_sessions()
    {
        Assert.SkipUnless(PostgresServer.FindBinaries() is not null, PostgresServer.MissingMessage);
        await using var server = await PostgresServer.StartAsync(cancel: TestContext.Current.CancellationToken);
        var storage = await server.CreateDatabaseAsync();
        using var folder = new TemporaryFolder();
        await using var one = await TestHost.StartAsync(parcels: 20, storage: storage, dataFolder: folder.FullName);
        await using var two = await TestHost.StartAsync(parcels: 20, storage: storage, dataFolder: folder.FullName);
        using var admin = await one.SignInAsync("admin");
        using var elsewhere = await two.SignInAsync("admin");

        // Due every second on both hosts; each firing must be run by exactly one of them.
        await admin.PutAsync("/api/schedule/retention", new { cron = "* * * * * ?" });
        JsonElement job;
        do job = await FindAsync(elsewhere, "retention");
        while (job.Count("runs") < 4);
        await admin.PutAsync("/api/schedule/retention", new { isPaused = true });

        var fired = (job.GetProperty("lastFireAt").GetDateTimeOffset() - (await FirstRunAsync(admin))).TotalSeconds;
        Assert.True(job.Count("runs") <= fired + 3, $"{job.Count("runs")} runs in {fired:0.0} s of one-second firings: a firing ran twice.");
    }

    private static async Task<DateTimeOffset> FirstRunAsync(TestClient admin) =>
        (await admin.GetAsync("/api/audit?object=schedule/retention")).GetProperty("items").EnumerateArray().Last().GetProperty("at").GetDateTimeOffset();
}
