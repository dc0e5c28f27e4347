namespace Logistics.Routing.Search.State;

/// <summary>What a walk tells about other starts: how far the start may move until something behaves differently, and what that would cost.</summary>
/// <remarks>An activity moves with the start once the waiting before it is used up. Owned by one <see cref="Walk"/>.</remarks>
internal sealed class StartShifts
{
    /// <summary>Further than any start can move.</summary>
    public const int Never = int.MaxValue;

    /// <summary>Least shift that makes some activity behave differently.</summary>
    public long Next { get; private set; }

    /// <summary>Waiting up to the present activity: a later start uses it up first.</summary>
    public long Absorbed { get; private set; }

    /// <summary>Largest shift that misses no window.</summary>
    public long Slack { get; private set; }

    /// <summary>Whether the walk reached the end, whatever it measured there.</summary>
    public bool IsTimed { get; set; }

    public StartModel Model { get; } = new();

    public void Clear()
    {
        (Next, Absorbed, Slack, IsTimed) = (Never, 0, Never, false);
        Model.Clear();
    }

    /// <summary>So much waiting is met; using up all of it is an event.</summary>
    public void Absorb(long waiting, bool isEvent = true)
    {
        Absorbed += waiting;
        if (Absorbed > 0 && isEvent) Next = Math.Min(Next, Absorbed);
    }

    /// <summary>The present activity must not move by more than <paramref name="distance"/>.</summary>
    public void Bound(long distance) => Slack = Math.Min(Slack, Absorbed + distance);

    /// <summary>A shift that moves the present activity by so much is an event.</summary>
    public void Offer(long distance) => OfferStart(Absorbed + distance);

    public void OfferStart(long shift)
    {
        if (shift > 0 && shift < Next) Next = shift;
    }
}
