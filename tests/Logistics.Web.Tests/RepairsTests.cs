using System.Globalization;
using System.Net;
using System.Text.Json;
using Logistics.Planning.Formats.Json;
using Logistics.Routing.Checking;

namespace Logistics.Web.Tests;

/// <summary>Repairs and questions about one solved day over real HTTP.</summary>
public sealed class RepairsTests(SolvedDay day) : IClassFixture<SolvedDay>
{
    private Task<JsonElement> PlanAsync(string? id = null) => day.Dispatcher.GetAsync($"/api/plans/{id ?? day.PlanId}");

    private static JsonElement Longest(JsonElement plan) => plan.GetProperty("routes").EnumerateArray().MaxBy(r => r.Count("parcels"));

    /// <summary>An instant in the middle of a route.</summary>
    private static DateTimeOffset Middle(JsonElement route)
    {
        var (from, until) = (route.GetProperty("start").GetDateTimeOffset(), route.GetProperty("end").GetDateTimeOffset());
        return from + ((until - from) / 2);
    }

    // Of a stop under way, parcels not yet handed in may still go elsewhere.
    private static List<(string Arrival, string Parcels)> History(JsonElement route, DateTimeOffset at) =>
        Stops(route, s => s.GetProperty("departure").GetDateTimeOffset() <= at);

    private static List<(string Arrival, string Parcels)> Stops(JsonElement route, Func<JsonElement, bool>? isWanted = null) =>
        [.. route.GetProperty("stops").EnumerateArray().Where(s => s.GetProperty("parcelIds").GetArrayLength() > 0 && isWanted?.Invoke(s) is not false)
            .Select(s => (s.GetProperty("arrival").GetString()!, string.Join(',', s.GetProperty("parcelIds").EnumerateArray().Select(p => p.GetString()))))];

    [Fact]
    public async Task Broken_vehicle_is_repaired_with_history_kept_and_the_accepted_version_checks()
    {
        var plan = await PlanAsync();
        var route = Longest(plan);
        var at = Middle(route);
        var request = new { at, seconds = 0.3, incidents = new[] { new { kind = "vehicleBroken", vehicleId = route.GetProperty("vehicleId").GetString() } } };

        var proposal = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/repair", request);
        Assert.True(proposal.GetProperty("isLegal").GetBoolean());
        Assert.NotEqual(0, proposal.GetProperty("touched").GetArrayLength());
        Assert.InRange(proposal.Count("disturbed"), 0, proposal.Count("maxDisturbed"));
        // Nothing is stored by proposing.
        Assert.DoesNotContain((await day.Dispatcher.GetAsync("/api/plans")).EnumerateArray(), p => p.TryGetProperty("basedOn", out var basis) && basis.GetString() == day.PlanId && p.GetProperty("note").GetString() == "repair");

        // Beside the rest of the day planned anew, which starts from the repair and so costs no more.
        var free = await day.Dispatcher.GetAsync($"/api/plans/{day.PlanId}/repair/{proposal.Id()}/free?seconds=0.3");
        Assert.InRange(free.GetProperty("extraFen").GetInt64(), 0, long.MaxValue);
        Assert.InRange(free.Count("moved"), 1, 100_000);

        var accepted = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/repair/{proposal.Id()}/accept", new { });
        Assert.True(accepted.GetProperty("isChecked").GetBoolean());
        var after = await PlanAsync(accepted.Id());
        Assert.True(after.GetProperty("isRepair").GetBoolean());
        foreach (var before in plan.GetProperty("routes").EnumerateArray())
        {
            var past = History(before, at);
            if (past.Count == 0) continue;
            var now = after.GetProperty("routes").EnumerateArray().Single(r => r.GetProperty("vehicleId").GetString() == before.GetProperty("vehicleId").GetString());
            // A stop under way may end sooner with fewer parcels: it comes after what was finished. One that was finished may go on with more while its vehicle rests there.
            foreach (var (was, stop) in past.Zip(Stops(now)))
            {
                Assert.Equal(was.Arrival, stop.Arrival);
                Assert.StartsWith(was.Parcels, stop.Parcels, StringComparison.Ordinal);
            }
        }
        var last = after.GetProperty("routes").EnumerateArray().Where(r => r.GetProperty("vehicleId").GetString() == route.GetProperty("vehicleId").GetString())
            .SelectMany(r => r.GetProperty("stops").EnumerateArray()).Where(s => s.GetProperty("parcelIds").GetArrayLength() > 0).Select(s => s.GetProperty("start").GetDateTimeOffset()).DefaultIfEmpty(at).Max();
        // The leg under way at that instant is finished; nothing is begun after it.
        Assert.True(last - at < TimeSpan.FromHours(1), $"The broken vehicle works until {last}, it broke at {at}.");

        // Accepted once; what was driven cannot be edited; the files check by the checker alone, read from the store as after a restart.
        await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/repair/{proposal.Id()}/accept", new { }, HttpStatusCode.NotFound);
        await day.Dispatcher.PostAsync($"/api/plans/{accepted.Id()}/price", Array.Empty<object>(), HttpStatusCode.Conflict);
        var problem = ProblemJson.Read(await day.Dispatcher.Http.GetStringAsync($"/api/plans/{accepted.Id()}/problem.json"));
        var answer = PlanJson.Read(await day.Dispatcher.Http.GetStringAsync($"/api/plans/{accepted.Id()}/plan.json"));
        Assert.Empty(problem.Errors);
        Assert.Empty(PlanChecker.Check(problem.Value!, answer.Value!).Violations);
    }

