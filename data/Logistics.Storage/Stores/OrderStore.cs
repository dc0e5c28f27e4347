using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>Which parcels to list; unset fields do not filter.</summary>
public sealed record OrderFilter
{
    public string? AreaId { get; init; }
    public DateOnly? Day { get; init; }
    public IReadOnlyList<ParcelState> States { get; init; } = [];
    public string? PartnerId { get; init; }
    public string? TerminalId { get; init; }
    public string? PlanId { get; init; }
    public string? VehicleId { get; init; }

    /// <summary>The beginning of a waybill number.</summary>
    public string? WaybillPrefix { get; init; }

    /// <summary>Last four digits of the recipient's phone.</summary>
    public string? PhoneTail { get; init; }

    /// <summary>Parcels with an id above this one; for the next page.</summary>
    public string? AfterId { get; init; }

    /// <summary>0 for no limit.</summary>
    public int Limit { get; init; } = 200;
}

/// <summary>Orders and parcels. Every query asks for a <see cref="PartnerScope"/>.</summary>
public sealed class OrderStore
{
    private readonly AuditStore _audit;
    private readonly PersonalDataCipher _cipher;
    private readonly TimeProvider _time;
    private readonly ParcelRow _row;

    internal OrderStore(AuditStore audit, PersonalDataCipher cipher, TimeProvider time)
    {
        _audit = audit;
        _cipher = cipher;
        _time = time;
        _row = new ParcelRow(cipher);
    }

    public Task<Parcel?> FindAsync(Db db, PartnerScope scope, string id) => db.FindAsync(
        "select * from parcel where id = @id" + scope.And("partner_id") + Lock(db), _row.Read, scope.Bind(("id", id)));

    public Task<Parcel?> FindByWaybillAsync(Db db, PartnerScope scope, string partnerId, string waybill) => db.FindAsync(
        "select * from parcel where partner_id = @partner and waybill = @waybill" + scope.And("partner_id") + Lock(db), _row.Read,
        scope.Bind(("partner", partnerId), ("waybill", waybill)));

    public Task<List<Parcel>> ListByIdAsync(Db db, PartnerScope scope, IReadOnlyCollection<string> ids) => db.ListAsync(
        "select * from parcel where " + db.Dialect.InList("id", "ids") + scope.And("partner_id") + " order by id" + Lock(db), _row.Read,
        scope.Bind(("ids", ids.ToArray())));

    /// <summary>The partner's parcels with one of the waybills.</summary>
    public Task<List<Parcel>> ListByWaybillAsync(Db db, PartnerScope scope, string partnerId, IReadOnlyCollection<string> waybills) => db.ListAsync(
        "select * from parcel where partner_id = @partner and " + db.Dialect.InList("waybill", "waybills") + scope.And("partner_id") + " order by id" + Lock(db), _row.Read,
        scope.Bind(("partner", partnerId), ("waybills", waybills.ToArray())));

    /// <summary>By id, ascending, which is by age.</summary>
    public Task<List<Parcel>> ListAsync(Db db, PartnerScope scope, OrderFilter filter)
    {
        var where = Where(db, scope, filter).And("id > @after", "after", filter.AfterId);
        if (filter.Limit > 0) where.Bind("limit", filter.Limit);
        return db.ListAsync($"select * from parcel where {where.Text} order by id{(filter.Limit > 0 ? " limit @limit" : "")}", _row.Read, where.Values);
    }

    /// <summary>How many parcels the filter matches, whatever its page.</summary>
    public Task<long> CountAsync(Db db, PartnerScope scope, OrderFilter filter)
    {
        var where = Where(db, scope, filter);
        return db.NumberAsync($"select count(*) from parcel where {where.Text}", where.Values);
    }

    /// <summary>What a day's plan has to place: promised and planned parcels of the area and day.</summary>
    public Task<List<Parcel>> ListPlannableAsync(Db db, string areaId, DateOnly day) => ListAsync(
        db, PartnerScope.Everyone, new OrderFilter { AreaId = areaId, Day = day, States = [ParcelState.Promised, ParcelState.Planned], Limit = 0 });

    /// <summary>Takes one action on one parcel, with its audit entry.</summary>
    /// <returns>The parcel afterwards; a refusal when it is unknown in the scope or the action is not possible now.</returns>
    public async Task<Outcome<Parcel>> ApplyAsync(Db db, PartnerScope scope, string id, ParcelAction action, Actor actor)
    {
        if (await FindAsync(db, scope, id) is not { } before) return new Refusal("parcel.unknown", $"There is no parcel {id}.");
        var outcome = ParcelTransitions.Apply(before, action, _time.GetUtcNow(), actor.Reason);
        if (!outcome.IsAccepted) return outcome;
        await SaveStatesAsync(db, [outcome.Value]);
        if (before.Assignment is not null && outcome.Value.Assignment is null) await CompartmentReservations.ReleaseAsync(db, [id]);
        await AuditAsync(db, before, outcome.Value, action, actor);
        return outcome;
    }

