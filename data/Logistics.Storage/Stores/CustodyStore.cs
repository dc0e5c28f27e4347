using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>What became of a batch of hand-overs.</summary>
/// <param name="Recorded">New links.</param>
/// <param name="Duplicates">Events the ledger already had.</param>
/// <param name="UnknownParcels">Events of parcels that do not exist; nothing was recorded for them, the caller opens a case.</param>
/// <param name="States">States that changed, displaced parcels included.</param>
public sealed record CustodyAppended(int Recorded, int Duplicates, IReadOnlyList<CustodyEvent> UnknownParcels, IReadOnlyList<CustodyState> States);

/// <summary>The custody ledger: links are appended and chained; holders, parcel states and compartments follow from them in the same transaction.</summary>
/// <remarks>The result depends on the set of events only, so batches may be repeated, reordered or split; see <see cref="CustodyFold"/>.</remarks>
public sealed class CustodyStore
{
    private const string Moving = "moving";
    private readonly OrderStore _orders;
    private readonly TimeProvider _time;

    internal CustodyStore(OrderStore orders, TimeProvider time)
    {
        _orders = orders;
        _time = time;
    }

    public async Task<CustodyAppended> AppendAsync(Db db, IReadOnlyCollection<CustodyEvent> events)
    {
        await db.LockAsync("custody");
        var parcels = (await _orders.ListByIdAsync(db, PartnerScope.Everyone, events.Select(e => e.ParcelId).Distinct().ToList())).ToDictionary(p => p.Id);
        var unknown = events.Where(e => !parcels.ContainsKey(e.ParcelId)).ToList();
        var recorded = (await db.ListAsync(
            "select event_id from custody_link where " + db.Dialect.InList("event_id", "ids"), r => r.Text("event_id"), ("ids", events.Select(e => e.EventId).ToArray()))).ToHashSet();
        var fresh = events.Where(e => parcels.ContainsKey(e.ParcelId) && recorded.Add(e.EventId)).ToList();
        var duplicates = events.Count - unknown.Count - fresh.Count;
        if (fresh.Count == 0) return new CustodyAppended(0, duplicates, unknown, []);

        var touched = fresh.Select(e => e.ParcelId).Distinct().ToArray();
        var links = (await ListLinksAsync(db, touched)).GroupBy(l => l.ParcelId).ToDictionary(g => g.Key, g => g.ToList());
        var added = new List<CustodyLink>();
        foreach (var e in fresh)
        {
            if (!links.TryGetValue(e.ParcelId, out var chain)) links[e.ParcelId] = chain = [];
            var link = CustodyChain.Append(chain.LastOrDefault(), e, _time.GetUtcNow());
            chain.Add(link);
            added.Add(link);
        }
        await db.InsertManyAsync(
            "custody_link", ["parcel_id", "link_index", "event_id", "doc", "hash"],
            added.Select(l => new object?[] { l.ParcelId, l.Index, l.Event.EventId, DomainJson.Write(l), l.Hash }));

        var before = await ListRowsAsync(db, db.Dialect.InList("parcel_id", "ids"), touched);
        var rows = touched.Select(id => StateRow.Of(CustodyFold.Of(id, Origin(parcels[id]), links[id].Select(l => l.Event)), links[id][^1])).ToList();
        var changed = await SettleAsync(db, rows, before);
        await ProjectAsync(db, changed, parcels, before);
        return new CustodyAppended(fresh.Count, duplicates, unknown, changed.ConvertAll(r => r.Settled));
    }

    public Task<CustodyState?> FindAsync(Db db, string parcelId) =>
        db.FindAsync("select settled from custody_state where parcel_id = @id", r => r.Json<CustodyState>("settled"), ("id", parcelId));

    /// <summary>The parcel's ledger in the order of recording.</summary>
    public Task<List<CustodyLink>> ListLinksAsync(Db db, string parcelId) => ListLinksAsync(db, [parcelId]);

