using System.Text.Json;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Logistics.Web.Network;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Logistics.Web.Orders;

/// <summary>Orders in by API, idempotent by partner and waybill; orders out as lists without personal data.</summary>
public static class OrdersApi
{
    private const long MostBytes = 48L * 1024 * 1024;
    private const int MostOrders = 20_000, MostRows = 1_000;

    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/api/orders").WithTags("Orders");
        orders.MapGet("", ListAsync).RequireAuthorization(Policies.Orders).WithSummary("Orders, oldest first. q = beginning of a waybill, or the last four digits of a phone.");
        orders.MapGet("/{id}", FindAsync).RequireAuthorization(Policies.Orders).WithSummary("One order with its options and history.");
        orders.MapPost("", SendOneAsync).RequireAuthorization(Policies.SendOrders).WithMetadata(new RequestSizeLimitAttribute(64 * 1024))
            .WithSummary("Sends one order. The same order again changes nothing; a changed one is a revision until it is loaded.");
        orders.MapPost("/bulk", SendManyAsync).RequireAuthorization(Policies.SendOrders).WithMetadata(new RequestSizeLimitAttribute(MostBytes))
            .WithSummary($"Sends up to {MostOrders} orders in one transaction; a bad one goes to quarantine and does not stop the others.");
        orders.MapPost("/{id}/cancel", CancelAsync).RequireAuthorization(Policies.SendOrders).WithSummary("Cancels an order that is not loaded yet.");
    }

    private static async Task<Results<Ok<Page<OrderRow>>, ProblemHttpResult>> ListAsync(
        DateOnly? day, string? state, string? partnerId, string? terminalId, string? q, int? limit, string? after,
        Caller caller, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken)
    {
        var states = new List<ParcelState>();
        foreach (var word in (state ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!Enum.TryParse<ParcelStateView>(word, ignoreCase: true, out var parsed) || !char.IsLetter(word[0]))
            {
                return ApiProblems.Invalid("state", word, "format", $"state \"{word}\" must be one of {string.Join(", ", Enum.GetNames<ParcelStateView>().Select(n => char.ToLowerInvariant(n[0]) + n[1..]))}.");
            }
            states.Add(OrderViews.State(parsed));
        }
        var take = Math.Clamp(limit ?? 200, 1, MostRows);
        var text = q?.Trim();
        var isTail = text is { Length: 4 } && text.All(char.IsAsciiDigit);
        return await storage.ReadAsync<Results<Ok<Page<OrderRow>>, ProblemHttpResult>>(async db =>
        {
            var filter = new OrderFilter
            {
                AreaId = (await cache.GetAsync(db)).Area.Id,
                Day = day,
                States = states,
                PartnerId = partnerId,
                TerminalId = terminalId,
                PhoneTail = isTail ? text : null,
                WaybillPrefix = isTail || string.IsNullOrEmpty(text) ? null : text,
                AfterId = after,
                Limit = take + 1,
            };
            var found = await storage.Orders.ListAsync(db, caller.Scope, filter);
            var total = await storage.Orders.CountAsync(db, caller.Scope, filter);
            var rows = found.Take(take).Select(OrderViews.Row).ToList();
            return TypedResults.Ok(new Page<OrderRow>(rows, found.Count > take ? rows[^1].Id : null, total));
        }, cancellationToken);
    }

    private static async Task<Results<Ok<OrderDetail>, ProblemHttpResult>> FindAsync(string id, Caller caller, LogisticsStorage storage, NetworkCache cache, CancellationToken cancellationToken) =>
        await storage.ReadAsync<Results<Ok<OrderDetail>, ProblemHttpResult>>(async db => await storage.Orders.FindAsync(db, caller.Scope, id) is { } parcel
            ? TypedResults.Ok(OrderViews.Detail(parcel, await cache.GetAsync(db), await OrderHistory.ReadAsync(db, storage, parcel, caller)))
            : ApiProblems.NotFound("order", id), cancellationToken);

    private static async Task<Results<Ok<IntakeResult>, ProblemHttpResult>> SendOneAsync(JsonElement order, Caller caller, HttpContext context, OrderIntake intake, CancellationToken cancellationToken) =>
        order.ValueKind == JsonValueKind.Object
            ? TypedResults.Ok(await intake.TakeAsync([order], caller, context, cancellationToken))
            : ApiProblems.Invalid("body", order.ValueKind.ToString(), "format", "The body must be one order; send a list to /api/orders/bulk.");

    private static async Task<Results<Ok<IntakeResult>, ProblemHttpResult>> SendManyAsync(HttpRequest request, Caller caller, HttpContext context, OrderIntake intake, CancellationToken cancellationToken)
    {
        using var body = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancellationToken);
        if (body.RootElement.ValueKind != JsonValueKind.Array) return ApiProblems.Invalid("body", body.RootElement.ValueKind.ToString(), "format", "The body must be a list of orders.");
        var count = body.RootElement.GetArrayLength();
        if (count > MostOrders) return ApiProblems.Invalid("body", count.ToString(System.Globalization.CultureInfo.InvariantCulture), "range", $"The list has {count} orders; at most {MostOrders} are taken at once. Send the rest in further requests.");
        return TypedResults.Ok(await intake.TakeAsync(body.RootElement.EnumerateArray(), caller, context, cancellationToken));
    }

    private static async Task<Results<Ok<OrderRow>, ProblemHttpResult>> CancelAsync(
        string id, ReasonBody? body, Caller caller, HttpContext context, LogisticsStorage storage, LiveFeed feed, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body?.Reason)) return ApiProblems.Invalid("reason", null, "required", "reason is needed to cancel an order.");
        var outcome = await storage.WriteAsync(db => storage.Orders.ApplyAsync(db, caller.Scope, id, ParcelAction.Cancel, caller.ToActor(body.Reason, context)), cancellationToken);
        if (!outcome.IsAccepted) return outcome.Refusal.Code == "parcel.unknown" ? ApiProblems.NotFound("order", id) : ApiProblems.Conflict(outcome.Refusal.Message, outcome.Refusal.Code);
        feed.Publish(new LiveEvent("board", new OrdersChanged(outcome.Value.Day, 1), outcome.Value.PartnerId));
        return TypedResults.Ok(OrderViews.Row(outcome.Value));
    }
}

