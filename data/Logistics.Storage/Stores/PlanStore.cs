using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>A plan version without its routes, for lists.</summary>
public sealed record PlanHeader(
    string Id, string AreaId, DateOnly Day, int Version, string Name, PlanStatus Status, string? ParentId, DateTimeOffset CreatedAt, string CreatedBy,
    DateTimeOffset? PublishedAt, string? PublishedBy, int Parcels, int Unassigned, int Routes, int Violations, long TotalFen, string? ProblemHash, string? ResultHash);

/// <summary>Plan versions and the documents they were made from.</summary>
public sealed class PlanStore
{
    private readonly AuditStore _audit;
    private readonly PlanPublisher _publisher;
    private readonly TimeProvider _time;

    internal PlanStore(OrderStore orders, AuditStore audit, TimeProvider time)
    {
        _audit = audit;
        _time = time;
        _publisher = new PlanPublisher(this, orders, audit, time);
    }

    /// <summary>Stores a new version; its number is assigned here, counted from 1 within area and day.</summary>
    /// <param name="problemJson">The optimiser's input, kept for recomputation; null when there is none.</param>
    /// <param name="resultJson">The optimiser's output likewise.</param>
    /// <returns>The plan as stored, with version and document hashes.</returns>
    public async Task<DayPlan> CreateAsync(Db db, DayPlan plan, string? problemJson, string? resultJson, Actor actor)
    {
        await db.LockAsync($"plan:{plan.AreaId}");
        var newest = await db.NumberAsync("select max(version) from day_plan where area_id = @area and day = @day", ("area", plan.AreaId), ("day", plan.Day));
        var stored = plan with
        {
            Version = (int)newest + 1,
            Status = PlanStatus.Draft,
            PublishedAt = null,
            PublishedBy = null,
            ProblemHash = problemJson is null ? plan.ProblemHash : await SaveDocumentAsync(db, "problem", problemJson),
            ResultHash = resultJson is null ? plan.ResultHash : await SaveDocumentAsync(db, "result", resultJson),
        };
        var bodyHash = await SaveDocumentAsync(db, "plan", DomainJson.Write(stored));
        await db.InsertManyAsync(
            "day_plan",
            ["id", "area_id", "day", "version", "name", "status", "parent_id", "created_at", "created_by", "parcels", "unassigned", "routes", "violations", "total_fen", "body_hash", "problem_hash", "result_hash"],
            [[stored.Id, stored.AreaId, stored.Day, stored.Version, stored.Name, stored.Status, stored.ParentId, stored.CreatedAt, stored.CreatedBy,
              stored.CountParcels(), stored.Unassigned.Count, stored.Routes.Count, stored.Violations.Count, stored.Cost.TotalFen(), bodyHash, stored.ProblemHash, stored.ResultHash]]);
        await _audit.WriteAsync(db, actor, "plan.create", "plan", stored.Id, null, PlanSummary.Of(stored));
        return stored;
    }

    public async Task<DayPlan?> FindAsync(Db db, string id)
    {
        var found = await db.FindAsync(
            "select p.status, p.published_at, p.published_by, d.body from day_plan p join plan_document d on d.hash = p.body_hash where p.id = @id"
            + (db.IsWriter && db.Dialect.ForUpdate.Length > 0 ? db.Dialect.ForUpdate + " of p" : ""),
            ReadPlan, ("id", id));
        return found;
    }

    /// <summary>The day's published plan, or null.</summary>
    public async Task<DayPlan?> FindPublishedAsync(Db db, string areaId, DateOnly day)
    {
        var header = (await ListAsync(db, areaId, day)).Find(h => h.Status == PlanStatus.Published);
        return header is null ? null : await FindAsync(db, header.Id);
    }

