using System.Globalization;
using System.Net;
using System.Text.Json;
using Logistics.Planning.Formats.Json;
using Logistics.Routing.Checking;

namespace Logistics.Web.Tests;

/// <summary>Orders that come in while a plan is being driven, with doors and terminals the plan has never heard of.</summary>
public sealed class LateOrdersTests(SolvedDay day) : IClassFixture<SolvedDay>
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    // A day of its own, so that the hour the test runs at does not matter.
    private static readonly DateOnly Tomorrow = DateOnly.FromDateTime(DateTimeOffset.UtcNow.ToOffset(Zone).Date).AddDays(1);

    private static DateTimeOffset At(int hour) => new(Tomorrow.ToDateTime(new TimeOnly(hour, 0)), Zone);

    private static Dictionary<string, object?> Order(object option) => TestOrders.Order().With("consentsToTerminal", true).With("sizeClass", "S")
        .With("promiseFrom", At(9).ToString("O", CultureInfo.InvariantCulture)).With("promiseUntil", At(21).ToString("O", CultureInfo.InvariantCulture)).With("options", new[] { option });

    // Some hundred metres from a terminal: a parking place of its own, in reach of the hub that serves the terminal.
    private static object DoorNear(JsonElement terminal, double east) => new { kind = "door", lon = terminal.GetProperty("at")[0].GetDouble() + east, lat = terminal.GetProperty("at")[1].GetDouble() + 0.001 };

    private static object Terminal(string? code) => new { kind = "terminal", terminal = code };

    private async Task<string> SendAsync(object option)
    {
        var answer = await day.Dispatcher.PostAsync("/api/orders", Order(option));
        Assert.Equal("created", answer.Outcome());
        return answer.Item().Id();
    }

    private async Task<string> SolveTomorrowAsync(IReadOnlyList<JsonElement> terminals)
    {
        foreach (var terminal in terminals) await SendAsync(Terminal(terminal.GetProperty("code").GetString()));
        foreach (var terminal in terminals) await SendAsync(DoorNear(terminal, 0.002));
        var job = await day.SolveAsync(new { day = Tomorrow, seconds = 0.5, seed = 1 });
        return job.GetProperty("planId").GetString()!;
    }

    private async Task<string> AddAsync(string planId, DateTimeOffset at, string[] parcels)
    {
        var proposal = await day.Dispatcher.PostAsync($"/api/plans/{planId}/repair", new { at, seconds = 0.3, incidents = new[] { new { kind = "parcelsAdded", parcels } } });
        Assert.True(proposal.GetProperty("isLegal").GetBoolean());
        var touched = proposal.GetProperty("touched").EnumerateArray().Where(t => t.GetProperty("reason").GetString() == "added").ToDictionary(t => t.GetProperty("parcelId").GetString()!);
        Assert.Equal(parcels.Order(StringComparer.Ordinal), touched.Keys.Order(StringComparer.Ordinal));
        Assert.All(touched.Values, t => Assert.Equal(JsonValueKind.String, t.GetProperty("to").GetProperty("plate").ValueKind));
        return (await day.Dispatcher.PostAsync($"/api/plans/{planId}/repair/{proposal.Id()}/accept", new { })).Id();
    }

    private async Task AssertServedAsync(string planId, IEnumerable<string> parcels)
    {
        var served = (await day.Dispatcher.GetAsync($"/api/plans/{planId}")).GetProperty("routes").EnumerateArray()
            .SelectMany(r => r.GetProperty("stops").EnumerateArray()).SelectMany(s => s.GetProperty("parcelIds").EnumerateArray()).Select(p => p.GetString()!).ToHashSet(StringComparer.Ordinal);
        Assert.All(parcels, p => Assert.Contains(p, served));
        var problem = ProblemJson.Read(await day.Dispatcher.Http.GetStringAsync($"/api/plans/{planId}/problem.json"));
        var answer = PlanJson.Read(await day.Dispatcher.Http.GetStringAsync($"/api/plans/{planId}/plan.json"));
        Assert.Empty(problem.Errors);
        Assert.Empty(PlanChecker.Check(problem.Value!, answer.Value!).Violations);
    }

    [Fact]
    public async Task Parcels_for_new_places_join_the_running_plan_again_and_again()
    {
        // In the west, which the hub with most vehicles serves.
        var terminals = (await day.Dispatcher.GetAsync("/api/network")).GetProperty("terminals").EnumerateArray().Where(t => t.GetProperty("kind").GetString() == "locker").OrderBy(t => t.GetProperty("at")[0].GetDouble()).Take(4).ToList();
        var plan = await SolveTomorrowAsync([.. terminals.Take(2)]);
        var before = (await day.Dispatcher.GetAsync($"/api/plans/{plan}/parcels")).EnumerateArray().Select(p => p.GetProperty("parcelId").GetString()!).ToList();
        Assert.True(before.Count == 4, (await day.Dispatcher.GetAsync($"/api/plans/{plan}")).GetProperty("unassigned").ToString());

        // A door far from every other, and a terminal nothing was planned for.
        string[] first = [await SendAsync(DoorNear(terminals[0], 0.008)), await SendAsync(Terminal(terminals[2].GetProperty("code").GetString()))];
        var second = await AddAsync(plan, At(10), first);
        await AssertServedAsync(second, [.. before, .. first]);

        string[] later = [await SendAsync(Terminal(terminals[3].GetProperty("code").GetString())), await SendAsync(DoorNear(terminals[1], -0.009))];
        await AssertServedAsync(await AddAsync(second, At(11), later), [.. before, .. first, .. later]);
    }

    [Fact]
    public async Task Parcel_that_is_planned_already_is_refused_by_name()
    {
        var route = (await day.Dispatcher.GetAsync($"/api/plans/{day.PlanId}")).GetProperty("routes")[0];
        var parcel = route.GetProperty("stops").EnumerateArray().First(s => s.GetProperty("parcelIds").GetArrayLength() > 0).GetProperty("parcelIds")[0].GetString();
        var answer = await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/repair", new { incidents = new[] { new { kind = "parcelsAdded", parcels = new[] { parcel } } } }, HttpStatusCode.BadRequest);

        Assert.Contains("already", answer.GetProperty("problems")[0].GetProperty("message").GetString()!, StringComparison.Ordinal);
    }
}
