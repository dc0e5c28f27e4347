namespace Logistics.Domain;

/// <summary>The parcel's state machine: pure, total, and every refusal says what would have been possible.</summary>
public static class ParcelTransitions
{
    private static readonly Dictionary<(ParcelState From, ParcelAction Action), ParcelState> Table = new()
    {
        [(ParcelState.Received, ParcelAction.Promise)] = ParcelState.Promised,
        [(ParcelState.Received, ParcelAction.Quarantine)] = ParcelState.Quarantined,
        [(ParcelState.Received, ParcelAction.Cancel)] = ParcelState.Cancelled,
        [(ParcelState.Quarantined, ParcelAction.Mend)] = ParcelState.Received,
        [(ParcelState.Quarantined, ParcelAction.Cancel)] = ParcelState.Cancelled,
        [(ParcelState.Promised, ParcelAction.Plan)] = ParcelState.Planned,
        [(ParcelState.Promised, ParcelAction.Quarantine)] = ParcelState.Quarantined,
        [(ParcelState.Promised, ParcelAction.Cancel)] = ParcelState.Cancelled,
        // A new version of the published plan plans it again without a detour through Promised.
        [(ParcelState.Planned, ParcelAction.Plan)] = ParcelState.Planned,
        [(ParcelState.Planned, ParcelAction.Unplan)] = ParcelState.Promised,
        [(ParcelState.Planned, ParcelAction.Load)] = ParcelState.Loaded,
        [(ParcelState.Planned, ParcelAction.Lose)] = ParcelState.Missing,
        [(ParcelState.Planned, ParcelAction.Cancel)] = ParcelState.Cancelled,
        [(ParcelState.Loaded, ParcelAction.Depart)] = ParcelState.Out,
        [(ParcelState.Loaded, ParcelAction.Return)] = ParcelState.Returned,
        [(ParcelState.Loaded, ParcelAction.Lose)] = ParcelState.Missing,
        [(ParcelState.Out, ParcelAction.Deposit)] = ParcelState.Deposited,
        [(ParcelState.Out, ParcelAction.HandOver)] = ParcelState.HandedOver,
        [(ParcelState.Out, ParcelAction.Return)] = ParcelState.Returned,
        [(ParcelState.Out, ParcelAction.Lose)] = ParcelState.Missing,
        [(ParcelState.Deposited, ParcelAction.Collect)] = ParcelState.Collected,
        [(ParcelState.Deposited, ParcelAction.Expire)] = ParcelState.Overdue,
        [(ParcelState.Deposited, ParcelAction.Return)] = ParcelState.Returned,
        [(ParcelState.Deposited, ParcelAction.Lose)] = ParcelState.Missing,
        [(ParcelState.Overdue, ParcelAction.Collect)] = ParcelState.Collected,
        [(ParcelState.Overdue, ParcelAction.Return)] = ParcelState.Returned,
        [(ParcelState.Overdue, ParcelAction.Lose)] = ParcelState.Missing,
        [(ParcelState.Returned, ParcelAction.Retry)] = ParcelState.Promised,
        [(ParcelState.Returned, ParcelAction.Cancel)] = ParcelState.Cancelled,
        [(ParcelState.Missing, ParcelAction.Find)] = ParcelState.Returned,
    };

    /// <summary>Whether nothing can happen to a parcel in that state any more.</summary>
    public static bool IsFinal(ParcelState state) => AllowedActions(state).Count == 0;

    /// <summary>Whether the partner may still change the order: until it is loaded, and again not after it ended.</summary>
    public static bool IsRevisable(ParcelState state) =>
        state is ParcelState.Received or ParcelState.Quarantined or ParcelState.Promised or ParcelState.Planned;

    public static IReadOnlyList<ParcelAction> AllowedActions(ParcelState state) =>
        [.. Table.Keys.Where(k => k.From == state).Select(k => k.Action).Order()];

    public static ParcelState? Next(ParcelState from, ParcelAction action) =>
        Table.TryGetValue((from, action), out var to) ? to : null;

    /// <summary>The parcel after the action, or why it cannot happen now.</summary>
    /// <param name="reason">Kept with the parcel; null clears the last one.</param>
    public static Outcome<Parcel> Apply(Parcel parcel, ParcelAction action, DateTimeOffset at, string? reason = null)
    {
        if (Next(parcel.State, action) is not { } to)
        {
            var allowed = AllowedActions(parcel.State);
            return new Refusal("parcel.transition",
                $"Parcel {parcel.Waybill} is {parcel.State}: {action} is not possible. "
                + (allowed.Count == 0 ? "Its state is final." : $"Possible: {string.Join(", ", allowed)}."));
        }
        return parcel with
        {
            State = to,
            StateReason = reason,
            UpdatedAt = at,
            Assignment = action is ParcelAction.Unplan or ParcelAction.Retry or ParcelAction.Cancel or ParcelAction.Quarantine ? null : parcel.Assignment,
        };
    }

    /// <summary>Puts the parcel into a published plan.</summary>
    public static Outcome<Parcel> Assign(Parcel parcel, ParcelAssignment assignment, DateTimeOffset at)
    {
        var planned = Apply(parcel, ParcelAction.Plan, at);
        return planned.IsAccepted ? planned.Value with { Assignment = assignment } : planned;
    }

    /// <summary>Promises a returned parcel again for a later day: its windows keep their hours and move by whole days.</summary>
    public static Outcome<Parcel> Retry(Parcel parcel, DateOnly day, DateTimeOffset at, string? reason = null)
    {
        if (day <= parcel.Day) return new Refusal("parcel.day", FormattableString.Invariant($"Parcel {parcel.Waybill} was to be delivered on {parcel.Day:yyyy-MM-dd}; a new try on {day:yyyy-MM-dd} must be later."));
        var retried = Apply(parcel, ParcelAction.Retry, at, reason);
        if (!retried.IsAccepted) return retried;
        var shift = TimeSpan.FromDays(day.DayNumber - parcel.Day.DayNumber);
        TimeWindow Moved(TimeWindow w) => new(w.Start + shift, w.End + shift);
        return retried.Value with
        {
            Day = day,
            Promise = Moved(parcel.Promise),
            Options = [.. parcel.Options.Select(o => o with { Window = Moved(o.Window) })],
        };
    }

    /// <summary>Replaces the order's content by a newer one of the same partner and waybill.</summary>
    /// <returns>
    /// The stored parcel itself when nothing changed; a new revision otherwise, unplanned if it was planned (the plan no longer fits it);
    /// a refusal once it is loaded.
    /// </returns>
    public static Outcome<Parcel> Revise(Parcel stored, Parcel incoming, DateTimeOffset at)
    {
        if (OrderFingerprint.Of(stored) == OrderFingerprint.Of(incoming)) return stored;
        if (!IsRevisable(stored.State))
        {
            return new Refusal("order.locked",
                $"Order {stored.Waybill} is {stored.State}: it can be changed only until it is loaded.");
        }
        return incoming with
        {
            Id = stored.Id,
            State = stored.State == ParcelState.Planned ? ParcelState.Promised : incoming.State,
            Revision = stored.Revision + 1,
            Assignment = null,
            CreatedAt = stored.CreatedAt,
            UpdatedAt = at,
        };
    }
}
