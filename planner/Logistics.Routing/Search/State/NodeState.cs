namespace Logistics.Routing.Search.State;

/// <summary>A node's place in its route and what is cached there, so that a change beside it is priced without walking the route.</summary>
/// <remarks>One struct a node rather than an array a field: a candidate position reads nearly all of it, and it lies in one or two cache lines.</remarks>
internal struct NodeState
{
    public int Previous;
    public int Next;

    /// <summary>Vehicle, or −1 when the node is in no route.</summary>
    public int Route;

    /// <summary>Start or reload node of its trip.</summary>
    public int Head;

    /// <summary>Position from the route's start, which is 0.</summary>
    public int Position;
    public int Place;

    /// <summary>Earliest departure.</summary>
    public int Departure;

    /// <summary>Latest departure with which the rest of the route is still in time.</summary>
    public int LatestDeparture;

    /// <summary>Cost of the leg to <see cref="Next"/>.</summary>
    public long LegCost;

    /// <summary>Load on the leg to <see cref="Next"/>, and the highest load on the trip's legs up to that one and from that one on; dimension 0.</summary>
    public long Load;
    public long HighestBefore;
    public long HighestAfter;

    /// <summary>Least duration from the route's start to this departure, waiting included, and the latest start that keeps the windows so far.</summary>
    public int Duration;
    public int LatestStart;

    /// <summary>Least duration of the rest after this departure, and the earliest departure that reaches it.</summary>
    public int RestDuration;
    public int RestEarliest;
}

/// <summary>What a route as a whole measures and costs.</summary>
internal struct RouteState
{
    /// <summary>Everything but preferences and disturbance, which belong to jobs.</summary>
    public long Cost;
    public long Distance;
    public int Duration;
    public int Travel;
    public int Tasks;
    public int Stops;
    public int Reloads;

    /// <summary>Second the route begins where it is walked exactly: the next walk starts looking there.</summary>
    public int Begin;

    /// <summary>True when the vehicle leaves at all.</summary>
    public bool IsUsed;
}
