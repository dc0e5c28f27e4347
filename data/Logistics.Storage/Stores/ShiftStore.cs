using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>Who drives what on which day.</summary>
public sealed class ShiftStore(AuditStore audit)
{
    private readonly NetworkTable<Shift> _table = new(
        audit, "shift", "shift", s => s.Id, "id",
        ("area_id", s => s.AreaId), ("day", s => s.Day), ("courier_id", s => s.CourierId), ("vehicle_id", s => s.VehicleId));

    public Task<List<Shift>> ListAsync(Db db, string areaId, DateOnly day) => db.ListAsync(
        "select doc from shift where area_id = @area and day = @day order by id", r => r.Json<Shift>("doc"), ("area", areaId), ("day", day));

    public Task<Shift?> FindAsync(Db db, string id) => _table.FindAsync(db, id);

    public Task<bool> SaveAsync(Db db, Shift shift, Actor actor) => _table.SaveAsync(db, shift, actor);

    public Task SaveAllAsync(Db db, IReadOnlyCollection<Shift> shifts, Actor actor) => _table.SaveAllAsync(db, shifts, actor);

    public Task<bool> DeleteAsync(Db db, string id, Actor actor) => _table.DeleteAsync(db, id, actor);
}
