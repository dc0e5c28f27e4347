using System.Globalization;
using Logistics.Domain;

namespace Logistics.Storage;

/// <summary>One parcel's stay at a terminal, as the custody ledger tells it.</summary>
/// <param name="Collected">Null while it lies there.</param>
public sealed record TerminalStay(string TerminalId, DateTimeOffset Deposited, DateTimeOffset? Collected);

/// <summary>What forecasts of lockers start from: every box of an area, and how long parcels lay.</summary>
public sealed class LockerQueries
{
    /// <summary>Every compartment of the area's terminals, by terminal, size and label.</summary>
    public Task<List<Compartment>> ListCompartmentsAsync(Db db, string areaId) => db.ListAsync(
        "select c.* from compartment c join terminal t on t.id = c.terminal_id where t.area_id = @area order by c.terminal_id, c.size, c.label", NetworkStore.ReadCompartment, ("area", areaId));

    /// <summary>Stays of parcels whose service day is <paramref name="from"/> or later.</summary>
    public async Task<List<TerminalStay>> ListStaysAsync(Db db, string areaId, DateOnly from)
    {
        var terminals = (await ListCompartmentsAsync(db, areaId)).ToDictionary(c => c.Id, c => c.TerminalId, StringComparer.Ordinal);
        var links = await db.ListAsync(
            "select l.doc from custody_link l join parcel p on p.id = l.parcel_id where p.area_id = @area and p.day >= @from order by l.parcel_id, l.link_index",
            r => r.Json<CustodyLink>("doc").Event, ("area", areaId), ("from", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        var stays = new List<TerminalStay>();
        foreach (var parcel in links.GroupBy(e => e.ParcelId, StringComparer.Ordinal))
        {
            // Events arrive in any order; what happened is their order in time.
            string? at = null;
            DateTimeOffset since = default;
            foreach (var e in parcel.OrderBy(e => e.At))
            {
                if (at is not null) stays.Add(new TerminalStay(at, since, e.At));
                at = e.To.Kind switch
                {
                    HolderKind.Compartment => terminals.GetValueOrDefault(e.To.Id),
                    HolderKind.Terminal => e.To.Id,
                    _ => null,
                };
                since = e.At;
            }

            if (at is not null) stays.Add(new TerminalStay(at, since, null));
        }
        return stays;
    }
}
