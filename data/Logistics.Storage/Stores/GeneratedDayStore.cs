using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>Stores a generated city whole, such as the demo: network, shifts, boxes and the day's parcels in the caller's transaction.</summary>
public sealed class GeneratedDayStore
{
    private static readonly string[] CompartmentColumns = ["id", "terminal_id", "label", "size", "use_state", "door", "service", "parcel_id", "since"];

    private readonly NetworkStore _network;
    private readonly ShiftStore _shifts;
    private readonly OrderStore _orders;
    private readonly AuditStore _audit;
    private readonly TimeProvider _time;
    private readonly IdFactory _ids;

    internal GeneratedDayStore(NetworkStore network, ShiftStore shifts, OrderStore orders, AuditStore audit, TimeProvider time, IdFactory ids) =>
        (_network, _shifts, _orders, _audit, _time, _ids) = (network, shifts, orders, audit, time, ids);

    /// <param name="parcels">New parcels; they need no check, because whoever generated them knows the network.</param>
    /// <param name="compartments">Boxes with their live state; they replace those the terminals would get by default.</param>
    public async Task SaveAsync(
        Db db, NetworkSnapshot network, IReadOnlyCollection<Shift> shifts, IReadOnlyCollection<Compartment> compartments, IReadOnlyCollection<Parcel> parcels, Actor actor)
    {
        await _network.SaveSnapshotAsync(db, network, actor);
        await _shifts.SaveAllAsync(db, shifts, actor);
        await db.ExecuteAsync("delete from compartment where " + db.Dialect.InList("terminal_id", "terminals"), ("terminals", compartments.Select(c => c.TerminalId).Distinct().ToArray()));
        await db.InsertManyAsync("compartment", CompartmentColumns, compartments.Select(c => new object?[]
        {
            c.Id, c.TerminalId, c.Label, c.Size, c.Use, c.Door, c.Service, c.ParcelId, c.Since,
        }));
        await SaveParcelsAsync(db, network.Area.Id, parcels, actor);
    }

    /// <summary>Adds a generated day's parcels as one batch.</summary>
    public async Task SaveParcelsAsync(Db db, string areaId, IReadOnlyCollection<Parcel> parcels, Actor actor)
    {
        var batch = new ImportBatch(_ids.New(IdPrefix.Import), areaId, null, ImportSource.Generated, null, _time.GetUtcNow(), actor.Id) { Rows = parcels.Count, Accepted = parcels.Count };
        await db.InsertManyAsync("import_batch", ["id", "area_id", "partner_id", "at", "doc"], [[batch.Id, areaId, null, batch.At, DomainJson.Write(batch)]]);
        await _orders.InsertAsync(db, parcels, batch.Id);
        await _audit.WriteAsync(db, actor, "import.create", "import", batch.Id, null, batch);
    }
}
