using Logistics.Planning.Days.Explaining;
using Logistics.Planning.Days.Repairs;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Plans;

/// <summary>Questions about a stored plan: why is this parcel left out, what does this stop cost, why this vehicle. Both end when the caller hangs up.</summary>
public static class ExplainApi
{
    public static void MapExplain(this IEndpointRouteBuilder app)
    {
        var explain = app.MapGroup("/api/plans/{id}/explain").WithTags("Plans").RequireAuthorization(Policies.Read);
        explain.MapGet("/parcels/{parcelId}", ParcelAsync).WithSummary("What keeps a parcel out of each vehicle by each of its options, and the smallest change that would serve it, confirmed by solving.");
        explain.MapGet("/stops/{routeNo:int}/{stopNo:int}", StopAsync).WithSummary("What a stop costs on its route, and what every other vehicle would ask for it.");
    }

    private static async Task<Results<Ok<UnservedAnswer>, ProblemHttpResult>> ParcelAsync(string id, string parcelId, RunningDays days, CancellationToken cancellationToken)
    {
        if (await days.FindAsync(id, cancellationToken) is not { } day) return ApiProblems.NotFound("plan with its problem", id);
        if (day.Model.RuledOut.FirstOrDefault(u => u.ParcelId == parcelId) is { } ruled) return ApiProblems.Conflict(ruled.Message, ruled.Code);
        return await AskAsync(() => DayExplainer.ExplainUnserved(day, parcelId, cancellationToken), cancellationToken) is { } answer
            ? TypedResults.Ok(answer)
            : ApiProblems.NotFound("parcel left out by this plan", parcelId);
    }

    private static async Task<Results<Ok<StopAnswer>, ProblemHttpResult>> StopAsync(string id, int routeNo, int stopNo, RunningDays days, CancellationToken cancellationToken)
    {
        if (await days.FindAsync(id, cancellationToken) is not { } day) return ApiProblems.NotFound("plan with its problem", id);
        if (routeNo < 1 || routeNo > day.DayPlan.Routes.Count) return ApiProblems.NotFound("route", $"{routeNo}");
        var route = day.DayPlan.Routes[routeNo - 1];
        var stop = RouteStops.List(route).ElementAtOrDefault(stopNo)?.Stop;
        if (stop is null || stop.Tasks.Count == 0) return ApiProblems.NotFound("stop with parcels", $"{routeNo}.{stopNo}");
        return await AskAsync(() => DayExplainer.ExplainStop(day, route.VehicleId, [.. stop.Tasks.Select(t => t.ParcelId)], cancellationToken), cancellationToken) is { } answer
            ? TypedResults.Ok(answer)
            : ApiProblems.Conflict("The stop is history: it is done or under way.", "stop.history");
    }

    private static Task<T?> AskAsync<T>(Func<T?> ask, CancellationToken cancellationToken)
        where T : class => Task.Run(ask, cancellationToken);
}
