using System.Text.Json;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Logistics.Web.Orders;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Quarantine;

public enum QuarantineState
{
    Open,
    Released,
    Rejected,
}

public sealed record QuarantineView(
    string Id, string? ImportId, int Row, string? PartnerId, string Waybill, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<FieldProblem> Problems, QuarantineState State, DateTimeOffset At);

public sealed record MendedFields(Dictionary<string, string>? Fields);

/// <summary>Orders that broke rules wait here: mended and released, or rejected; nothing is dropped silently.</summary>
public static class QuarantineApi
{
    private const int MostRows = 500;

    public static void MapQuarantine(this IEndpointRouteBuilder app)
    {
        var quarantine = app.MapGroup("/api/quarantine").WithTags("Intake");
        quarantine.MapGet("", ListAsync).RequireAuthorization(Policies.Orders).WithSummary("Quarantined rows, oldest first; state = open (default), released, rejected or all.");
        quarantine.MapPut("/{id}", MendAsync).RequireAuthorization(Policies.SendOrders).WithSummary("Stores mended fields and checks the row again.");
        quarantine.MapPost("/{id}/release", ReleaseAsync).RequireAuthorization(Policies.SendOrders).WithSummary("Makes the row an order, if nothing is wrong with it any more.");
        quarantine.MapPost("/{id}/reject", RejectAsync).RequireAuthorization(Policies.SendOrders).WithSummary("Rejects the row for good, with a reason.");
    }

    private static async Task<Results<Ok<Page<QuarantineView>>, ProblemHttpResult>> ListAsync(
        string? state, string? importId, string? after, int? limit, Caller caller, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken)
    {
        QuarantineStatus? status = QuarantineStatus.Open;
        if (string.Equals(state, "all", StringComparison.OrdinalIgnoreCase)) status = null;
        else if (!string.IsNullOrEmpty(state))
        {
            if (!char.IsLetter(state[0]) || !Enum.TryParse<QuarantineStatus>(state, ignoreCase: true, out var parsed)) return ApiProblems.Invalid("state", state, "format", $"state \"{state}\" must be open, released, rejected or all.");
            status = parsed;
        }
        var take = Math.Clamp(limit ?? 200, 1, MostRows);
        return await storage.ReadAsync<Results<Ok<Page<QuarantineView>>, ProblemHttpResult>>(async db =>
        {
            var areaId = (await cache.GetAsync(db)).Area.Id;
            var rows = await storage.Quarantine.ListAsync(db, caller.Scope, areaId, status, importId, take + 1, after);
            var open = status == QuarantineStatus.Open && importId is null ? await storage.Quarantine.CountOpenAsync(db, caller.Scope, areaId) : Math.Min(rows.Count, take);
            var views = rows.Take(take).Select(View).ToList();
            return TypedResults.Ok(new Page<QuarantineView>(views, rows.Count > take ? views[^1].Id : null, open));
        }, cancellationToken);
    }

    private static async Task<Results<Ok<QuarantineView>, ProblemHttpResult>> MendAsync(
        string id, MendedFields body, Caller caller, HttpContext context, LogisticsStorage storage, NetworkCache cache, TimeProvider time, CancellationToken cancellationToken)
    {
        if (body.Fields is null) return ApiProblems.Invalid("fields", null, "required", "fields is needed: the row's fields by name.");
        if (body.Fields.Values.Any(v => v?.Length > 1000)) return ApiProblems.Invalid("fields", null, "range", "A field has more than 1000 characters.");
        return await storage.WriteAsync<Results<Ok<QuarantineView>, ProblemHttpResult>>(async db =>
        {
            if (await storage.Quarantine.FindAsync(db, caller.Scope, id) is not { } row) return ApiProblems.NotFound("quarantined row", id);
            if (row.Status != QuarantineStatus.Open) return ApiProblems.Conflict($"The row was already {row.Status}.", "quarantine.closed");
            var network = await cache.GetAsync(db);
            var reading = Reader(network, row, time).Read(body.Fields, network.FindPartner(caller.PartnerId)?.Code);
            var problems = Check(reading, network, caller, time);
            var mended = await storage.Quarantine.MendAsync(db, row, reading.Draft, JsonSerializer.Serialize(body.Fields, WireJson.Options), problems, caller.ToActor("mended", context));
            return TypedResults.Ok(View(mended));
        }, cancellationToken);
    }

