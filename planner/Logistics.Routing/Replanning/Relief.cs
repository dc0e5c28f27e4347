namespace Logistics.Routing.Replanning;

/// <summary>The limit that history made impossible to keep.</summary>
public enum ReliefKind
{
    ServiceLevel,
    ShiftEnd,
    DepotClosed,
    Duration,
    Distance,
    Travel,
    Breaks,
    NoWayHome,
    DeliveryTime,
}

/// <summary>A limit lifted just so far that what has happened already is legal.</summary>
/// <param name="Vehicle">Vehicle index, or −1.</param>
/// <param name="Job">Job index, or −1.</param>
/// <param name="Value">The limit as it is now, in its own unit; null = lifted altogether.</param>
public sealed record Relief(ReliefKind Kind, string Message, int Vehicle = -1, int Job = -1, long? Value = null)
{
    public override string ToString() => Message;
}
