using System.Net;
using System.Text.Json;
using Logistics.Web.Live;
using Microsoft.Extensions.DependencyInjection;

namespace Logistics.Web.Tests;

public sealed class ForecastTests(DemoHost demo)
{
    // The first forecast is made in the background once the demo's history is there.
    private async Task<JsonElement> RunAsync()
    {
        using var end = new CancellationTokenSource();
        // From here on no news is missed: the run is there already, or word of it comes.
        await using var news = demo.Host.App.Services.GetRequiredService<LiveFeed>().Listen(e => e.Type == "forecast", end.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        while (true)
        {
            var overview = await demo.Dispatcher.GetAsync("/api/forecasts");
            Assert.NotEqual("failed", overview.GetProperty("training").GetProperty("state").GetString());
            if (overview.GetProperty("run").ValueKind == JsonValueKind.Object)
            {
                await end.CancelAsync();
                return overview.GetProperty("run");
            }
            await news.MoveNextAsync();
        }
    }

    private static double[] Column(JsonElement rows, string name) => [.. rows.EnumerateArray().Select(r => r.GetProperty(name).GetDouble())];

    [Fact]
    public async Task First_forecast_comes_by_itself_and_says_how_good_it_is()
    {
        var run = await RunAsync();
        var report = run.GetProperty("report");

        Assert.Equal(14, run.GetProperty("horizon").GetInt32());
        Assert.Contains(report.GetProperty("methods").EnumerateArray(), m => m.GetProperty("method").GetString() == "combined");
        Assert.Equal(14, report.GetProperty("byHorizon").GetArrayLength());
        Assert.NotEmpty(report.GetProperty("origins").EnumerateArray());
    }

    [Fact]
    public async Task Series_of_terminals_and_doors_add_up_to_the_area()
    {
        await RunAsync();
        var network = await demo.Dispatcher.GetAsync("/api/network");
        var parts = new List<double[]> { Column((await demo.Dispatcher.GetAsync("/api/forecasts/series?terminal=door")).GetProperty("forecasts"), "p50") };
        foreach (var terminal in network.GetProperty("terminals").EnumerateArray())
            parts.Add(Column((await demo.Dispatcher.GetAsync($"/api/forecasts/series?terminal={terminal.GetProperty("id").GetString()}")).GetProperty("forecasts"), "p50"));
        var area = (await demo.Dispatcher.GetAsync("/api/forecasts/series")).GetProperty("forecasts");
        var byPartner = new List<double[]>();
        foreach (var partner in network.GetProperty("partners").EnumerateArray())
            byPartner.Add(Column((await demo.Dispatcher.GetAsync($"/api/forecasts/series?partner={partner.GetProperty("id").GetString()}")).GetProperty("forecasts"), "p50"));

        var whole = Column(area, "p50");
        for (var i = 0; i < whole.Length; i++)
        {
            Assert.Equal(whole[i], parts.Sum(p => p.Length == 0 ? 0 : p[i]), 0.3);
            Assert.Equal(whole[i], byPartner.Sum(p => p[i]), 0.3);
        }
        Assert.All(area.EnumerateArray(), d => Assert.True(d.GetProperty("p10").GetDouble() <= d.GetProperty("p50").GetDouble() && d.GetProperty("p50").GetDouble() <= d.GetProperty("p90").GetDouble()));
    }

    [Fact]
    public async Task Drivers_name_what_moves_a_day_and_days_outside_are_refused()
    {
        var origin = DateOnly.Parse((await RunAsync()).GetProperty("origin").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var drivers = await demo.Dispatcher.GetAsync($"/api/forecasts/drivers?day={origin.AddDays(2):yyyy-MM-dd}");

        Assert.NotEmpty(drivers.GetProperty("drivers").EnumerateArray());
        var refused = await demo.Dispatcher.Http.GetAsync($"/api/forecasts/drivers?day={origin:yyyy-MM-dd}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Holiday_entered_changes_the_forecast_and_cleared_restores_it()
    {
        var origin = DateOnly.Parse((await RunAsync()).GetProperty("origin").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var day = origin.AddDays(4).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        // The demo's own calendar may know the day: a sale lasts for weeks.
        await demo.Dispatcher.DeleteAsync($"/api/forecasts/calendar?from={day}", HttpStatusCode.OK);
        var before = Column((await demo.Dispatcher.GetAsync("/api/forecasts/series")).GetProperty("forecasts"), "p50");

        await demo.Dispatcher.PutAsync("/api/forecasts/calendar", new { from = day, kind = "holiday", source = "test" }, HttpStatusCode.BadRequest);
        var changed = await demo.Dispatcher.PutAsync("/api/forecasts/calendar", new { from = day, kind = "holiday", name = "国庆节", source = "国务院办公厅" });
        Assert.Contains(changed.GetProperty("days").EnumerateArray(), d => d.GetProperty("day").GetString() == day && d.GetProperty("source").GetString() == "国务院办公厅");
        Assert.Contains(changed.GetProperty("effect").EnumerateArray(), e => e.GetProperty("before").GetDouble() != e.GetProperty("after").GetDouble());

        await demo.Dispatcher.DeleteAsync($"/api/forecasts/calendar?from={day}", HttpStatusCode.OK);
        Assert.Equal(before, Column((await demo.Dispatcher.GetAsync("/api/forecasts/series")).GetProperty("forecasts"), "p50"));
    }

    [Fact]
    public async Task Higher_service_level_never_proposes_fewer_vehicles()
    {
        await RunAsync();
        var counts = new List<int>();
        foreach (var level in new[] { "0.5", "0.9", "0.99" })
        {
            var fleet = await demo.Dispatcher.GetAsync($"/api/forecasts/fleet?level={level}&days=3");
            counts.Add(fleet.GetProperty("days").EnumerateArray().Sum(d => d.GetProperty("shifts").EnumerateArray().Sum(s => s.GetProperty("vehicles").GetInt32())));
        }

        var all = await demo.Dispatcher.GetAsync("/api/forecasts/fleet?days=14");
        Assert.All(all.GetProperty("days").EnumerateArray(), d => Assert.True(d.GetProperty("shifts").EnumerateArray().Sum(s => s.GetProperty("vehicles").GetInt32()) > 0, d.GetRawText()));
        Assert.All(all.GetProperty("days").EnumerateArray(), d => Assert.True(d.GetProperty("parcels").GetDouble() >= d.GetProperty("ordered").GetInt32(), d.GetRawText()));
        Assert.Contains(all.GetProperty("days").EnumerateArray(), d => d.GetProperty("ordered").GetInt32() > 0);
        Assert.Contains(all.GetProperty("basisKind").GetString(), new[] { "published", "draft", "shifts" });
        Assert.True(counts[0] > 0 && counts[0] <= counts[1] && counts[1] <= counts[2], string.Join(", ", counts));
        var refused = await demo.Dispatcher.Http.GetAsync("/api/forecasts/fleet?level=1.5", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Free_compartments_never_exceed_what_there_is_and_alerts_are_soonest_first()
    {
        await RunAsync();
        var network = await demo.Dispatcher.GetAsync("/api/network");
        var locker = network.GetProperty("terminals").EnumerateArray().First(t => t.GetProperty("kind").GetString() == "locker").GetProperty("id").GetString();
        var free = await demo.Dispatcher.GetAsync($"/api/forecasts/free/{locker}?hours=24");

        Assert.All(free.GetProperty("sizes").EnumerateArray(), s => Assert.All(s.GetProperty("promisedP90").EnumerateArray(), n => Assert.InRange(n.GetInt32(), 0, s.GetProperty("usable").GetInt32())));
        var hours = (await demo.Dispatcher.GetAsync("/api/forecasts/alerts?days=3")).EnumerateArray().Select(a => a.GetProperty("hoursAhead").GetInt32()).ToList();
        Assert.Equal(hours.Order(), hours);
    }

    [Fact]
    public async Task Export_holds_every_day_and_partners_do_not_read_it()
    {
        await RunAsync();
        var text = await demo.Dispatcher.Http.GetStringAsync("/api/forecasts/export.csv", TestContext.Current.CancellationToken);

        Assert.StartsWith("day,level,terminal,partner,size,p10,p50,p90", text, StringComparison.Ordinal);
        Assert.Equal(14, text.Split("\r\n").Count(l => l.Contains(",area,", StringComparison.Ordinal)));
        var refused = await demo.Partner.Http.GetAsync("/api/forecasts/export.csv", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
