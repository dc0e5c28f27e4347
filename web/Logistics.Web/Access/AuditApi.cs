using System.Text.Json.Nodes;
using Logistics.Domain;
using Logistics.Storage;
using Logistics.Web.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Logistics.Web.Access;

public sealed record AuditView(
    string Id, DateTimeOffset At, string Actor, string Action, string Object, string? Reason, JsonNode? Before, JsonNode? After, string? Remote);

public static class AuditApi
{
    private const int MostRows = 500;

    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapGet("/api/audit", ListAsync)
        .RequireAuthorization(Policies.Audit).WithTags("Users").WithSummary("Who changed what, newest first. object = kind or kind/id; actor = account name or id; after = the last id of the page before.");

    private static async Task<Ok<Page<AuditView>>> ListAsync(string? @object, string? actor, string? after, int? limit, LogisticsStorage storage, CancellationToken cancellationToken)
    {
        var take = Math.Clamp(limit ?? 100, 1, MostRows);
        var (kind, id) = (@object ?? "").Split('/', 2) is [var k, var i] ? (k, i) : (string.IsNullOrEmpty(@object) ? null : @object, null);
        var (names, entries) = await storage.ReadAsync(async db =>
        {
            var users = await storage.Users.ListAsync(db);
            var actorId = users.Find(u => string.Equals(u.SignInName, actor, StringComparison.OrdinalIgnoreCase))?.Id ?? (string.IsNullOrEmpty(actor) ? null : actor);
            var filter = new AuditFilter { Actor = actorId, ObjectKind = kind, ObjectId = id, BeforeId = after, Limit = take + 1 };
            return (users.ToDictionary(u => u.Id, u => u.SignInName, StringComparer.Ordinal), await storage.Audit.ListAsync(db, PartnerScope.Everyone, filter));
        }, cancellationToken);
        var rows = entries.Take(take).Select(e => View(e, names)).ToList();
        return TypedResults.Ok(new Page<AuditView>(rows, entries.Count > take ? rows[^1].Id : null, rows.Count));
    }

    private static AuditView View(AuditEntry e, Dictionary<string, string> names) => new(
        e.Id, e.At, names.GetValueOrDefault(e.Actor, e.Actor), e.Action, $"{e.ObjectKind}/{e.ObjectId}", e.Reason, Parse(e.Before), Parse(e.After), e.Remote);

    private static JsonNode? Parse(string? json) => json is null ? null : JsonNode.Parse(json);
}
