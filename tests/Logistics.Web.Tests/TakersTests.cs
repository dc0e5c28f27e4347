using System.Net;
using System.Text.Json;

namespace Logistics.Web.Tests;

/// <summary>Which vehicles could take a stop: what is told must be true. The day is too large for one vehicle a hub.</summary>
public sealed class TakersTests
{
    [Fact]
    public async Task Vehicles_that_could_take_a_stop_can_take_it_at_the_price_told()
    {
        await using var host = await TestHost.StartAsync(parcels: 400);
        var dispatcher = await host.SignInAsync("dispatcher");
        var planId = (await SolvedDay.SolveAsync(dispatcher, new { seconds = 1.0, seed = 1 })).GetProperty("planId").GetString()!;
        var plan = await dispatcher.GetAsync($"/api/plans/{planId}");
        var taken = 0;
        foreach (var (routeNo, stopNo) in from route in plan.GetProperty("routes").EnumerateArray()
                                          from stop in route.GetProperty("stops").EnumerateArray()
                                          where stop.GetProperty("parcelIds").GetArrayLength() > 0
                                          select (route.Count("routeNo"), stop.Count("stopNo")))
        {
            if (taken >= 5) break;
            foreach (var taker in (await dispatcher.GetAsync($"/api/plans/{planId}/takers/{routeNo}/{stopNo}")).GetProperty("takers").EnumerateArray())
            {
                object[] edits = [new { kind = "moveStop", fromRoute = routeNo, stopNo, toRoute = taker.Count("routeNo"), position = taker.Count("position") }];
                var price = await dispatcher.PostAsync($"/api/plans/{planId}/price", edits);
                Assert.True(price.GetProperty("isLegal").GetBoolean(), $"Route {taker.Count("routeNo")} cannot take stop {stopNo} of route {routeNo}: {price.GetProperty("violations").GetRawText()}");
                Assert.Equal(price.GetProperty("costFen").GetInt64(), taker.GetProperty("costFen").GetInt64());
                taken++;
            }
        }

        Assert.True(taken > 0, "Of all stops of the day some other vehicle could make at least one.");
        await dispatcher.GetAsync($"/api/plans/{planId}/takers/999/1", HttpStatusCode.NotFound);
        await dispatcher.GetAsync($"/api/plans/{planId}/takers/1/0", HttpStatusCode.NotFound);
    }
}
