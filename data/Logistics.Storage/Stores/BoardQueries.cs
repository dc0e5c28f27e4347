using Logistics.Domain;

namespace Logistics.Storage;

/// <param name="TerminalId">Where the published plan puts them; null for doors and unplanned parcels.</param>
public sealed record ParcelCount(ParcelState State, string PartnerId, string? TerminalId, int Parcels);

/// <param name="InService">Compartments that are neither blocked nor faulty.</param>
/// <param name="Planned">Parcels the day's published plan still brings here and for which no box is reserved yet.</param>
public sealed record TerminalFill(string TerminalId, SizeClass Size, int Compartments, int InService, int Reserved, int Occupied, int Overdue, int Planned);

/// <summary>Counts for the Board.</summary>
public sealed class BoardQueries
{
    /// <summary>Parcels of the day by state, partner and terminal; the page sums them as it needs.</summary>
    public Task<List<ParcelCount>> CountParcelsAsync(Db db, PartnerScope scope, string areaId, DateOnly day) => db.ListAsync(
        "select state, partner_id, terminal_id, count(*) as parcels from parcel where area_id = @area and day = @day" + scope.And("partner_id")
        + " group by state, partner_id, terminal_id order by state, partner_id, terminal_id",
        r => new ParcelCount(r.Enum<ParcelState>("state"), r.Text("partner_id"), r.TextOrNull("terminal_id"), r.Int("parcels")),
        scope.Bind(("area", areaId), ("day", day)));

    /// <summary>Parcels by day that are to be delivered from <paramref name="from"/> to <paramref name="last"/>, both included; days without any are left out.</summary>
    public async Task<Dictionary<DateOnly, int>> CountOrderedAsync(Db db, string areaId, DateOnly from, DateOnly last) => (await db.ListAsync(
        "select day, count(*) as parcels from parcel where area_id = @area and day between @from and @last and state <> 'cancelled' group by day",
        r => (Day: r.Day("day"), Parcels: r.Int("parcels")),
        ("area", areaId), ("from", from), ("last", last))).ToDictionary(d => d.Day, d => d.Parcels);

    /// <summary>How full each terminal is, by size class; terminals without compartments are left out.</summary>
    public Task<List<TerminalFill>> ListFillAsync(Db db, string areaId, DateOnly day) => db.ListAsync(
        """
        select c.terminal_id, c.size, count(*) as boxes,
            sum(case when c.service = 'inService' then 1 else 0 end) as in_service,
            sum(case when c.use_state = 'reserved' then 1 else 0 end) as reserved,
            sum(case when c.use_state = 'occupied' then 1 else 0 end) as occupied,
            sum(case when c.use_state = 'overdue' then 1 else 0 end) as overdue,
            (select count(*) from parcel p
             where p.terminal_id = c.terminal_id and p.compartment_size = c.size and p.day = @day and p.state in ('planned', 'loaded', 'out')
             and not exists (select 1 from compartment r where r.parcel_id = p.id and r.use_state = 'reserved')) as planned
        from compartment c join terminal t on t.id = c.terminal_id
        where t.area_id = @area
        group by c.terminal_id, c.size
        order by c.terminal_id, c.size
        """,
        r => new TerminalFill(
            r.Text("terminal_id"), r.Enum<SizeClass>("size"), r.Int("boxes"), r.Int("in_service"), r.Int("reserved"), r.Int("occupied"), r.Int("overdue"), r.Int("planned")),
        ("area", areaId), ("day", day));

    /// <summary>A short text that differs once the day's parcels, shifts or boxes have changed: what is worked out from them can be kept for as long as it stays the same.</summary>
    public async Task<string> StampAsync(Db db, string areaId, DateOnly day)
    {
        var parcels = await db.FindAsync(
            "select count(*) as n, max(updated_at) as at, max(revised_at) as revised from parcel where area_id = @area and day = @day",
            r => $"{r.Int("n")} {r.InstantOrNull("at"):O} {r.InstantOrNull("revised"):O}", ("area", areaId), ("day", day));
        var shifts = await db.ListAsync("select id, doc from shift where area_id = @area and day = @day order by id", r => r.Text("id") + r.Text("doc"), ("area", areaId), ("day", day));
        var boxes = await db.FindAsync(
            """
            select count(*) as n, sum(case when c.service = 'inService' then 0 else 1 end) as closed,
                sum(case when c.use_state in ('occupied', 'overdue') then 1 else 0 end) as taken, max(c.since) as since
            from compartment c join terminal t on t.id = c.terminal_id where t.area_id = @area
            """,
            r => $"{r.Int("n")} {r.LongOrNull("closed")} {r.LongOrNull("taken")} {r.InstantOrNull("since"):O}", ("area", areaId));
        return $"|{parcels}|{string.Join(';', shifts)}|{boxes}";
    }
}
