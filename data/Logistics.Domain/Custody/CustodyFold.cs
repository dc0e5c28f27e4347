namespace Logistics.Domain;

/// <summary>Computes who holds what from the set of hand-overs, whatever order they arrived in.</summary>
/// <remarks>
/// The result is a function of the set: duplicates fall away by event id, and before folding the events are put into one canonical order
/// (time, then event id). Continuity goes before time: the next hand-over is the earliest one whose giver is the present holder (or is not
/// named), so a device whose clock runs minutes ahead does not reverse a parcel's journey. Only when no event continues the chain is the
/// earliest one taken with a <see cref="CustodyConflictKind.MissingLink"/>.
/// </remarks>
public static class CustodyFold
{
    /// <param name="origin">Who had it before any event.</param>
    /// <param name="events">Events of this parcel, in any order, duplicates allowed.</param>
    /// <exception cref="ArgumentException">An event is of another parcel.</exception>
    public static CustodyState Of(string parcelId, Holder origin, IEnumerable<CustodyEvent> events)
    {
        var open = events.OrderBy(e => e.At).ThenBy(e => e.EventId, StringComparer.Ordinal).DistinctBy(e => e.EventId).ToList();
        if (open.Find(e => e.ParcelId != parcelId) is { } foreign) throw new ArgumentException($"Event {foreign.EventId} is of parcel {foreign.ParcelId}, not {parcelId}.", nameof(events));

        var state = new CustodyState(parcelId, origin, DateTimeOffset.MinValue, null, WasLoaded: origin.Kind == HolderKind.Vehicle);
        var conflicts = new List<CustodyConflict>();
        while (open.Count > 0)
        {
            var next = open.FindIndex(e => Continues(state.Holder, e));
            if (next < 0 && state.Holder.Kind == HolderKind.Recipient)
            {
                // The journey is over: what is left is noise or a mistake, and must not take the parcel back.
                conflicts.AddRange(open.Select(e => new CustodyConflict(
                    CustodyConflictKind.AfterDelivery, e.EventId, $"{e.EventId} gives the parcel to {e.To} after its recipient had it.")));
                break;
            }
            if (next < 0)
            {
                next = 0;
                conflicts.Add(new CustodyConflict(
                    CustodyConflictKind.MissingLink, open[0].EventId, $"{open[0].EventId} says {open[0].From} gave the parcel, but {state.Holder} held it."));
            }
            var e = open[next];
            open.RemoveAt(next);
            // Two reports of one hand-over (the courier's scan and the locker's door) do not start the holder's time anew.
            if (e.To == state.Holder) continue;
            state = state with
            {
                Holder = e.To,
                Since = e.At,
                LastEventId = e.EventId,
                GivenBy = state.Holder,
                WasLoaded = state.WasLoaded || e.To.Kind == HolderKind.Vehicle,
            };
        }
        return state with { Conflicts = conflicts };
    }

    /// <summary>Lets every compartment hold one parcel at most: of several claims the latest deposit keeps it.</summary>
    /// <param name="claims">States of every parcel that may be in one of the compartments, each with the terminal of its compartment.</param>
    /// <returns>The states, in the order given; a displaced parcel is held by the terminal and carries the conflict.</returns>
    public static IReadOnlyList<CustodyState> Settle(IReadOnlyList<CustodyState> claims, Func<string, string> terminalOf)
    {
        var winners = claims.Where(s => s.Holder.Kind == HolderKind.Compartment)
            .GroupBy(s => s.Holder.Id)
            .ToDictionary(g => g.Key, g => g.OrderBy(s => s.Since).ThenBy(s => s.LastEventId, StringComparer.Ordinal).ThenBy(s => s.ParcelId, StringComparer.Ordinal).Last());
        return [.. claims.Select(s => s.Holder.Kind != HolderKind.Compartment || winners[s.Holder.Id].ParcelId == s.ParcelId ? s : s with
        {
            Holder = new Holder(HolderKind.Terminal, terminalOf(s.Holder.Id)),
            Conflicts = [.. s.Conflicts, new CustodyConflict(
                CustodyConflictKind.CompartmentShared, s.LastEventId ?? "", $"Compartment {s.Holder.Id} took parcel {winners[s.Holder.Id].ParcelId} after {s.ParcelId}; look where {s.ParcelId} is.")],
        })];
    }

    // A recipient gives only by name: an anonymous scan after delivery is not a return.
    private static bool Continues(Holder holder, CustodyEvent e) => e.From == holder || e.From is null && holder.Kind != HolderKind.Recipient;
}
