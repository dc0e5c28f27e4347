using System.Globalization;
using System.Text.Json;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Network;

/// <summary>Who drives what on which day.</summary>
internal static class ShiftsApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/shifts").RequireAuthorization(Policies.Steer).WithTags("Network");
        group.MapPost("", (ShiftView view, Caller caller, HttpContext context, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken) =>
            SaveAsync(storage.Ids.New(IdPrefix.Shift), isNew: true, view, caller, context, storage, cache, cancellationToken)).WithSummary("Adds a shift.");
        group.MapPut("/{id}", (string id, ShiftView view, Caller caller, HttpContext context, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken) =>
            SaveAsync(id, isNew: false, view, caller, context, storage, cache, cancellationToken)).WithSummary("Changes a shift.");
        group.MapDelete("/{id}", DeleteAsync).WithSummary("Deletes a shift.");
    }

    private static async Task<Results<Ok<ShiftView>, ProblemHttpResult>> SaveAsync(
        string id, bool isNew, ShiftView view, Caller caller, HttpContext context, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken) =>
        await storage.WriteAsync<Results<Ok<ShiftView>, ProblemHttpResult>>(async db =>
        {
            var network = await cache.GetAsync(db);
            var stored = isNew ? null : await storage.Shifts.FindAsync(db, id);
            if (!isNew && stored is null) return ApiProblems.NotFound("shift", id);
            var problems = new List<FieldProblem>();
            var others = (await storage.Shifts.ListAsync(db, network.Area.Id, view.Day)).Where(s => s.Id != id).ToList();
            var shift = Read(view, stored, id, network, others, problems);
            if (shift is null) return ApiProblems.Invalid(problems);
            await storage.Shifts.SaveAsync(db, shift, caller.ToActor(null, context));
            return TypedResults.Ok(NetworkViews.View(shift, network.Area));
        }, cancellationToken);

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, ReasonBody? body, Caller caller, HttpContext context, LogisticsStorage storage, CancellationToken cancellationToken) =>
        await storage.WriteAsync(db => storage.Shifts.DeleteAsync(db, id, caller.ToActor(body?.Reason, context)), cancellationToken) ? TypedResults.NoContent() : ApiProblems.NotFound("shift", id);

    private static Shift? Read(ShiftView v, Shift? stored, string id, NetworkSnapshot network, List<Shift> others, List<FieldProblem> problems)
    {
        var check = new FieldChecks(problems);
        check.Known("courierId", v.CourierId, network.FindCourier(v.CourierId)?.Id, "courier");
        check.Known("vehicleId", v.VehicleId, network.FindVehicle(v.VehicleId)?.Id, "vehicle");
        var span = Clock.ReadSpan(v.StartLocal, v.EndLocal, "startLocal", "endLocal", problems);
        var breaks = (v.Breaks ?? []).Select((b, i) =>
        {
            check.Range($"breaks[{i}].durationSeconds", b.DurationSeconds, 60, 4 * 3600);
            return (Window: Clock.ReadSpan(b.FromLocal, b.UntilLocal, $"breaks[{i}].fromLocal", $"breaks[{i}].untilLocal", problems), b.DurationSeconds);
        }).ToList();
        if (span is null || problems.Count > 0) return null;
        var window = network.Area.WindowOf(v.Day, span.Value);
        foreach (var other in others.Where(o => o.Start < window.End && window.Start < o.End))
        {
            if (other.VehicleId == v.VehicleId) check.Add("vehicleId", v.VehicleId, "shift.overlap", $"The vehicle already drives from {Clock.Text(other.Start, network.Area)} to {Clock.Text(other.End, network.Area)} on {v.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");
            if (other.CourierId == v.CourierId) check.Add("courierId", v.CourierId, "shift.overlap", $"The courier already works from {Clock.Text(other.Start, network.Area)} to {Clock.Text(other.End, network.Area)} on {v.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.");
        }
        if (problems.Count > 0) return null;
        return (stored ?? new Shift(id, network.Area.Id, v.Day, v.CourierId, v.VehicleId, window.Start, window.End)) with
        {
            Day = v.Day,
            CourierId = v.CourierId,
            VehicleId = v.VehicleId,
            Start = window.Start,
            End = window.End,
            Breaks = [.. breaks.Select(b => new ShiftBreak(network.Area.InstantOf(v.Day, b.Window!.Value.StartMinute), network.Area.InstantOf(v.Day, b.Window.Value.EndMinute), b.DurationSeconds))],
        };
    }
}
