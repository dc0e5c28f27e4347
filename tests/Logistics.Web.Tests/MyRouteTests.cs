using System.Net;
using System.Text.Json;

namespace Logistics.Web.Tests;

/// <summary>A courier sees the published route of their own vehicle, whole, and not a letter of anybody else's.</summary>
public sealed class MyRouteTests(SolvedDay day) : IClassFixture<SolvedDay>
{
    [Fact]
    public async Task Courier_sees_their_own_published_route_with_names_masked_and_nothing_of_another()
    {
        using var admin = await day.Host.SignInAsync("admin");
        var plan = await day.Dispatcher.GetAsync($"/api/plans/{day.PlanId}");
        var routes = plan.GetProperty("routes").EnumerateArray().ToList();
        using var first = await CourierAsync(admin, "first", routes[0].GetProperty("courierId").GetString());
        using var second = await CourierAsync(admin, "second", routes[1].GetProperty("courierId").GetString());
        Assert.Equal("noPlan", (await first.GetAsync("/api/my-route")).GetProperty("state").GetString());

        await day.Dispatcher.PostAsync($"/api/plans/{day.PlanId}/publish", new { reason = "test" });
        var waybills = (await day.Dispatcher.GetAsync($"/api/plans/{day.PlanId}/parcels")).EnumerateArray().ToDictionary(p => p.GetProperty("parcelId").GetString()!, p => p.GetProperty("waybill").GetString()!);
        foreach (var (client, route) in new[] { (first, routes[0]), (second, routes[1]) })
        {
            var view = await client.GetAsync("/api/my-route");
            Assert.Equal("ready", view.GetProperty("state").GetString());
            var mine = Assert.Single(view.GetProperty("routes").EnumerateArray());
            Assert.Equal(route.GetProperty("plate").GetString(), mine.GetProperty("plate").GetString());
            Assert.Equal(StopsOf(route), [.. mine.GetProperty("stops").EnumerateArray().Select(s => (s.GetProperty("kind").GetString()!, s.GetProperty("arrival").GetString()!, string.Join(' ', s.GetProperty("parcels").EnumerateArray().Select(p => p.GetProperty("parcelId").GetString()))))]);
            // Everything of the others is absent, wherever in the answer it might have been.
            var own = StopsOf(route).SelectMany(s => s.Parcels.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet();
            var text = view.GetRawText();
            foreach (var (id, waybill) in waybills.Where(w => !own.Contains(w.Key)))
            {
                Assert.DoesNotContain(id, text, StringComparison.Ordinal);
                Assert.DoesNotContain(waybill, text, StringComparison.Ordinal);
            }
            foreach (var other in routes.Where(r => r.GetProperty("routeNo").GetInt32() != route.GetProperty("routeNo").GetInt32()))
                Assert.DoesNotContain(other.GetProperty("plate").GetString()!, text, StringComparison.Ordinal);
        }

        var stops = (await first.GetAsync("/api/my-route")).GetProperty("routes")[0].GetProperty("stops").EnumerateArray().ToList();

        var handled = stops.SelectMany(s => s.GetProperty("parcels").EnumerateArray().Select(p => (IsDoor: s.GetProperty("kind").GetString() == "door", Parcel: p))).ToList();
        Assert.NotEmpty(handled);
        Assert.All(handled, h =>
        {
            Assert.Contains("*", h.Parcel.GetProperty("recipient").GetString(), StringComparison.Ordinal);
            Assert.Equal(4, h.Parcel.GetProperty("phoneTail").GetString()!.Length);
            Assert.Equal(h.IsDoor, h.Parcel.GetProperty("address").ValueKind == JsonValueKind.String);
        });
    }

    [Fact]
    public async Task Account_without_a_courier_is_told_so_and_the_link_can_be_taken_away()
    {
        using var admin = await day.Host.SignInAsync("admin");
        var courier = (await day.Dispatcher.GetAsync("/api/network")).GetProperty("couriers")[0].Id();
        using var loose = await CourierAsync(admin, "loose", null);
        Assert.Equal("noCourier", (await loose.GetAsync("/api/my-route")).GetProperty("state").GetString());

        await admin.PutAsync($"/api/users/{loose.Me.Id()}", new { courierId = courier });
        // Who an account stands for must not live on in old sessions.
        Assert.Equal(HttpStatusCode.Unauthorized, (await loose.Http.GetAsync("/api/my-route", TestContext.Current.CancellationToken)).StatusCode);
        await loose.SignInAsync("loose", TestHost.Password);
        Assert.NotEqual("noCourier", (await loose.GetAsync("/api/my-route")).GetProperty("state").GetString());

        var cleared = await admin.PutAsync($"/api/users/{loose.Me.Id()}", new { courierId = "" });
        Assert.Equal(JsonValueKind.Null, cleared.GetProperty("courierId").ValueKind);
    }

    [Fact]
    public async Task Gate_codes_are_read_by_staff_and_not_by_partners()
    {
        using var partner = await day.Host.SignInAsync("partner-jx");

        Assert.Contains("门禁", (await day.Dispatcher.GetAsync("/api/network")).GetProperty("terminals").GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("门禁", (await partner.GetAsync("/api/network")).GetRawText(), StringComparison.Ordinal);
    }

    private async Task<TestClient> CourierAsync(TestClient admin, string name, string? courierId)
    {
        await admin.PostAsync("/api/users", new { name, displayName = name, role = "courier", courierId, password = TestHost.Password }, HttpStatusCode.Created);
        return await day.Host.SignInAsync(name);
    }

    private static List<(string Kind, string Arrival, string Parcels)> StopsOf(JsonElement route) =>
        [.. route.GetProperty("stops").EnumerateArray().Select(s => (s.GetProperty("kind").GetString()!, s.GetProperty("arrival").GetString()!, string.Join(' ', s.GetProperty("parcelIds").EnumerateArray().Select(p => p.GetString()))))];
}