    /// <summary>Newest version first.</summary>
    /// <param name="day">Null for every day, newest first.</param>
    public Task<List<PlanHeader>> ListAsync(Db db, string areaId, DateOnly? day = null, int limit = 200) => day is null
        ? db.ListAsync("select * from day_plan where area_id = @area order by day desc, version desc limit @limit", ReadHeader, ("area", areaId), ("limit", limit))
        : db.ListAsync("select * from day_plan where area_id = @area and day = @day order by version desc limit @limit", ReadHeader, ("area", areaId), ("day", day), ("limit", limit));

    /// <summary>The text stored under a hash, or null.</summary>
    public Task<string?> FindDocumentAsync(Db db, string hash) =>
        db.FindAsync("select body from plan_document where hash = @hash", r => Unpack(r.Bytes("body")), ("hash", hash));

    /// <summary>Publishes a draft: see <see cref="PlanPublisher"/>.</summary>
    public Task<Outcome<DayPlan>> PublishAsync(Db db, string planId, Actor actor) => _publisher.PublishAsync(db, planId, actor);

    /// <summary>Puts a draft aside; it stays readable.</summary>
    public async Task<Outcome<DayPlan>> DiscardAsync(Db db, string planId, Actor actor)
    {
        if (await FindAsync(db, planId) is not { } plan) return new Refusal("plan.unknown", $"There is no plan {planId}.");
        var outcome = PlanTransitions.Discard(plan);
        if (!outcome.IsAccepted) return outcome;
        await SaveStatusAsync(db, outcome.Value);
        await _audit.WriteAsync(db, actor, "plan.discard", "plan", planId, PlanSummary.Of(plan), PlanSummary.Of(outcome.Value));
        return outcome;
    }

    internal static Task SaveStatusAsync(Db db, DayPlan plan) => db.ExecuteAsync(
        "update day_plan set status = @status, published_at = @at, published_by = @by where id = @id",
        ("status", plan.Status), ("at", plan.PublishedAt), ("by", plan.PublishedBy), ("id", plan.Id));

    private async Task<string> SaveDocumentAsync(Db db, string kind, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        // Versions of one day share their problem; the hash stores it once.
        await db.ExecuteAsync(
            "insert into plan_document (hash, kind, body, created_at) values (@hash, @kind, @body, @at) on conflict (hash) do nothing",
            ("hash", hash), ("kind", kind), ("body", Pack(bytes)), ("at", _time.GetUtcNow()));
        return hash;
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        // Quality 4 halves the time of the default and packs plans to about a tenth all the same.
        using (var brotli = new BrotliStream(packed, new BrotliCompressionOptions { Quality = 4 })) brotli.Write(bytes);
        return packed.ToArray();
    }

    private static string Unpack(byte[] packed)
    {
        using var reader = new StreamReader(new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static DayPlan ReadPlan(Row r) => DomainJson.Read<DayPlan>(Unpack(r.Bytes("body"))) with
    {
        Status = r.Enum<PlanStatus>("status"),
        PublishedAt = r.InstantOrNull("published_at"),
        PublishedBy = r.TextOrNull("published_by"),
    };

    private static PlanHeader ReadHeader(Row r) => new(
        r.Text("id"), r.Text("area_id"), r.Day("day"), r.Int("version"), r.Text("name"), r.Enum<PlanStatus>("status"), r.TextOrNull("parent_id"),
        r.Instant("created_at"), r.Text("created_by"), r.InstantOrNull("published_at"), r.TextOrNull("published_by"),
        r.Int("parcels"), r.Int("unassigned"), r.Int("routes"), r.Int("violations"), r.Long("total_fen"), r.TextOrNull("problem_hash"), r.TextOrNull("result_hash"));
}

/// <summary>What the audit trail keeps of a plan.</summary>
internal sealed record PlanSummary(DateOnly Day, int Version, PlanStatus Status, int Parcels, int Unassigned, long TotalFen)
{
    public static PlanSummary Of(DayPlan p) => new(p.Day, p.Version, p.Status, p.CountParcels(), p.Unassigned.Count, p.Cost.TotalFen());
}
