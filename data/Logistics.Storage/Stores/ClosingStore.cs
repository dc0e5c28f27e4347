using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>The day's arithmetic and its closing.</summary>
public sealed class ClosingStore
{
    private readonly AuditStore _audit;
    private readonly TimeProvider _time;

    internal ClosingStore(AuditStore audit, TimeProvider time)
    {
        _audit = audit;
        _time = time;
    }

    /// <summary>How the day adds up now.</summary>
    /// <remarks>The ledger says whether a parcel was loaded; a parcel whose state was set by hand counts as loaded when that state is only reached loaded.
    /// A parcel promised again belongs to its new day, where it is not loaded yet: close a day before retrying what it returned.</remarks>
    public async Task<DayBalance> ComputeAsync(Db db, string areaId, DateOnly day) => DayBalance.Of(await db.ListAsync(
        """
        select p.id, p.waybill, p.partner_id, p.vehicle_id, p.state,
            case when (s.was_loaded = 1 and p.state not in ('promised', 'planned')) or p.state in ('loaded', 'out', 'deposited', 'handedOver', 'collected', 'overdue', 'returned') then 1 else 0 end as was_loaded
        from parcel p left join custody_state s on s.parcel_id = p.id
        where p.area_id = @area and p.day = @day and p.flow = 'delivery'
        order by p.id
        """,
        r => new ClosingParcel(r.Text("id"), r.Text("waybill"), r.Text("partner_id"), r.TextOrNull("vehicle_id"), r.Flag("was_loaded"), r.Enum<ParcelState>("state")),
        ("area", areaId), ("day", day)));

    /// <summary>Closes the day for good.</summary>
    /// <param name="signedReason">Needed only when the day does not add up.</param>
    /// <returns>A refusal when it does not add up unsigned, or was closed before.</returns>
    public async Task<Outcome<DayClosing>> CloseAsync(Db db, string areaId, DateOnly day, Actor actor, string? signedReason = null)
    {
        // The ledger stands still while its digest is taken.
        await db.LockAsync("custody");
        if (await FindAsync(db, areaId, day) is { } closed)
        {
            return new Refusal("day.closed", FormattableString.Invariant($"{day:yyyy-MM-dd} was already closed by {closed.ClosedBy}."));
        }
        var heads = await db.ListAsync(
            "select s.parcel_id, s.head_hash from custody_state s join parcel p on p.id = s.parcel_id where p.area_id = @area and p.day = @day",
            r => (r.Text("parcel_id"), r.Text("head_hash")), ("area", areaId), ("day", day));
        var outcome = DayClosing.Close(
            areaId, day, await ComputeAsync(db, areaId, day), CustodyChain.HeadsDigest(heads), actor.Id, signedReason, _time.GetUtcNow());
        if (!outcome.IsAccepted) return outcome;
        await db.InsertManyAsync("day_closing", ["area_id", "day", "doc"], [[areaId, day, DomainJson.Write(outcome.Value)]]);
        await _audit.WriteAsync(db, actor, "day.close", "day", FormattableString.Invariant($"{areaId}/{day:yyyy-MM-dd}"), null, outcome.Value);
        return outcome;
    }

    public Task<DayClosing?> FindAsync(Db db, string areaId, DateOnly day) => db.FindAsync(
        "select doc from day_closing where area_id = @area and day = @day", r => r.Json<DayClosing>("doc"), ("area", areaId), ("day", day));
}
