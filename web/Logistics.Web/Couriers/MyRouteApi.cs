using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Couriers;

/// <summary>What a courier may see of the plan: the published route of their own vehicle, and nothing else.</summary>
public static class MyRouteApi
{
    public static void MapMyRoute(this IEndpointRouteBuilder app) => app.MapGet("/api/my-route", GetAsync)
        .RequireAuthorization(Policies.Deliver).WithTags("Courier").WithSummary("The signed-in courier's own published route: stops in order with times, places and parcels; day = today.");

    private static async Task<Ok<MyRouteView>> GetAsync(DateOnly? day, Caller caller, LogisticsStorage storage, NetworkCache cache, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(await storage.ReadAsync(async db =>
        {
            var network = await cache.GetAsync(db);
            var on = day ?? network.Area.DayOf(time.GetUtcNow());
            // Asked anew each time: a session outlives the day on which an account was given to another courier.
            var user = await storage.Users.FindAsync(db, caller.UserId);
            var courier = user?.CourierId is { } id ? network.Couriers.FirstOrDefault(c => c.Id == id) : null;
            if (courier is null) return new MyRouteView(on, MyRouteState.NoCourier, null, null, null, []);
            if (await storage.Plans.FindPublishedAsync(db, network.Area.Id, on) is not { } plan) return new MyRouteView(on, MyRouteState.NoPlan, courier.Name, null, null, []);
            var views = await MyRouteViews.ReadAsync(db, storage, network, plan, courier.Id);
            return new MyRouteView(on, views.Count > 0 ? MyRouteState.Ready : MyRouteState.NoRoute, courier.Name, plan.Version, plan.PublishedAt, views);
        }, cancellationToken));
}
