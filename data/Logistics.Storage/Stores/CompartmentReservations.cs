using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>Keeps boxes for parcels of the published plan.</summary>
/// <remarks>
/// A locker may be planned fuller than it is empty now, because recipients collect during the day. So a reservation is made where a box of the
/// planned class is free, and a parcel without one is still planned; it takes the box that is free when the courier comes.
/// </remarks>
internal static class CompartmentReservations
{
    /// <param name="wishes">Parcel, terminal and class, in the order they are served.</param>
    public static async Task ReserveAsync(Db db, IReadOnlyCollection<(string ParcelId, string TerminalId, SizeClass Size)> wishes, DateTimeOffset at)
    {
        if (wishes.Count == 0) return;
        var free = (await db.ListAsync(
                "select id, terminal_id, size from compartment where use_state = 'free' and service = 'inService' and "
                + db.Dialect.InList("terminal_id", "terminals") + " order by terminal_id, label" + db.Dialect.ForUpdate,
                r => (Id: r.Text("id"), Terminal: r.Text("terminal_id"), Size: r.Enum<SizeClass>("size")),
                ("terminals", wishes.Select(w => w.TerminalId).Distinct().ToArray())))
            .GroupBy(c => (c.Terminal, c.Size)).ToDictionary(g => g.Key, g => new Queue<string>(g.Select(c => c.Id)));
        var taken = new List<object?[]>();
        foreach (var (parcel, terminal, size) in wishes)
        {
            if (free.TryGetValue((terminal, size), out var boxes) && boxes.TryDequeue(out var box)) taken.Add([box, parcel, at]);
        }
        await db.ExecuteManyAsync(
            "update compartment set use_state = 'reserved', parcel_id = @parcel, since = @since where id = @id", ["id", "parcel", "since"], taken);
    }

    public static Task ReleaseAsync(Db db, IEnumerable<string> parcelIds) => db.ExecuteAsync(
        "update compartment set use_state = 'free', parcel_id = null, since = null where use_state = 'reserved' and " + db.Dialect.InList("parcel_id", "parcels"),
        ("parcels", parcelIds.ToArray()));
}
