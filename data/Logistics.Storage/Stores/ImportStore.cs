using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>One order as it came in.</summary>
/// <param name="RowNumber">1-based line of the file or item of the request.</param>
/// <param name="RawText">The row as it came, kept when it goes to quarantine.</param>
/// <param name="ReadingProblems">Fields that could not even be read, such as a weight of "abc".</param>
public sealed record IncomingOrder(int RowNumber, OrderDraft Draft, string? RawText = null, IReadOnlyList<OrderProblem>? ReadingProblems = null);

public enum RowResult
{
    Accepted,
    Unchanged,
    Revised,
    Refused,
    Quarantined,
}

/// <summary>What became of one row.</summary>
/// <param name="ParcelId">Set unless quarantined.</param>
/// <param name="QuarantineId">Set when quarantined.</param>
public sealed record RowOutcome(int RowNumber, string? Waybill, RowResult Result, string? ParcelId, string? QuarantineId, IReadOnlyList<OrderProblem> Problems);

public sealed record ImportOutcome(ImportBatch Batch, IReadOnlyList<RowOutcome> Rows);

/// <summary>Brings orders in: checked, idempotent by partner and waybill, all rows of a batch accounted for in one transaction.</summary>
public sealed class ImportStore
{
    private readonly OrderStore _orders;
    private readonly QuarantineStore _quarantine;
    private readonly AuditStore _audit;
    private readonly TimeProvider _time;
    private readonly IdFactory _ids;

    internal ImportStore(OrderStore orders, QuarantineStore quarantine, AuditStore audit, TimeProvider time, IdFactory ids)
    {
        _orders = orders;
        _quarantine = quarantine;
        _audit = audit;
        _time = time;
        _ids = ids;
    }

    /// <summary>Imports a batch.</summary>
    /// <param name="scope">A partner may bring in only its own orders; another's go to quarantine with rule <c>partner.scope</c>.</param>
    public async Task<ImportOutcome> ImportAsync(
        Db db, PartnerScope scope, NetworkSnapshot network, IReadOnlyList<IncomingOrder> incoming, ImportSource source, string? fileName, Actor actor)
    {
        var batch = new ImportBatch(_ids.New(IdPrefix.Import), network.Area.Id, scope.PartnerId, source, fileName, _time.GetUtcNow(), actor.Id);
        var intake = await IntakeAsync(db, scope, network, incoming, batch, actor);
        var outcome = new ImportOutcome(intake.Count(batch), intake.Outcomes);
        // Parcels and quarantined rows refer to their batch, so it goes first.
        await InsertBatchAsync(db, outcome.Batch);
        await intake.WriteAsync(db, _orders, _quarantine, batch.Id, actor);
        await _audit.WriteAsync(db, actor, "import.create", "import", batch.Id, null, outcome.Batch, scope.PartnerId);
        return outcome;
    }

    /// <summary>Tries a mended row again: it becomes an order and the row is released, or stays in quarantine with what is still wrong.</summary>
    public async Task<Outcome<RowOutcome>> ReleaseAsync(Db db, PartnerScope scope, NetworkSnapshot network, string quarantineId, OrderDraft mended, Actor actor)
    {
        if (await _quarantine.FindAsync(db, scope, quarantineId) is not { } row) return new Refusal("quarantine.unknown", $"There is no quarantined row {quarantineId}.");
        if (row.Status != QuarantineStatus.Open) return row.Close(QuarantineStatus.Released, actor.Id, null, row.At).Refusal!;
        var batch = await FindAsync(db, PartnerScope.Everyone, row.BatchId) ?? throw new StorageException(StorageFault.Corrupt, $"Import {row.BatchId} of row {row.Id} is gone.");
        var intake = await IntakeAsync(db, scope, network, [new IncomingOrder(row.RowNumber, mended)], batch, actor);
        var outcome = intake.Outcomes[0];
        if (outcome.Result == RowResult.Quarantined) return outcome with { QuarantineId = row.Id };
        await intake.WriteAsync(db, _orders, _quarantine, batch.Id, actor);
        await _quarantine.CloseAsync(db, row, QuarantineStatus.Released, actor);
        return outcome;
    }

    public Task<ImportBatch?> FindAsync(Db db, PartnerScope scope, string id) => db.FindAsync(
        "select doc from import_batch where id = @id" + scope.And("partner_id"), r => r.Json<ImportBatch>("doc"), scope.Bind(("id", id)));

    /// <summary>Newest first.</summary>
    public Task<List<ImportBatch>> ListAsync(Db db, PartnerScope scope, string areaId, int limit = 100) => db.ListAsync(
        "select doc from import_batch where area_id = @area" + scope.And("partner_id") + " order by at desc, id desc limit @limit",
        r => r.Json<ImportBatch>("doc"), scope.Bind(("area", areaId), ("limit", limit)));

    private async Task<Intake> IntakeAsync(
        Db db, PartnerScope scope, NetworkSnapshot network, IReadOnlyList<IncomingOrder> incoming, ImportBatch batch, Actor actor)
    {
        // Two imports of one partner must not both find a waybill new.
        var partners = incoming.Select(o => network.FindPartner(o.Draft.Partner?.Trim())).OfType<Partner>().Where(p => scope.Includes(p.Id)).DistinctBy(p => p.Id).OrderBy(p => p.Id, StringComparer.Ordinal);
        var stored = new Dictionary<(string, string), Parcel>();
        foreach (var partner in partners)
        {
            await db.LockAsync("orders:" + partner.Id);
            var waybills = incoming.Where(o => network.FindPartner(o.Draft.Partner?.Trim()) == partner).Select(o => o.Draft.Waybill?.Trim()).OfType<string>().Distinct().ToList();
            foreach (var parcel in await _orders.ListByWaybillAsync(db, scope, partner.Id, waybills)) stored.Add((partner.Id, parcel.Waybill), parcel);
        }
        var intake = new Intake(network, scope, batch, stored, _time.GetUtcNow(), _ids);
        foreach (var order in incoming) intake.Take(order);
        return intake;
    }

    private static Task InsertBatchAsync(Db db, ImportBatch batch) => db.InsertManyAsync(
        "import_batch", ["id", "area_id", "partner_id", "at", "doc"], [[batch.Id, batch.AreaId, batch.PartnerId, batch.At, DomainJson.Write(batch)]]);
}
