using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>Daily volumes, one row per day, terminal and partner with a column per size class.</summary>
public sealed class HistoryStore
{
    private static readonly string[] Columns = ["day", "terminal_id", "partner_id", "s", "m", "l", "xl"];

    /// <summary>Replaces the volumes of every day, terminal and partner that occurs in <paramref name="volumes"/>.</summary>
    public Task SaveAsync(Db db, IEnumerable<DailyVolume> volumes)
    {
        var counts = new Dictionary<(DateOnly, string, string), SizeCounts>();
        foreach (var v in volumes)
        {
            // A primary key cannot be null, so doors are the empty terminal.
            var key = (v.Day, v.TerminalId ?? "", v.PartnerId);
            var old = counts.GetValueOrDefault(key);
            counts[key] = old.With(v.Size, old[v.Size] + v.Parcels);
        }
        return db.ExecuteManyAsync(
            Db.InsertText("daily_volume", Columns) + " on conflict (day, terminal_id, partner_id) do update set s = excluded.s, m = excluded.m, l = excluded.l, xl = excluded.xl",
            Columns,
            counts.Select(c => new object?[] { c.Key.Item1, c.Key.Item2, c.Key.Item3, c.Value.S, c.Value.M, c.Value.L, c.Value.XL }));
    }

    /// <summary>Volumes of days in [from, until); classes without parcels are left out.</summary>
    public async Task<List<DailyVolume>> ListAsync(Db db, PartnerScope scope, DateOnly from, DateOnly until)
    {
        var rows = await db.ListAsync(
            "select * from daily_volume where day >= @from and day < @until" + scope.And("partner_id") + " order by day, terminal_id, partner_id",
            r => (Day: r.Day("day"), Terminal: r.Text("terminal_id"), Partner: r.Text("partner_id"), Counts: new SizeCounts(r.Int("s"), r.Int("m"), r.Int("l"), r.Int("xl"))),
            scope.Bind(("from", from), ("until", until)));
        var volumes = new List<DailyVolume>(rows.Count * 3);
        foreach (var row in rows)
        {
            foreach (var size in Enum.GetValues<SizeClass>())
            {
                if (row.Counts[size] > 0) volumes.Add(new DailyVolume(row.Day, row.Terminal.Length == 0 ? null : row.Terminal, row.Partner, size, row.Counts[size]));
            }
        }
        return volumes;
    }

    /// <summary>Parcels of each day in [from, until), days without any left out.</summary>
    public Task<List<(DateOnly Day, int Parcels)>> ListDaysAsync(Db db, PartnerScope scope, DateOnly from, DateOnly until) => db.ListAsync(
        "select day, cast(sum(s + m + l + xl) as bigint) as parcels from daily_volume where day >= @from and day < @until" + scope.And("partner_id") + " group by day order by day",
        r => (r.Day("day"), r.Int("parcels")),
        scope.Bind(("from", from), ("until", until)));

    /// <summary>Parcels to deliver of days in [from, until) by the hub they leave from; hubs without any are left out.</summary>
    public async Task<Dictionary<string, int>> CountByHubAsync(Db db, string areaId, DateOnly from, DateOnly until)
    {
        var rows = await db.ListAsync(
            "select hub_id, count(*) as parcels from parcel where area_id = @area and day >= @from and day < @until and flow = 'delivery' group by hub_id",
            r => (Hub: r.Text("hub_id"), Parcels: r.Int("parcels")),
            ("area", areaId), ("from", from), ("until", until));
        return rows.ToDictionary(r => r.Hub, r => r.Parcels, StringComparer.Ordinal);
    }

    /// <summary>Recounts one day from its parcels: deposited, handed over, collected and overdue ones.</summary>
    public async Task RecountAsync(Db db, string areaId, DateOnly day)
    {
        var counts = await db.ListAsync(
            """
            select terminal_id, partner_id, size, count(*) as parcels from parcel
            where area_id = @area and day = @day and flow = 'delivery' and state in ('deposited', 'handedOver', 'collected', 'overdue')
            group by terminal_id, partner_id, size
            """,
            r => new DailyVolume(day, r.TextOrNull("terminal_id"), r.Text("partner_id"), r.Enum<SizeClass>("size"), r.Int("parcels")),
            ("area", areaId), ("day", day));
        await SaveAsync(db, counts);
    }
}
