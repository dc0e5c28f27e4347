using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>Rows that could not become orders, until somebody mends or rejects them. Drafts hold personal data and are encrypted.</summary>
public sealed class QuarantineStore
{
    private static readonly string[] Columns =
        ["id", "area_id", "batch_id", "partner_id", "row_number", "waybill", "status", "draft", "raw_text", "problems", "at"];

    private readonly AuditStore _audit;
    private readonly PersonalDataCipher _cipher;
    private readonly TimeProvider _time;

    internal QuarantineStore(AuditStore audit, PersonalDataCipher cipher, TimeProvider time)
    {
        _audit = audit;
        _cipher = cipher;
        _time = time;
    }

    public Task<QuarantineRow?> FindAsync(Db db, PartnerScope scope, string id) => db.FindAsync(
        "select * from quarantine_row where id = @id" + scope.And("partner_id") + (db.IsWriter ? db.Dialect.ForUpdate : ""), Read, scope.Bind(("id", id)));

    /// <summary>Oldest first.</summary>
    /// <param name="status">Null for all.</param>
    public Task<List<QuarantineRow>> ListAsync(
        Db db, PartnerScope scope, string areaId, QuarantineStatus? status = QuarantineStatus.Open, string? batchId = null, int limit = 500, string? afterId = null)
    {
        var sql = "select * from quarantine_row where area_id = @area" + scope.And("partner_id");
        var values = new List<(string, object?)>(scope.Bind(("area", areaId), ("limit", limit)));
        if (status is not null)
        {
            sql += " and status = @status";
            values.Add(("status", status));
        }
        if (batchId is not null)
        {
            sql += " and batch_id = @batch";
            values.Add(("batch", batchId));
        }
        if (afterId is not null)
        {
            sql += " and id > @after";
            values.Add(("after", afterId));
        }
        return db.ListAsync(sql + " order by id limit @limit", Read, [.. values]);
    }

    public Task<long> CountOpenAsync(Db db, PartnerScope scope, string areaId) => db.NumberAsync(
        "select count(*) from quarantine_row where area_id = @area and status = 'open'" + scope.And("partner_id"), scope.Bind(("area", areaId)));

    /// <summary>Stores what somebody corrected in an open row, and what is still wrong with it.</summary>
    public async Task<QuarantineRow> MendAsync(Db db, QuarantineRow row, OrderDraft draft, string? rawText, IReadOnlyList<OrderProblem> problems, Actor actor)
    {
        var mended = row with { Draft = draft, RawText = rawText, Problems = problems };
        await db.ExecuteAsync(
            "update quarantine_row set waybill = @waybill, draft = @draft, raw_text = @raw, problems = @problems where id = @id and status = 'open'",
            ("waybill", mended.Waybill), ("draft", _cipher.Encrypt(DomainJson.Write(draft), row.Id)), ("raw", rawText is null ? null : _cipher.Encrypt(rawText, row.Id)),
            ("problems", DomainJson.Write(problems)), ("id", row.Id));
        // Fields hold personal data, so the trail keeps only which rules were broken before and after.
        await _audit.WriteAsync(db, actor, "quarantine.mend", "quarantine", row.Id, new RowRules(row.Problems), new RowRules(problems), row.PartnerId);
        return mended;
    }

    /// <summary>Rejects a row for good; the reason is the actor's.</summary>
    public async Task<Outcome<QuarantineRow>> RejectAsync(Db db, PartnerScope scope, string id, Actor actor) =>
        await FindAsync(db, scope, id) is { } row
            ? await CloseAsync(db, row, QuarantineStatus.Rejected, actor)
            : new Refusal("quarantine.unknown", $"There is no quarantined row {id}.");

    /// <summary>Removes rows closed before <paramref name="before"/>, which hold personal data; their batch keeps the counts.</summary>
    /// <returns>How many were removed.</returns>
    public Task<int> PurgeClosedAsync(Db db, DateTimeOffset before) =>
        db.ExecuteAsync("delete from quarantine_row where status <> 'open' and closed_at < @before", ("before", before));

    internal async Task<Outcome<QuarantineRow>> CloseAsync(Db db, QuarantineRow row, QuarantineStatus status, Actor actor)
    {
        var outcome = row.Close(status, actor.Id, actor.Reason, _time.GetUtcNow());
        if (!outcome.IsAccepted) return outcome;
        await db.ExecuteAsync(
            "update quarantine_row set status = @status, closed_at = @at, closed_by = @by, closing_reason = @reason where id = @id",
            ("status", status), ("at", outcome.Value.ClosedAt), ("by", actor.Id), ("reason", actor.Reason), ("id", row.Id));
        await _audit.WriteAsync(
            db, actor, status == QuarantineStatus.Released ? "quarantine.release" : "quarantine.reject", "quarantine", row.Id,
            new RowStatus(row.Waybill, row.Status), new RowStatus(row.Waybill, status), row.PartnerId);
        return outcome;
    }

    internal Task InsertAsync(Db db, IReadOnlyCollection<QuarantineRow> rows) => db.InsertManyAsync("quarantine_row", Columns, rows.Select(q => new object?[]
    {
        q.Id, q.AreaId, q.BatchId, q.PartnerId, q.RowNumber, q.Waybill, q.Status, _cipher.Encrypt(DomainJson.Write(q.Draft), q.Id),
        q.RawText is null ? null : _cipher.Encrypt(q.RawText, q.Id), DomainJson.Write(q.Problems), q.At,
    }));

    private QuarantineRow Read(Row r)
    {
        var id = r.Text("id");
        return new QuarantineRow(
            id, r.Text("area_id"), r.Text("batch_id"), r.TextOrNull("partner_id"), r.Int("row_number"),
            DomainJson.Read<OrderDraft>(_cipher.Decrypt(r.Bytes("draft"), id)),
            r.BytesOrNull("raw_text") is { } raw ? _cipher.Decrypt(raw, id) : null,
            r.Json<IReadOnlyList<OrderProblem>>("problems"), r.Instant("at"))
        {
            Status = r.Enum<QuarantineStatus>("status"),
            ClosedAt = r.InstantOrNull("closed_at"),
            ClosedBy = r.TextOrNull("closed_by"),
            ClosingReason = r.TextOrNull("closing_reason"),
        };
    }

    private sealed record RowRules(IReadOnlyList<string> Problems)
    {
        public RowRules(IReadOnlyList<OrderProblem> problems) : this([.. problems.Select(p => $"{p.Field}: {p.Rule}")])
        {
        }
    }

    private sealed record RowStatus(string? Waybill, QuarantineStatus Status);
}
