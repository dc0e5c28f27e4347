using System.Net;
using System.Text.Json;

namespace Logistics.Web.Tests;

/// <summary>One small day solved once; every test reads it or makes versions of its own.</summary>
public sealed class SolvedDay : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public TestClient Dispatcher { get; private set; } = null!;

    public string PlanId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(parcels: 80);
        Dispatcher = await Host.SignInAsync("dispatcher");
        PlanId = (await SolveAsync(new { seconds = 1.0, seed = 1, note = "first" })).GetProperty("planId").GetString()!;
    }

    public Task<JsonElement> SolveAsync(object request) => SolveAsync(Dispatcher, request);

    public Task<JsonElement> WaitAsync(string jobId) => WaitAsync(Dispatcher, jobId);

    public static async Task<JsonElement> SolveAsync(TestClient dispatcher, object request) =>
        await WaitAsync(dispatcher, (await dispatcher.PostAsync("/api/plans/solve", request, HttpStatusCode.Accepted)).Id());

    private static async Task<JsonElement> WaitAsync(TestClient dispatcher, string jobId)
    {
        while (true)
        {
            var job = await dispatcher.GetAsync($"/api/plans/solve/{jobId}");
            if (job.GetProperty("state").GetString() is "done" or "cancelled" or "failed") return job;
            // Asking again is the page's way, too; the answer itself takes its time.
            await Task.Yield();
        }
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

public sealed class PlansTests(SolvedDay day) : IClassFixture<SolvedDay>
{
    private Task<JsonElement> PlanAsync() => day.Dispatcher.GetAsync($"/api/plans/{day.PlanId}");

    [Fact]
    public async Task Solved_day_is_checked_and_accounts_for_every_parcel()
    {
        var plan = await PlanAsync();
        var summary = plan.GetProperty("summary");

        Assert.True(summary.GetProperty("isChecked").GetBoolean());
        Assert.Empty(plan.GetProperty("warnings").EnumerateArray());
        Assert.Equal(80, summary.Count("assigned") + summary.Count("unassigned"));
        Assert.Equal(summary.Count("assigned"), (await day.Dispatcher.GetAsync($"/api/plans/{day.PlanId}/parcels")).GetArrayLength());
        Assert.Equal(summary.GetProperty("costFen").GetInt64(), plan.GetProperty("cost").EnumerateArray().Sum(c => c.GetProperty("fen").GetInt64()));
    }

    [Fact]
    public async Task Preference_bound_is_no_dearer_than_the_plan_and_says_what_driving_it_would_take()
    {
        var bound = await day.Dispatcher.GetAsync($"/api/plans/{day.PlanId}/bound?drivingSeconds=0.5");
        var tooLong = await day.Dispatcher.Http.GetAsync($"/api/plans/{day.PlanId}/bound?drivingSeconds=9999");

        Assert.Equal("optimal", bound.GetProperty("outcome").GetString());
        Assert.Equal((await PlanAsync()).GetProperty("cost").EnumerateArray().Where(c => c.GetProperty("part").GetString() == "preference").Sum(c => c.GetProperty("fen").GetInt64()), bound.GetProperty("planFen").GetInt64());
        Assert.InRange(bound.GetProperty("bestFen").GetInt64(), 0, bound.GetProperty("planFen").GetInt64());
        Assert.True(bound.GetProperty("driving").GetProperty("preferredMetres").GetInt64() > 0);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await day.Dispatcher.Http.GetAsync("/api/plans/none/bound")).StatusCode);
    }

    [Fact]
    public async Task Stops_of_a_route_are_numbered_and_in_time()
    {
        foreach (var route in (await PlanAsync()).GetProperty("routes").EnumerateArray())
        {
            var stops = route.GetProperty("stops").EnumerateArray().ToList();
            Assert.Equal(Enumerable.Range(0, stops.Count), stops.Select(s => s.Count("stopNo")));
            Assert.Equal(("start", "end"), (stops[0].GetProperty("kind").GetString(), stops[^1].GetProperty("kind").GetString()));
            // A break may lie inside the stop it follows: between two parcels of one parking place.
            var driven = stops.Where(s => s.GetProperty("kind").GetString() != "break").ToList();
            for (var i = 1; i < driven.Count; i++) Assert.True(driven[i].GetProperty("arrival").GetDateTimeOffset() >= driven[i - 1].GetProperty("departure").GetDateTimeOffset(), $"{driven[i - 1].GetRawText()} then {driven[i].GetRawText()}");
        }
    }

    [Fact]
    public async Task Price_of_removing_a_vehicle_shows_its_parcels_and_edits_make_a_new_version()
    {
        var route = (await PlanAsync()).GetProperty("routes")[0];
        object[] edits = [new { kind = "removeVehicle", vehicleId = route.GetProperty("vehicleId").GetString() }];

        var price = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/price", edits);
        var version = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/edit", edits);

        Assert.True(price.GetProperty("costFen").GetInt64() < 0, "A vehicle less must save what it costs to run.");
        Assert.True(price.GetProperty("parcels").GetInt32() < 0, "Its parcels must be missing.");
        Assert.Equal(-route.GetProperty("distanceMetres").GetInt64(), price.GetProperty("distanceMetres").GetInt64());
        Assert.Equal(day.PlanId, version.GetProperty("basedOn").GetString());
        Assert.Equal((await PlanAsync()).GetProperty("summary").Count("unassigned") + route.Count("parcels"), version.Count("unassigned"));
    }

    [Fact]
    public async Task Price_asked_again_is_the_same_and_counts_the_parcel_left_out()
    {
        var stop = (await PlanAsync()).GetProperty("routes")[0].GetProperty("stops").EnumerateArray().First(s => s.GetProperty("parcelIds").GetArrayLength() > 0);
        object[] edits = [new { kind = "unassign", parcelIds = new[] { stop.GetProperty("parcelIds")[0].GetString() } }];
        var first = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/price", edits);
        var again = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/price", edits);

        Assert.Equal(-1, first.Count("parcels"));
        Assert.Equal((first.GetProperty("costFen").GetInt64(), first.GetProperty("distanceMetres").GetInt64()), (again.GetProperty("costFen").GetInt64(), again.GetProperty("distanceMetres").GetInt64()));
    }

    [Fact]
    public async Task Running_solve_shows_its_best_routes_as_lines()
    {
        var job = await day.Dispatcher.PostAsync("/api/plans/solve", new { day = (await PlanAsync()).GetProperty("summary").GetProperty("day").GetString(), seconds = 3 }, HttpStatusCode.Accepted);
        JsonElement seen = default;
        while (job.GetProperty("state").GetString() is not ("done" or "failed" or "cancelled"))
        {
            job = await day.Dispatcher.GetAsync($"/api/plans/solve/{job.Id()}");
            if (job.GetProperty("preview").ValueKind == JsonValueKind.Array) seen = job.GetProperty("preview");
        }

        Assert.Equal("done", job.GetProperty("state").GetString());
        Assert.NotEqual(0, seen.GetArrayLength());
        Assert.All(seen.EnumerateArray(), r => Assert.True(r.GetProperty("line").GetArrayLength() >= 2));
    }

    [Fact]
    public async Task Locked_route_survives_reoptimisation()
    {
        var before = (await PlanAsync()).GetProperty("routes")[0];
        var job = await day.SolveAsync(new { seconds = 0.6, basedOn = day.PlanId, edits = new[] { new { kind = "lockRoute", routeNo = 1 } } });
        var after = await day.Dispatcher.GetAsync($"/api/plans/{job.GetProperty("planId").GetString()}");

        Assert.Equal("lockRoute", after.GetProperty("edits")[0].GetProperty("kind").GetString());
        var kept = after.GetProperty("routes").EnumerateArray().Single(r => r.GetProperty("vehicleId").GetString() == before.GetProperty("vehicleId").GetString());
        Assert.Equal(ParcelsOf(before), ParcelsOf(kept));
    }

    [Fact]
    public async Task Edit_that_names_a_route_the_plan_lacks_is_told_by_place()
    {
        var answer = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/price", new object[] { new { kind = "lockRoute", routeNo = 1 }, new { kind = "reverse", routeNo = 999 } }, HttpStatusCode.BadRequest);

        Assert.Equal(["[1].routeNo route.unknown"], answer.Problems());
    }

    [Fact]
    public async Task Cancelled_solve_keeps_the_best_plan()
    {
        var job = await day.Dispatcher.PostAsync("/api/plans/solve", new { seconds = 600.0 }, HttpStatusCode.Accepted);
        while ((await day.Dispatcher.GetAsync($"/api/plans/solve/{job.Id()}")).GetProperty("best").ValueKind == JsonValueKind.Null) await Task.Yield();
        await day.Dispatcher.PostAsync($"/api/plans/solve/{job.Id()}/cancel", new { });

        var over = await day.WaitAsync(job.Id());

        Assert.Equal("done", over.GetProperty("state").GetString());
        Assert.True((await day.Dispatcher.GetAsync($"/api/plans/{over.GetProperty("planId").GetString()}")).GetProperty("summary").GetProperty("isChecked").GetBoolean());
    }

    [Fact]
    public async Task Compared_versions_show_both_costs()
    {
        var job = await day.SolveAsync(new { seconds = 0.6, seed = 2 });
        var comparison = await day.Dispatcher.GetAsync($"/api/plans/compare?a={day.PlanId}&b={job.GetProperty("planId").GetString()}");

        Assert.Equal(comparison.GetProperty("a").GetProperty("costFen").GetInt64(), comparison.GetProperty("cost").EnumerateArray().Sum(c => c.GetProperty("aFen").GetInt64()));
        Assert.Equal(comparison.GetProperty("b").GetProperty("costFen").GetInt64(), comparison.GetProperty("cost").EnumerateArray().Sum(c => c.GetProperty("bFen").GetInt64()));
    }

    [Fact]
    public async Task Exports_carry_the_whole_plan_and_the_answer_passes_the_checker()
    {
        var summary = (await PlanAsync()).GetProperty("summary");
        var geo = await day.Dispatcher.GetAsync($"/api/plans/{day.PlanId}/export.geojson");
        var csv = await day.Dispatcher.Http.GetStringAsync($"/api/plans/{day.PlanId}/export.csv");
        var manifests = await day.Dispatcher.Http.GetStringAsync($"/api/plans/{day.PlanId}/manifests");
        var problem = Planning.Formats.Json.ProblemJson.Read(await day.Dispatcher.Http.GetStringAsync($"/api/plans/{day.PlanId}/problem.json"));
        var answer = Planning.Formats.Json.PlanJson.Read(await day.Dispatcher.Http.GetStringAsync($"/api/plans/{day.PlanId}/plan.json"));

        Assert.Equal(summary.Count("vehicles"), geo.GetProperty("features").EnumerateArray().Count(f => f.GetProperty("properties").GetProperty("kind").GetString() == "route"));
        Assert.Equal(1 + 80, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(summary.Count("vehicles"), manifests.Split("<h1>").Length - 1);
        Assert.Contains("<svg", manifests, StringComparison.Ordinal);
        Assert.Contains("派送清单", manifests, StringComparison.Ordinal);
        Assert.Contains("<h1>Manifest ", await day.Dispatcher.Http.GetStringAsync($"/api/plans/{day.PlanId}/manifests?language=en"), StringComparison.Ordinal);
        Assert.Empty(problem.Errors);
        Assert.Empty(answer.Errors);
        Assert.Empty(Routing.Checking.PlanChecker.Check(problem.Value!, answer.Value!).Violations);
    }

    [Fact]
    public async Task Published_plan_moves_its_parcels_and_replaces_the_one_before()
    {
        await using var host = await TestHost.StartAsync(parcels: 40);
        using var dispatcher = await host.SignInAsync("dispatcher");
        var first = await SolveOnAsync(dispatcher);
        var second = await SolveOnAsync(dispatcher);
        Assert.Equal("published", (await dispatcher.PostAsync($"/api/plans/{first}/publish", new { reason = "morning" })).GetProperty("state").GetString());
        var planned = (await dispatcher.GetAsync("/api/orders?state=planned&limit=1")).Count("total");
        Assert.True(planned > 0);

        await dispatcher.PostAsync($"/api/plans/{second}/publish", new { reason = "better" });

        var plans = (await dispatcher.GetAsync("/api/plans?day=" + (await dispatcher.GetAsync("/api/session")).GetProperty("today").GetString())).EnumerateArray().ToDictionary(p => p.Id(), p => p.GetProperty("state").GetString());
        Assert.Equal(("superseded", "published"), (plans[first], plans[second]));
        await dispatcher.PostAsync($"/api/plans/{second}/publish", new { }, HttpStatusCode.Conflict);
    }

    private static async Task<string> SolveOnAsync(TestClient dispatcher)
    {
        var job = await dispatcher.PostAsync("/api/plans/solve", new { seconds = 0.6 }, HttpStatusCode.Accepted);
        while (true)
        {
            var view = await dispatcher.GetAsync($"/api/plans/solve/{job.Id()}");
            if (view.GetProperty("state").GetString() == "done") return view.GetProperty("planId").GetString()!;
            Assert.NotEqual("failed", view.GetProperty("state").GetString());
        }
    }

    [Fact]
    public async Task Vroom_client_on_this_machine_needs_no_account()
    {
        using var anonymous = day.Host.Anonymous();
        var answer = await anonymous.PostAsync("/vroom?seconds=0.5", new
        {
            vehicles = new[] { new { id = 1, start = new[] { 116.4, 39.9 }, end = new[] { 116.4, 39.9 } } },
            jobs = new[] { new { id = 7, location = new[] { 116.41, 39.91 } } },
        });

        Assert.Equal((0, 0), (answer.Count("code"), answer.GetProperty("summary").Count("unassigned")));
        var bad = await anonymous.PostAsync("/vroom", new { vehicles = Array.Empty<object>(), jobs = Array.Empty<object>() }, HttpStatusCode.BadRequest);
        Assert.Equal(2, bad.Count("code"));
    }

    [Fact]
    public async Task Solve_progress_reaches_the_live_feed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/live");
        using var response = await day.Dispatcher.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("event: ping", await reader.ReadLineAsync());

        var job = await day.Dispatcher.PostAsync("/api/plans/solve", new { seconds = 0.5 }, HttpStatusCode.Accepted);
        string? line;
        do line = await reader.ReadLineAsync();
        while (line is not null && !(line.StartsWith("data:", StringComparison.Ordinal) && line.Contains(job.Id(), StringComparison.Ordinal) && line.Contains("\"done\"", StringComparison.Ordinal)));

        Assert.NotNull(line);
    }

    private static string[] ParcelsOf(JsonElement route) => [.. route.GetProperty("stops").EnumerateArray().SelectMany(s => s.GetProperty("parcelIds").EnumerateArray()).Select(p => p.GetString()!)];
}