    [Fact]
    public async Task Repaired_plan_is_repaired_again_from_the_store()
    {
        var route = Longest(await PlanAsync());
        var at = Middle(route);
        var first = await RepairAsync(day.PlanId, at, new { kind = "terminalFull", terminalId = Terminal(route) });
        var twice = await RepairAsync(first, at.AddMinutes(20), new { kind = "vehicleLate", vehicleId = route.GetProperty("vehicleId").GetString(), minutes = 20 });
        var problem = ProblemJson.Read(await day.Dispatcher.Http.GetStringAsync($"/api/plans/{twice}/problem.json"));
        var answer = PlanJson.Read(await day.Dispatcher.Http.GetStringAsync($"/api/plans/{twice}/plan.json"));

        Assert.Empty(PlanChecker.Check(problem.Value!, answer.Value!).Violations);
    }

    private async Task<string> RepairAsync(string planId, DateTimeOffset at, object incident)
    {
        var proposal = await day.Dispatcher.PostAsync($"/api/plans/{planId}/repair", new { at, seconds = 0.3, incidents = new[] { incident } });
        Assert.True(proposal.GetProperty("isLegal").GetBoolean());
        return (await day.Dispatcher.PostAsync($"/api/plans/{planId}/repair/{proposal.Id()}/accept", new { })).Id();
    }

    private static string? Terminal(JsonElement route) =>
        route.GetProperty("stops").EnumerateArray().Last(s => s.TryGetProperty("terminalId", out var id) && id.ValueKind == JsonValueKind.String).GetProperty("terminalId").GetString();

    [Fact]
    public async Task Closed_area_keeps_every_later_leg_out_of_it()
    {
        var route = Longest(await PlanAsync());
        var at = Middle(route);
        var spot = route.GetProperty("stops").EnumerateArray().Last(s => s.GetProperty("parcelIds").GetArrayLength() > 0).GetProperty("at");
        double lon = spot[0].GetDouble(), lat = spot[1].GetDouble(), half = 0.004;
        var polygon = new[] { new[] { lon - half, lat - half }, [lon + half, lat - half], [lon + half, lat + half], [lon - half, lat + half] };
        var proposal = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/repair", new { at, seconds = 0.3, incidents = new[] { new { kind = "areaClosed", polygon, minutes = 1440 } } });

        Assert.True(proposal.GetProperty("isLegal").GetBoolean());
        var struck = proposal.GetProperty("touched").EnumerateArray().Where(t => t.GetProperty("reason").GetString() == "struck").ToList();
        Assert.NotEmpty(struck);
        await day.Dispatcher.DeleteAsync($"/api/plans/{day.PlanId}/repair/{proposal.Id()}");
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_report_is_said_at_once()
    {
        var answer = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/repair", new
        {
            incidents = new object[]
            {
                new { kind = "vehicleBroken", vehicleId = "veh_none" }, new { kind = "terminalClosed", terminalId = "ter_none" }, new { kind = "parcelsCancelled", parcels = new[] { "nobody" } },
                new { kind = "areaClosed", polygon = new[] { new[] { 116.0, 39.9 } }, minutes = 30 },
            },
        }, HttpStatusCode.BadRequest);

        Assert.Equal(["vehicle.unknown", "terminal.unknown", "parcel.unknown", "polygon"], answer.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("rule").GetString()));
        await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/repair", new { incidents = Array.Empty<object>(), seconds = -1.0 }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Cancelling_a_parcel_the_dispatcher_left_out_names_it_and_says_why()
    {
        var plan = await PlanAsync();
        var left = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/edit", new[] { new { kind = "unassign", parcelIds = new[] { Longest(plan).GetProperty("stops").EnumerateArray().First(s => s.GetProperty("parcelIds").GetArrayLength() > 0).GetProperty("parcelIds")[0].GetString() } } });
        var parcel = (await PlanAsync(left.Id())).GetProperty("unassigned").EnumerateArray().First(u => u.GetProperty("details")[0].GetProperty("rule").GetString() == "edit.leftOut");
        var at = Middle(Longest(plan)).AddHours(-12);
        var proposal = await day.Dispatcher.PostAsync($"/api/plans/{left.Id()}/repair", new { at, seconds = 0.3, incidents = new[] { new { kind = "parcelsCancelled", parcels = new[] { parcel.GetProperty("waybill").GetString() } } } }, HttpStatusCode.BadRequest);

        // The day's model has no job for what the dispatcher left out: that is said by name.
        Assert.Contains(parcel.GetProperty("waybill").GetString()!, proposal.GetProperty("problems")[0].GetProperty("message").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_says_what_it_costs_and_what_every_other_vehicle_would_ask()
    {
        var route = Longest(await PlanAsync());
        var stop = route.GetProperty("stops").EnumerateArray().First(s => s.GetProperty("parcelIds").GetArrayLength() > 0);
        var answer = await day.Dispatcher.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/plans/{day.PlanId}/explain/stops/{route.Count("routeNo")}/{stop.Count("stopNo")}"));

        var offers = answer.GetProperty("offers").EnumerateArray().ToList();
        Assert.DoesNotContain(offers, o => o.GetProperty("vehicleId").GetString() == route.GetProperty("vehicleId").GetString());
        Assert.NotEmpty(offers);
        // Taking a stop out never makes a route longer in metres.
        Assert.True(answer.GetProperty("marginalMetres").GetInt64() >= 0);
        foreach (var unknown in new[] { "stops/1/0", "parcels/par_none" })
        {
            using var response = await day.Dispatcher.Http.GetAsync(new Uri($"/api/plans/{day.PlanId}/explain/{unknown}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }
}
