using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>The network: areas, partners, hubs, terminals with their compartments, vehicles, couriers, access rules, calendar.</summary>
public sealed class NetworkStore(AuditStore audit, IdFactory ids)
{
    public NetworkTable<ServiceArea> Areas { get; } = new(audit, "service_area", "area", a => a.Id, "id", ("code", a => a.Code));

    public NetworkTable<Partner> Partners { get; } = new(audit, "partner", "partner", p => p.Id, "id", ("code", p => p.Code));

    public NetworkTable<Hub> Hubs { get; } = new(audit, "hub", "hub", h => h.Id, "id", ("area_id", h => h.AreaId), ("code", h => h.Code));

    /// <summary>Save through <see cref="SaveTerminalAsync"/>, which keeps the compartments in step.</summary>
    public NetworkTable<Terminal> Terminals { get; } = new(
        audit, "terminal", "terminal", t => t.Id, "id",
        ("area_id", t => t.AreaId), ("code", t => t.Code), ("kind", t => t.Kind), ("district", t => t.District));

    public NetworkTable<Vehicle> Vehicles { get; } = new(
        audit, "vehicle", "vehicle", v => v.Id, "id", ("area_id", v => v.AreaId), ("plate", v => v.Plate), ("home_hub_id", v => v.HomeHubId));

    public NetworkTable<Courier> Couriers { get; } = new(
        audit, "courier", "courier", c => c.Id, "id", ("area_id", c => c.AreaId), ("code", c => c.Code), ("home_hub_id", c => c.HomeHubId));

    public NetworkTable<AccessRule> AccessRules { get; } = new(audit, "access_rule", "accessRule", r => r.Id, "id", ("area_id", r => r.AreaId));

    public NetworkTable<CalendarDay> Calendar { get; } = new(
        audit, "calendar_day", "calendarDay", d => d.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), "day");

    /// <summary>Everything of one area; null when there is no such area.</summary>
    public async Task<NetworkSnapshot?> FindSnapshotAsync(Db db, string areaId)
    {
        if (await Areas.FindAsync(db, areaId) is not { } area) return null;
        return new NetworkSnapshot(
            area,
            await Partners.ListAsync(db),
            await Hubs.ListAsync(db, areaId),
            await Terminals.ListAsync(db, areaId),
            await Vehicles.ListAsync(db, areaId),
            await Couriers.ListAsync(db, areaId),
            await AccessRules.ListAsync(db, areaId),
            await Calendar.ListAsync(db));
    }

    /// <summary>Saves a whole network, such as a generated one: all of it or nothing, with one audit entry a table.</summary>
    public async Task SaveSnapshotAsync(Db db, NetworkSnapshot network, Actor actor)
    {
        await Areas.SaveAsync(db, network.Area, actor);
        await Partners.SaveAllAsync(db, network.Partners, actor);
        await Hubs.SaveAllAsync(db, network.Hubs, actor);
        await Terminals.SaveAllAsync(db, network.Terminals, actor);
        await FitCompartmentsAsync(db, network.Terminals);
        await Vehicles.SaveAllAsync(db, network.Vehicles, actor);
        await Couriers.SaveAllAsync(db, network.Couriers, actor);
        await AccessRules.SaveAllAsync(db, network.AccessRules, actor);
        await Calendar.SaveAllAsync(db, network.Calendar, actor);
    }

    /// <summary>Saves a terminal and adds or removes free compartments until their number by size matches.</summary>
    public async Task SaveTerminalAsync(Db db, Terminal terminal, Actor actor)
    {
        await Terminals.SaveAsync(db, terminal, actor);
        await FitCompartmentsAsync(db, [terminal]);
    }

    public async Task<bool> DeleteTerminalAsync(Db db, string id, Actor actor)
    {
        await db.ExecuteAsync("delete from compartment where terminal_id = @id", ("id", id));
        return await Terminals.DeleteAsync(db, id, actor);
    }

    public Task<List<Compartment>> ListCompartmentsAsync(Db db, string terminalId) => db.ListAsync(
        "select * from compartment where terminal_id = @terminal order by size, label", ReadCompartment, ("terminal", terminalId));

    public Task<Compartment?> FindCompartmentAsync(Db db, string id) =>
        db.FindAsync("select * from compartment where id = @id", ReadCompartment, ("id", id));

    /// <summary>Replaces a compartment's live state.</summary>
    public Task SaveCompartmentAsync(Db db, Compartment c) => db.ExecuteAsync(
        "update compartment set use_state = @use, door = @door, service = @service, parcel_id = @parcel, since = @since where id = @id",
        ("use", c.Use), ("door", c.Door), ("service", c.Service), ("parcel", c.ParcelId), ("since", c.Since), ("id", c.Id));

    private async Task FitCompartmentsAsync(Db db, IReadOnlyList<Terminal> terminals)
    {
        var existing = (await db.ListAsync(
                "select * from compartment where " + db.Dialect.InList("terminal_id", "terminals") + " order by label", ReadCompartment,
                ("terminals", terminals.Select(t => t.Id).ToArray())))
            .ToLookup(c => c.TerminalId);
        var added = new List<object?[]>();
        foreach (var terminal in terminals)
        {
            var own = existing[terminal.Id].ToList();
            var labels = own.Select(c => c.Label).ToHashSet();
            foreach (var size in Enum.GetValues<SizeClass>())
            {
                var have = own.Where(c => c.Size == size).ToList();
                var want = terminal.Compartments[size];
                for (int n = 1, missing = want - have.Count; missing > 0; n++)
                {
                    var label = FormattableString.Invariant($"{size}{n:00}");
                    if (!labels.Add(label)) continue;
                    added.Add([ids.New(IdPrefix.Compartment), terminal.Id, label, size, CompartmentUse.Free, DoorState.Closed, CompartmentService.InService]);
                    missing--;
                }
                // A box that holds a parcel stays until it is free; the next save takes it away.
                foreach (var surplus in have.Where(c => c.Use == CompartmentUse.Free).Reverse().Take(Math.Max(0, have.Count - want)))
                {
                    await db.ExecuteAsync("delete from compartment where id = @id", ("id", surplus.Id));
                }
            }
        }
        await db.InsertManyAsync("compartment", ["id", "terminal_id", "label", "size", "use_state", "door", "service"], added);
    }

    internal static Compartment ReadCompartment(Row r) => new(r.Text("id"), r.Text("terminal_id"), r.Text("label"), r.Enum<SizeClass>("size"))
    {
        Use = r.Enum<CompartmentUse>("use_state"),
        Door = r.Enum<DoorState>("door"),
        Service = r.Enum<CompartmentService>("service"),
        ParcelId = r.TextOrNull("parcel_id"),
        Since = r.InstantOrNull("since"),
    };
}
