using System.Net;
using System.Text.Json;

namespace Logistics.Web.Tests;

/// <summary>A host of its own: publishing replaces the week's shifts.</summary>
public sealed class RosterHost : IAsyncLifetime
{
    public TestHost Host { get; private set; } = null!;

    public TestClient Dispatcher { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await TestHost.StartAsync(parcels: 80);
        Dispatcher = await Host.SignInAsync("dispatcher");
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

public sealed class RostersTests(RosterHost roster) : IClassFixture<RosterHost>
{
    private readonly TestClient _dispatcher = roster.Dispatcher;

    /// <summary>A Monday some weeks ahead; each test has its own week.</summary>
    private static string Week(int ahead)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return today.AddDays((((int)DayOfWeek.Monday - (int)today.DayOfWeek + 7) % 7) + (7 * ahead)).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Solved_week_keeps_locks_and_the_law_and_becomes_shifts_when_published()
    {
        var week = Week(2);
        var empty = await _dispatcher.GetAsync($"/api/rosters/{week}");
        var courier = empty.GetProperty("couriers")[0].Id();
        await _dispatcher.PutAsync($"/api/rosters/{week}", new { revision = 0, cells = new[] { new { courierId = courier, day = 2, shiftId = "late", vehicleId = (string?)null, isLocked = true } }, wishes = Array.Empty<object>() });

        await _dispatcher.PostAsync($"/api/rosters/{week}/solve", new { revision = 1, seconds = 20 }, HttpStatusCode.Accepted);
        var job = await WaitAsync(week);
        var solved = await _dispatcher.GetAsync($"/api/rosters/{week}");
        var published = await _dispatcher.PostAsync($"/api/rosters/{week}/publish", new { revision = solved.Count("revision"), reason = "test" });
        var wednesday = DateOnly.Parse(week, System.Globalization.CultureInfo.InvariantCulture).AddDays(2);
        var shifts = (await _dispatcher.GetAsync($"/api/network?day={wednesday:yyyy-MM-dd}")).GetProperty("shifts").EnumerateArray().ToList();

        Assert.Equal("done", job.GetProperty("state").GetString());
        Assert.Empty(solved.GetProperty("faults").EnumerateArray());
        var locked = Assert.Single(Cells(solved), c => c.GetProperty("isLocked").GetBoolean());
        Assert.Equal((courier, "late"), (locked.GetProperty("courierId").GetString(), locked.GetProperty("shiftId").GetString()));
        Assert.NotEqual(JsonValueKind.Null, published.GetProperty("publishedAt").ValueKind);
        var duties = Cells(solved).Where(c => c.Count("day") == 2 && c.GetProperty("shiftId").ValueKind == JsonValueKind.String).ToList();
        Assert.Equal(
            duties.Select(c => (c.GetProperty("courierId").GetString(), c.GetProperty("vehicleId").GetString())).Order(),
            shifts.Select(s => (s.GetProperty("courierId").GetString(), s.GetProperty("vehicleId").GetString())).Order());
    }

    [Fact]
    public async Task Roster_that_breaks_a_rule_is_named_and_not_published()
    {
        var week = Week(4);
        var view = await _dispatcher.GetAsync($"/api/rosters/{week}");
        var courier = view.GetProperty("couriers")[0].Id();
        var saved = await _dispatcher.PutAsync($"/api/rosters/{week}", new { revision = 0, cells = new[] { new { courierId = courier, day = 0, shiftId = "late", vehicleId = (string?)null, isLocked = false }, new { courierId = courier, day = 1, shiftId = "early", vehicleId = (string?)null, isLocked = false } }, wishes = Array.Empty<object>() });

        var refused = await _dispatcher.PostAsync($"/api/rosters/{week}/publish", new { revision = 1 }, HttpStatusCode.Conflict);

        // Late ends at 21:00; early starts nine hours later, and eleven are needed.
        Assert.Contains("rest", saved.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("kind").GetString()));
        Assert.Contains(refused.GetProperty("problems").EnumerateArray(), p => p.GetProperty("rule").GetString() == "roster.Rest" && p.GetProperty("message").GetString()!.Contains("rests 540 min", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_of_an_old_revision_is_refused_and_loses_nothing()
    {
        var week = Week(5);
        var wish = new { courierId = (await _dispatcher.GetAsync($"/api/rosters/{week}")).GetProperty("couriers")[1].Id(), day = 3, kind = "dayOff", weight = 4 };
        await _dispatcher.PutAsync($"/api/rosters/{week}", new { revision = 0, cells = Array.Empty<object>(), wishes = new[] { wish } });

        await _dispatcher.PutAsync($"/api/rosters/{week}", new { revision = 0, cells = Array.Empty<object>(), wishes = Array.Empty<object>() }, HttpStatusCode.Conflict);

        Assert.Single((await _dispatcher.GetAsync($"/api/rosters/{week}")).GetProperty("wishes").EnumerateArray());
    }

    [Fact]
    public async Task Wrong_requests_are_answered_with_every_problem()
    {
        var week = Week(6);
        var wrong = await _dispatcher.PutAsync($"/api/rosters/{week}", new { revision = 0, cells = new[] { new { courierId = "nobody", day = 9, shiftId = "night", vehicleId = "none", isLocked = false } }, wishes = new[] { new { courierId = "nobody", kind = "want", weight = 99 } } }, HttpStatusCode.BadRequest);
        var tuesday = await _dispatcher.Http.GetAsync("/api/rosters/2026-11-24");
        var seconds = await _dispatcher.PostAsync($"/api/rosters/{week}/solve", new { revision = 0, seconds = 9999 }, HttpStatusCode.BadRequest);

        Assert.Equal(
            ["cells[0].courierId", "cells[0].day", "cells[0].shiftId", "cells[0].vehicleId", "wishes[0].courierId", "wishes[0].day", "wishes[0].weight", "wishes[0].shiftId"],
            wrong.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("field").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, tuesday.StatusCode);
        Assert.Equal("seconds", seconds.GetProperty("problems")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Cancelled_solve_keeps_the_best_roster_so_far()
    {
        var week = Week(7);
        await _dispatcher.PostAsync($"/api/rosters/{week}/solve", new { revision = 0, seconds = 600 }, HttpStatusCode.Accepted);

        await _dispatcher.PostAsync($"/api/rosters/{week}/cancel", new { });
        var job = await WaitAsync(week);

        // A small week may be proven before the cancel arrives; it is kept either way.
        Assert.True(job.GetProperty("state").GetString() is "cancelled" or "done");
        Assert.NotEmpty(Cells(await _dispatcher.GetAsync($"/api/rosters/{week}")));
    }

    [Fact]
    public async Task Csv_holds_a_row_for_each_duty_and_setup_is_checked()
    {
        var setup = await _dispatcher.GetAsync("/api/rosters/setup");
        var wrong = await _dispatcher.PutAsync("/api/rosters/setup", new
        {
            shifts = Array.Empty<object>(),
            rules = new { maxDayMinutes = 0, maxWeekMinutes = 2640, maxDaysInARow = 6, minDaysOff = 1, minRestMinutes = 660 },
            parcelsPerCourierHour = 0,
            hourShares = new[] { 1.0 },
            skillNeeds = Array.Empty<object>(),
            contractMinutes = 2400,
        }, HttpStatusCode.BadRequest);
        var csv = await _dispatcher.Http.GetStringAsync($"/api/rosters/{Week(8)}/export.csv");

        Assert.Equal(480, setup.GetProperty("rules").Count("maxDayMinutes"));
        Assert.Equal(["shifts", "parcelsPerCourierHour", "hourShares", "rules.maxDayMinutes"], wrong.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("field").GetString()));
        Assert.Equal("date,courierId,courier,shift,start,end,paidMinutes,vehicleId,plate", csv.TrimStart('\uFEFF').Split('\n')[0]);
    }

    [Fact]
    public async Task Partner_may_not_see_a_roster()
    {
        using var partner = await roster.Host.SignInAsync("partner-jx");

        Assert.Equal(HttpStatusCode.Forbidden, (await partner.Http.GetAsync($"/api/rosters/{Week(2)}")).StatusCode);
    }

    private static IEnumerable<JsonElement> Cells(JsonElement view) => view.GetProperty("cells").EnumerateArray();

    private async Task<JsonElement> WaitAsync(string week)
    {
        while (true)
        {
            var job = await _dispatcher.GetAsync($"/api/rosters/{week}/job");
            if (job.GetProperty("state").GetString() != "running") return job;
            // Asking again is the page's way, too; the answer itself takes its time.
            await Task.Yield();
        }
    }
}