    private static async Task<Results<Ok<IntakeItem>, ProblemHttpResult>> ReleaseAsync(
        string id, Caller caller, HttpContext context, LogisticsStorage storage, NetworkCache cache, LiveFeed feed, CancellationToken cancellationToken)
    {
        var result = await storage.WriteAsync<Results<Ok<IntakeItem>, ProblemHttpResult>>(async db =>
        {
            if (await storage.Quarantine.FindAsync(db, caller.Scope, id) is not { } row) return ApiProblems.NotFound("quarantined row", id);
            var unread = row.Problems.Where(p => p.Rule == "format" && row.Status == QuarantineStatus.Open).ToList();
            if (unread.Count > 0) return ApiProblems.Invalid([.. unread.Select(p => WireNames.Problem(p))], "The row cannot be released yet.");
            var outcome = await storage.Imports.ReleaseAsync(db, caller.Scope, await cache.GetAsync(db), id, row.Draft, caller.ToActor("released", context));
            if (!outcome.IsAccepted) return ApiProblems.Conflict(outcome.Refusal.Message, outcome.Refusal.Code);
            if (outcome.Value.Result == RowResult.Quarantined) return ApiProblems.Invalid([.. outcome.Value.Problems.Select(p => WireNames.Problem(p))], "The row cannot be released yet.");
            return TypedResults.Ok(new IntakeItem(row.RowNumber, outcome.Value.Waybill ?? "", OrderViews.Outcome(outcome.Value.Result), outcome.Value.ParcelId, [.. outcome.Value.Problems.Select(p => WireNames.Problem(p))]));
        }, cancellationToken);
        feed.Publish(new LiveEvent("board", new OrdersChanged(null, 1), caller.PartnerId));
        return result;
    }

    private static async Task<Results<Ok<QuarantineView>, ProblemHttpResult>> RejectAsync(
        string id, ReasonBody? body, Caller caller, HttpContext context, LogisticsStorage storage, LiveFeed feed, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body?.Reason)) return ApiProblems.Invalid("reason", null, "required", "reason is needed to reject a row.");
        var outcome = await storage.WriteAsync(db => storage.Quarantine.RejectAsync(db, caller.Scope, id, caller.ToActor(body.Reason, context)), cancellationToken);
        if (!outcome.IsAccepted) return outcome.Refusal.Code == "quarantine.unknown" ? ApiProblems.NotFound("quarantined row", id) : ApiProblems.Conflict(outcome.Refusal.Message, outcome.Refusal.Code);
        feed.Publish(new LiveEvent("board", new OrdersChanged(null, 1), caller.PartnerId));
        return TypedResults.Ok(View(outcome.Value));
    }

    private static IReadOnlyList<OrderProblem> Check(DraftReading reading, NetworkSnapshot network, Caller caller, TimeProvider time) =>
        OrderFaults.List([.. reading.Problems.Select(WireNames.ToDomain)], OrderRules.Check(reading.Draft, network, time.GetUtcNow()), reading.Draft, network, caller.Scope);

    private static OrderFields Reader(NetworkSnapshot network, QuarantineRow row, TimeProvider time) => new(network.Area, network.Area.DayOf(row.At > time.GetUtcNow() ? row.At : time.GetUtcNow()));

    private static QuarantineView View(QuarantineRow row) => new(
        row.Id, row.BatchId, row.RowNumber, row.PartnerId, row.Waybill ?? "", Fields(row), [.. row.Problems.Select(p => WireNames.Problem(p))], (QuarantineState)row.Status, row.At);

    private static Dictionary<string, string> Fields(QuarantineRow row) =>
        row.RawText is { } raw && raw.StartsWith('{') ? JsonSerializer.Deserialize<Dictionary<string, string>>(raw, WireJson.Options)! : OrderFields.Write(row.Draft);
}
