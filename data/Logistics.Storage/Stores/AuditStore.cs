using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>What to look for in the audit trail; unset fields do not filter.</summary>
public sealed record AuditFilter
{
    public string? Actor { get; init; }
    public string? ObjectKind { get; init; }
    public string? ObjectId { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? Until { get; init; }

    /// <summary>Entries older than this id; for the next page.</summary>
    public string? BeforeId { get; init; }

    public int Limit { get; init; } = 100;
}

/// <summary>The audit trail. Entries are only ever added, in the transaction of the change they describe.</summary>
public sealed class AuditStore(TimeProvider time, IdFactory ids)
{
    /// <param name="before">Serialised as domain JSON; must not hold personal data.</param>
    /// <param name="after">Likewise.</param>
    public Task WriteAsync<T>(Db db, Actor actor, string action, string objectKind, string objectId, T? before, T? after, string? partnerId = null) where T : class =>
        WriteAsync(db, new AuditEntry(
            ids.New(IdPrefix.Audit), time.GetUtcNow(), actor.Id, action, objectKind, objectId,
            before is null ? null : DomainJson.Write(before), after is null ? null : DomainJson.Write(after), actor.Reason)
        {
            PartnerId = partnerId,
            Remote = actor.Remote,
        });

    public Task WriteAsync(Db db, AuditEntry e) => db.ExecuteAsync(
        """
        insert into audit_entry (id, at, actor, action, object_kind, object_id, partner_id, before_doc, after_doc, reason, remote)
        values (@id, @at, @actor, @action, @kind, @object, @partner, @before, @after, @reason, @remote)
        """,
        ("id", e.Id), ("at", e.At), ("actor", e.Actor), ("action", e.Action), ("kind", e.ObjectKind), ("object", e.ObjectId),
        ("partner", e.PartnerId), ("before", e.Before), ("after", e.After), ("reason", e.Reason), ("remote", e.Remote));

    /// <summary>Newest first.</summary>
    public Task<List<AuditEntry>> ListAsync(Db db, PartnerScope scope, AuditFilter filter)
    {
        var where = new Conditions(scope)
            .And("actor = @actor", "actor", filter.Actor)
            .And("object_kind = @kind", "kind", filter.ObjectKind)
            .And("object_id = @object", "object", filter.ObjectId)
            .And("at >= @from", "from", filter.From)
            .And("at < @until", "until", filter.Until)
            .And("id < @before", "before", filter.BeforeId);
        where.Bind("limit", filter.Limit);
        return db.ListAsync($"select * from audit_entry where {where.Text} order by id desc limit @limit", Read, where.Values);
    }

    private static AuditEntry Read(Row r) => new(
        r.Text("id"), r.Instant("at"), r.Text("actor"), r.Text("action"), r.Text("object_kind"), r.Text("object_id"),
        r.TextOrNull("before_doc"), r.TextOrNull("after_doc"), r.TextOrNull("reason"))
    {
        PartnerId = r.TextOrNull("partner_id"),
        Remote = r.TextOrNull("remote"),
    };
}
