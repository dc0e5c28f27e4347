using System.Text.Json;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Access;
using Logistics.Web.Hosting;
using Logistics.Web.Live;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Logistics.Web.Network;

/// <summary>Partners, hubs, terminals, vehicles, couriers, shifts and access rules: read together, changed one by one, every change audited.</summary>
public static class NetworkApi
{
    private const long MostBytes = 1024 * 1024;

    public static void MapNetwork(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/network", GetAsync).RequireAuthorization(Policies.SignedIn).WithTags("Network")
            .WithSummary("The whole network for staff; for partners the hubs and the terminals open to them, without fleet, couriers and rules. Shifts are those of day (default today).");
        var storage = app.ServiceProvider.GetRequiredService<LogisticsStorage>();
        Map<PartnerView, Partner>(app, "partners", "partner", IdPrefix.Partner, Policies.Administer, storage.Network.Partners, (v, s, id, _, p) => NetworkDrafts.Read(v, s, id, p), NetworkViews.View);
        Map<HubView, Hub>(app, "hubs", "hub", IdPrefix.Hub, Policies.Steer, storage.Network.Hubs, (v, s, id, n, p) => NetworkDrafts.Read(v, s, id, n.Area, p), NetworkViews.View);
        Map<TerminalView, Terminal>(app, "terminals", "terminal", IdPrefix.Terminal, Policies.Steer, storage.Network.Terminals, NetworkDrafts.Read, NetworkViews.View,
            (db, t, actor) => storage.Network.SaveTerminalAsync(db, t, actor), (db, id, actor) => storage.Network.DeleteTerminalAsync(db, id, actor));
        Map<VehicleView, Vehicle>(app, "vehicles", "vehicle", IdPrefix.Vehicle, Policies.Steer, storage.Network.Vehicles, NetworkDrafts.Read, NetworkViews.View);
        Map<CourierView, Courier>(app, "couriers", "courier", IdPrefix.Courier, Policies.Steer, storage.Network.Couriers, NetworkDrafts.Read, NetworkViews.View);
        Map<AccessRuleView, AccessRule>(app, "access-rules", "access rule", IdPrefix.AccessRule, Policies.Steer, storage.Network.AccessRules, NetworkDrafts.Read, NetworkViews.View);
        ShiftsApi.Map(app);
    }

    private static async Task<Ok<NetworkView>> GetAsync(DateOnly? day, Caller caller, LogisticsStorage storage, NetworkCache cache, TimeProvider time, CancellationToken cancellationToken)
    {
        var (network, shifts) = await storage.ReadAsync(async db =>
        {
            var snapshot = await cache.GetAsync(db);
            return (snapshot, await storage.Shifts.ListAsync(db, snapshot.Area.Id, day ?? snapshot.Area.DayOf(time.GetUtcNow())));
        }, cancellationToken);
        return TypedResults.Ok(caller.Role is Role.Administrator or Role.Dispatcher or Role.Auditor ? Whole(network, shifts) : Slice(network, caller));
    }

    private static NetworkView Whole(NetworkSnapshot n, List<Shift> shifts) => new(
        [.. n.Partners.Select(NetworkViews.View)], [.. n.Hubs.Select(NetworkViews.View)], [.. n.Terminals.Select(NetworkViews.View)], [.. n.Vehicles.Select(NetworkViews.View)],
        [.. n.Couriers.Select(NetworkViews.View)], [.. shifts.Select(s => NetworkViews.View(s, n.Area))], [.. n.AccessRules.Select(NetworkViews.View)]);

    // Partners learn where they may deliver, and nothing about each other.
    private static NetworkView Slice(NetworkSnapshot n, Caller caller) => new(
        [.. n.Partners.Where(p => p.Id == caller.PartnerId).Select(NetworkViews.View)],
        [.. n.Hubs.Select(NetworkViews.View)],
        [.. n.Terminals.Where(t => t.IsActive && (caller.PartnerId is null || t.Allows(caller.PartnerId))).Select(t => NetworkViews.View(t) with
        {
            AllowedPartnerIds = t.Partners.Count == 0 || caller.PartnerId is null ? null : [caller.PartnerId],
            Quotas = [.. t.Partners.Where(p => p.PartnerId == caller.PartnerId && p.DailyQuota is not null).Select(p => new QuotaView(p.PartnerId, p.DailyQuota))],
            // Gate codes are for those who go there.
            AccessNote = null,
        })],
        [], [], [], []);