    /// <summary>Every parcel someone holds, such as all parcels in one vehicle.</summary>
    public Task<List<CustodyState>> ListHeldAsync(Db db, Holder holder) => db.ListAsync(
        "select settled from custody_state where holder_kind = @kind and holder_id = @id order by parcel_id", r => r.Json<CustodyState>("settled"),
        ("kind", holder.Kind), ("id", holder.Id));

    /// <summary>Ids of parcels whose chain does not hold, with the index of the first broken link.</summary>
    public async Task<IReadOnlyDictionary<string, int>> VerifyAsync(Db db, string areaId, DateOnly day)
    {
        var chains = await db.ListAsync(
            "select l.doc, s.head_hash, l.parcel_id from custody_link l join parcel p on p.id = l.parcel_id join custody_state s on s.parcel_id = l.parcel_id"
            + " where p.area_id = @area and p.day = @day order by l.parcel_id, l.link_index",
            r => (Link: r.Json<CustodyLink>("doc"), Head: r.Text("head_hash"), Parcel: r.Text("parcel_id")), ("area", areaId), ("day", day));
        var broken = new Dictionary<string, int>();
        foreach (var chain in chains.GroupBy(c => c.Parcel))
        {
            var links = chain.Select(c => c.Link).ToList();
            if ((CustodyChain.FindBreak(links) ?? (links[^1].Hash == chain.First().Head ? null : links.Count)) is { } at) broken[chain.Key] = at;
        }
        return broken;
    }

    /// <summary>Lets compartments hold one parcel each, over the touched parcels and all others that claim the same compartments; stores what changed.</summary>
    private static async Task<List<StateRow>> SettleAsync(Db db, List<StateRow> rows, Dictionary<string, StateRow> before)
    {
        var boxes = rows.Select(r => r.Claim).Concat(before.Values.Select(r => r.Claim)).OfType<string>().Distinct().ToArray();
        var others = await ListRowsAsync(db, db.Dialect.InList("claim_id", "ids"), boxes);
        foreach (var row in rows) others.Remove(row.ParcelId);
        var all = rows.Concat(others.Values).ToList();
        var terminals = (await db.ListAsync(
            "select id, terminal_id from compartment where " + db.Dialect.InList("id", "ids"), r => (Id: r.Text("id"), Terminal: r.Text("terminal_id")), ("ids", boxes)))
            .ToDictionary(c => c.Id, c => c.Terminal);
        var settled = CustodyFold.Settle(all.ConvertAll(r => r.Folded), id => terminals.GetValueOrDefault(id, id));
        var changed = all.Select((r, i) => r with { Settled = settled[i] }).Where(r => rows.Exists(t => t.ParcelId == r.ParcelId) || r.Settled.Holder != others[r.ParcelId].Settled.Holder).ToList();

        // Two parcels may change places: nobody holds anything for a moment, so that the one-per-compartment index never sees both.
        await db.ExecuteAsync(
            $"update custody_state set holder_kind = '{Moving}' where " + db.Dialect.InList("parcel_id", "ids"), ("ids", changed.Select(r => r.ParcelId).ToArray()));
        await db.ExecuteManyAsync(StateRow.UpsertText, StateRow.Columns, changed.Select(r => r.Values()));
        await FillCompartmentsAsync(db, boxes, changed);
        return changed;
    }