    /// <summary>Promises a returned parcel again for a later day.</summary>
    public async Task<Outcome<Parcel>> RetryAsync(Db db, PartnerScope scope, string id, DateOnly day, Actor actor)
    {
        if (await FindAsync(db, scope, id) is not { } before) return new Refusal("parcel.unknown", $"There is no parcel {id}.");
        var outcome = ParcelTransitions.Retry(before, day, _time.GetUtcNow(), actor.Reason);
        if (!outcome.IsAccepted) return outcome;
        var p = outcome.Value;
        await db.ExecuteAsync(
            "update parcel set day = @day, promise_start = @start, promise_end = @end, options = @options, fingerprint = @fingerprint, revised_at = @at where id = @id",
            ("day", p.Day), ("start", p.Promise.Start), ("end", p.Promise.End), ("options", DomainJson.Write(p.Options)), ("fingerprint", OrderFingerprint.Of(p)),
            ("at", p.UpdatedAt), ("id", id));
        await SaveStatesAsync(db, [p]);
        await AuditAsync(db, before, p, ParcelAction.Retry, actor);
        return outcome;
    }

    /// <summary>Declares parcels overdue that wait in a terminal since before <paramref name="before"/>; the area's storage period decides which instant that is.</summary>
    /// <returns>The parcels that became overdue.</returns>
    public async Task<IReadOnlyList<Parcel>> ExpireAsync(Db db, string areaId, DateTimeOffset before, Actor actor)
    {
        var waiting = await db.ListAsync(
            "select * from parcel where area_id = @area and state = 'deposited' and updated_at < @before order by id" + Lock(db), _row.Read, ("area", areaId), ("before", before));
        var now = _time.GetUtcNow();
        var expired = waiting.ConvertAll(p => ParcelTransitions.Apply(p, ParcelAction.Expire, now, actor.Reason).Value!);
        await SaveStatesAsync(db, expired);
        await db.ExecuteAsync(
            "update compartment set use_state = 'overdue' where use_state = 'occupied' and " + db.Dialect.InList("parcel_id", "parcels"),
            ("parcels", expired.Select(p => p.Id).ToArray()));
        foreach (var (old, p) in waiting.Zip(expired)) await AuditAsync(db, old, p, ParcelAction.Expire, actor);
        return expired;
    }

    /// <summary>Forgets name, phone and address of parcels whose day is before <paramref name="day"/> and whose journey has ended.</summary>
    /// <returns>How many were erased.</returns>
    public Task<int> EraseRecipientsAsync(Db db, DateOnly day) => db.ExecuteAsync(
        """
        update parcel set recipient = null, phone_tail = null, updated_at = @at
        where day < @day and recipient is not null and state in ('handedOver', 'collected', 'cancelled', 'returned')
        """,
        ("at", _time.GetUtcNow()), ("day", day));

    /// <summary>Inserts new parcels; the caller has made sure that their waybills are new.</summary>
    internal Task InsertAsync(Db db, IReadOnlyCollection<Parcel> parcels, string? batchId) =>
        db.InsertManyAsync("parcel", ParcelRow.Columns, parcels.Select(p => _row.Values(p, batchId, p.UpdatedAt)));

    /// <summary>Replaces the content of revised orders, with an audit entry for each.</summary>
    internal async Task ReviseAsync(Db db, IReadOnlyCollection<(Parcel Before, Parcel After)> revisions, string? batchId, Actor actor)
    {
        await db.ExecuteManyAsync(ParcelRow.UpdateText, ParcelRow.Columns, revisions.Select(r => _row.Values(r.After, batchId, r.After.UpdatedAt)));
        await CompartmentReservations.ReleaseAsync(db, revisions.Where(r => r.Before.Assignment is not null).Select(r => r.Before.Id));
        foreach (var (before, after) in revisions)
        {
            await _audit.WriteAsync(db, actor, "order.revise", "parcel", after.Id, Impersonal(before), Impersonal(after), after.PartnerId);
        }
    }

    /// <summary>Writes state and assignment only.</summary>
    internal Task SaveStatesAsync(Db db, IEnumerable<Parcel> parcels) =>
        db.ExecuteManyAsync(ParcelRow.StateText, ParcelRow.StateColumns, parcels.Select(ParcelRow.StateValues));

    private Task AuditAsync(Db db, Parcel before, Parcel after, ParcelAction action, Actor actor) => _audit.WriteAsync(
        db, actor, "parcel." + System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(action.ToString()), "parcel", after.Id,
        new ParcelStateChange(before.State, before.Revision, before.Day), new ParcelStateChange(after.State, after.Revision, after.Day), after.PartnerId);

    // A transaction that may write takes the rows it looks at; a snapshot cannot and need not.
    private static string Lock(Db db) => db.IsWriter ? db.Dialect.ForUpdate : "";

    private static Parcel Impersonal(Parcel p) => p with { Recipient = p.Recipient with { Name = "", Phone = "", Address = "" } };

    private Conditions Where(Db db, PartnerScope scope, OrderFilter f)
    {
        var where = new Conditions(scope)
            .And("area_id = @area", "area", f.AreaId)
            .And("day = @day", "day", f.Day)
            .And("partner_id = @partner", "partner", f.PartnerId)
            .And("terminal_id = @terminal", "terminal", f.TerminalId)
            .And("plan_id = @plan", "plan", f.PlanId)
            .And("vehicle_id = @vehicle", "vehicle", f.VehicleId)
            // Not LIKE: its case rules differ between the databases, and % or _ in a number mean themselves.
            .And("substr(waybill, 1, length(@prefix)) = @prefix", "prefix", f.WaybillPrefix)
            .And("phone_tail = @tail", "tail", f.PhoneTail is null ? null : _cipher.PhoneTailDigest(f.PhoneTail) ?? "-");
        return f.States.Count > 0 ? where.And(db.Dialect.InList("state", "states"), "states", f.States.Select(EnumText<ParcelState>.Of).ToArray()) : where;
    }

    private sealed record ParcelStateChange(ParcelState State, int Revision, DateOnly Day);
}