    /// <summary>Reads a view into a record; null with problems added when it breaks rules.</summary>
    private delegate T? ReadView<TView, T>(TView view, T? stored, string id, NetworkSnapshot network, List<FieldProblem> problems);

    private static void Map<TView, T>(
        IEndpointRouteBuilder app, string path, string kind, string prefix, string policy, NetworkTable<T> table, ReadView<TView, T> read, Func<T, TView> view,
        Func<Db, T, Actor, Task>? save = null, Func<Db, string, Actor, Task<bool>>? delete = null) where T : class where TView : notnull
    {
        save ??= (db, item, actor) => table.SaveAsync(db, item, actor);
        delete ??= table.DeleteAsync;
        var group = app.MapGroup("/api/" + path).RequireAuthorization(policy).WithTags("Network").WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        group.MapPost("", async (JsonElement body, Caller caller, HttpContext context, NetworkWriter writer, LogisticsStorage storage, CancellationToken cancellationToken) =>
            await writer.SaveAsync(storage.Ids.New(prefix), kind, isNew: true, body, caller, context, table, read.Invoke, save, view, cancellationToken))
            .Accepts<TView>("application/json").Produces<TView>(StatusCodes.Status201Created).WithSummary($"Adds a {kind}.");
        group.MapPut("/{id}", async (string id, JsonElement body, Caller caller, HttpContext context, NetworkWriter writer, CancellationToken cancellationToken) =>
            await writer.SaveAsync(id, kind, isNew: false, body, caller, context, table, read.Invoke, save, view, cancellationToken))
            .Accepts<TView>("application/json").Produces<TView>().WithSummary($"Changes a {kind}.");
        group.MapDelete("/{id}", async (string id, ReasonBody? body, Caller caller, HttpContext context, NetworkWriter writer, CancellationToken cancellationToken) =>
            await writer.DeleteAsync(id, kind, body?.Reason, caller, context, delete, cancellationToken)).WithSummary($"Deletes a {kind} nothing refers to; otherwise set isActive to false.");
    }
}

/// <summary>Writes one network object in one transaction with its audit entry, and tells the open pages.</summary>
public sealed class NetworkWriter(LogisticsStorage storage, NetworkCache cache, LiveFeed feed)
{
    public async Task<Results<Ok<TView>, Created<TView>, ProblemHttpResult>> SaveAsync<TView, T>(
        string id, string kind, bool isNew, JsonElement body, Caller caller, HttpContext context, NetworkTable<T> table,
        Func<TView, T?, string, NetworkSnapshot, List<FieldProblem>, T?> read, Func<Db, T, Actor, Task> save, Func<T, TView> view, CancellationToken cancellationToken) where T : class
    {
        var draft = body.Deserialize<TView>(WireJson.Options) ?? throw new JsonException($"The body must be a {kind}.");
        var reason = body.TryGetProperty("reason", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        var result = await storage.WriteAsync<Results<Ok<TView>, Created<TView>, ProblemHttpResult>>(async db =>
        {
            var stored = isNew ? null : await table.FindAsync(db, id);
            if (!isNew && stored is null) return ApiProblems.NotFound(kind, id);
            var problems = new List<FieldProblem>();
            var item = read(draft, stored, id, await cache.GetAsync(db), problems);
            if (item is null || problems.Count > 0) return ApiProblems.Invalid(problems);
            await save(db, item, caller.ToActor(reason, context));
            await cache.TouchAsync(db);
            return isNew ? TypedResults.Created((string?)null, view(item)) : TypedResults.Ok(view(item));
        }, cancellationToken);
        feed.Publish("board", new NetworkChanged(kind, id));
        return result;
    }

    public async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id, string kind, string? reason, Caller caller, HttpContext context, Func<Db, string, Actor, Task<bool>> delete, CancellationToken cancellationToken)
    {
        try
        {
            var isDeleted = await storage.WriteAsync(async db =>
            {
                var found = await delete(db, id, caller.ToActor(reason, context));
                if (found) await cache.TouchAsync(db);
                return found;
            }, cancellationToken);
            if (!isDeleted) return ApiProblems.NotFound(kind, id);
        }
        catch (StorageException e) when (e.Fault == StorageFault.Conflict)
        {
            return ApiProblems.Conflict($"The {kind} {id} is still referred to. Set isActive to false instead.", "network.inUse");
        }
        feed.Publish("board", new NetworkChanged(kind, id));
        return TypedResults.NoContent();
    }
}

public sealed record NetworkChanged(string Kind, string Id);