/// <summary>Tells the open pages that the board of a day is worth reading again.</summary>
public sealed record OrdersChanged(DateOnly? Day, int Count);

/// <summary>Takes orders of the API into the network, all in one transaction.</summary>
public sealed class OrderIntake(LogisticsStorage storage, NetworkCache cache, LiveFeed feed)
{
    public async Task<IntakeResult> TakeAsync(IEnumerable<JsonElement> orders, Caller caller, HttpContext context, CancellationToken cancellationToken)
    {
        var network = await cache.GetAsync(cancellationToken);
        var ownPartner = network.FindPartner(caller.PartnerId)?.Code;
        var incoming = orders.Select((order, i) => Incoming(i + 1, OrderJsonReader.Read(order, ownPartner))).ToList();
        var outcome = await storage.WriteAsync(
            db => storage.Imports.ImportAsync(db, caller.Scope, network, incoming, ImportSource.Api, null, caller.ToActor(null, context)), cancellationToken);
        feed.Publish(new LiveEvent("board", new OrdersChanged(null, outcome.Batch.Rows), caller.PartnerId));
        return OrderViews.Result(outcome);
    }

    /// <param name="reading">Its fields are kept as text only where something could not be read.</param>
    public static IncomingOrder Incoming(int row, DraftReading reading) => new(
        row, reading.Draft, reading.Fields.Count == 0 ? null : JsonSerializer.Serialize(reading.Fields, WireJson.Options), [.. reading.Problems.Select(WireNames.ToDomain)]);
}

/// <summary>A parcel's history, from the audit trail.</summary>
internal static class OrderHistory
{
    public static async Task<IReadOnlyList<HistoryView>> ReadAsync(Db db, LogisticsStorage storage, Parcel parcel, Caller caller)
    {
        var names = caller.IsPartner ? null : (await storage.Users.ListAsync(db)).ToDictionary(u => u.Id, u => u.SignInName, StringComparer.Ordinal);
        var entries = await storage.Audit.ListAsync(db, caller.Scope, new AuditFilter { ObjectKind = "parcel", ObjectId = parcel.Id, Limit = 200 });
        var history = new List<HistoryView> { new(parcel.CreatedAt, ParcelStateView.Promised, "", "order.create", null) };
        foreach (var entry in Enumerable.Reverse(entries))
        {
            if (State(entry.After) is not { } state) continue;
            // Partners see that we acted, not which of our people did.
            var actor = names is null ? (entry.Actor == caller.UserId ? caller.Name : "") : names.GetValueOrDefault(entry.Actor, entry.Actor);
            history.Add(new HistoryView(entry.At, state, actor, entry.Action, entry.Reason));
        }
        if (parcel.Assignment?.PlannedAt is not null && parcel.State == ParcelState.Planned) history.Add(new HistoryView(parcel.UpdatedAt, ParcelStateView.Planned, "", "plan.publish", null));
        return history;
    }

    private static ParcelStateView? State(string? after)
    {
        if (after is null) return null;
        using var document = JsonDocument.Parse(after);
        return document.RootElement.TryGetProperty("state", out var state) && Enum.TryParse<ParcelState>(state.GetString(), ignoreCase: true, out var parsed) ? OrderViews.State(parsed) : null;
    }
}
