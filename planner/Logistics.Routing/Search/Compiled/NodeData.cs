namespace Logistics.Routing.Search.Compiled;

internal enum NodeKind : byte { Visit, Start, End, Reload }

/// <summary>What never changes about a node: a visit of an alternative, or a vehicle's start, end or reload.</summary>
/// <remarks>Node numbers: visits first, then start and end of each vehicle, then the reloads each vehicle may use.</remarks>
internal struct NodeData
{
    public int Place;

    /// <summary>Index of the (place, windows, vehicles' group) shared by like nodes; −1 for depots.</summary>
    public int Site;

    /// <summary>Global alternative index, −1 for depots.</summary>
    public int Alternative;

    /// <summary>The other visit of a pair, or −1.</summary>
    public int Mate;

    /// <summary>Hull of the windows for the start of the activity, inclusive; seconds.</summary>
    public int Earliest;
    public int Latest;

    /// <summary>First window and number of windows; the count is 0 when the hull says it all.</summary>
    public int FirstWindow;
    public int WindowCount;

    /// <summary>Seconds paid when the previous activity was at another place; loading seconds are handling.</summary>
    public int Setup;
    public int Handling;

    /// <summary>Start after this costs <see cref="CostPerLateSecond"/>; the largest int when never.</summary>
    public int DueTime;
    public long CostPerLateSecond;
    public NodeKind Kind;

    /// <summary>Depot of a reload.</summary>
    public int Depot;

    /// <summary>Windows are judged on the stay's first arrival only.</summary>
    public bool IsOnArrival;

    /// <summary>Second visit of a pair.</summary>
    public bool IsDropOff;

    /// <summary>Nodes of the exact problem it stands for: 1, or as many as were joined.</summary>
    public int Joined;

    /// <summary>Brings something from the depot, so a trip must load it.</summary>
    public bool IsFromDepot;
}