    private static async Task FillCompartmentsAsync(Db db, string[] boxes, List<StateRow> changed)
    {
        // Whoever left the vehicle needs no reserved box any more, least of all when it went into another.
        await CompartmentReservations.ReleaseAsync(db, changed.Where(r => r.Settled.Holder.Kind != HolderKind.Vehicle).Select(r => r.ParcelId));
        var held = await db.ListAsync(
            "select holder_id, parcel_id, settled from custody_state where holder_kind = 'compartment' and " + db.Dialect.InList("holder_id", "ids"),
            r => r.Json<CustodyState>("settled"), ("ids", boxes));
        var empty = boxes.Except(held.Select(s => s.Holder.Id)).ToArray();
        // Only what the ledger filled may the ledger empty: a reservation for another parcel stays.
        await db.ExecuteAsync(
            "update compartment set use_state = 'free', parcel_id = null, since = null where use_state <> 'reserved' and " + db.Dialect.InList("id", "ids")
            + " and " + db.Dialect.InList("parcel_id", "parcels"),
            ("ids", empty), ("parcels", changed.Select(r => r.ParcelId).ToArray()));
        await db.ExecuteManyAsync(
            "update compartment set use_state = case when use_state = 'overdue' and parcel_id = @parcel then use_state else 'occupied' end, parcel_id = @parcel, since = @since where id = @id",
            ["id", "parcel", "since"], held.Select(s => new object?[] { s.Holder.Id, s.ParcelId, s.Since }));
    }

    private async Task ProjectAsync(Db db, List<StateRow> changed, Dictionary<string, Parcel> parcels, Dictionary<string, StateRow> before)
    {
        var missing = changed.Select(r => r.ParcelId).Where(id => !parcels.ContainsKey(id)).ToList();
        foreach (var p in await _orders.ListByIdAsync(db, PartnerScope.Everyone, missing)) parcels[p.Id] = p;
        var now = _time.GetUtcNow();
        var projected = new List<Parcel>();
        foreach (var row in changed)
        {
            var parcel = parcels[row.ParcelId];
            var state = row.Settled.ToParcelState(parcel.State);
            // A late report that changes nothing must not pull a returned parcel, promised again meanwhile, back to Returned.
            if (before.TryGetValue(row.ParcelId, out var old) && old.Settled.ToParcelState(parcel.State) == state) continue;
            if (state != parcel.State) projected.Add(parcel with { State = state, StateReason = null, UpdatedAt = now });
        }
        await _orders.SaveStatesAsync(db, projected);
    }

    private static Holder Origin(Parcel p) => p.Flow == ParcelFlow.Delivery ? new Holder(HolderKind.Hub, p.HubId) : new Holder(HolderKind.Recipient, p.Id);

    private static Task<List<CustodyLink>> ListLinksAsync(Db db, string[] parcelIds) => db.ListAsync(
        "select doc from custody_link where " + db.Dialect.InList("parcel_id", "ids") + " order by parcel_id, link_index", r => r.Json<CustodyLink>("doc"), ("ids", parcelIds));

    private static async Task<Dictionary<string, StateRow>> ListRowsAsync(Db db, string where, string[] ids) =>
        (await db.ListAsync("select * from custody_state where " + where, StateRow.Read, ("ids", ids))).ToDictionary(r => r.ParcelId);

    private sealed record StateRow(string ParcelId, CustodyState Folded, CustodyState Settled, int HeadIndex, string HeadHash)
    {
        public static readonly string[] Columns = ["parcel_id", "holder_kind", "holder_id", "claim_id", "was_loaded", "folded", "settled", "head_index", "head_hash"];

        public static readonly string UpsertText = Db.InsertText("custody_state", Columns)
            + " on conflict (parcel_id) do update set " + string.Join(", ", Columns.Skip(1).Select(c => $"{c} = excluded.{c}"));

        public string? Claim => Folded.Holder.Kind == HolderKind.Compartment ? Folded.Holder.Id : null;

        public static StateRow Of(CustodyState folded, CustodyLink head) => new(folded.ParcelId, folded, folded, head.Index, head.Hash);

        public static StateRow Read(Row r) =>
            new(r.Text("parcel_id"), r.Json<CustodyState>("folded"), r.Json<CustodyState>("settled"), r.Int("head_index"), r.Text("head_hash"));

        public object?[] Values() =>
            [ParcelId, Settled.Holder.Kind, Settled.Holder.Id, Claim, Settled.WasLoaded, DomainJson.Write(Folded), DomainJson.Write(Settled), HeadIndex, HeadHash];
    }
}
