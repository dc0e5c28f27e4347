namespace Logistics.Routing.Search.Classic;

/// <summary>A node in its route together with the gap behind it: all that an insertion beside it reads first, in little more than half a cache line.</summary>
internal struct Gap
{
    /// <summary>Stands for the legs of a node in no route: beside it every place is too dear.</summary>
    public const int Absent = -Neighbour.Never;

    public int Previous;
    public int Next;

    /// <summary>Vehicle, or −1 when the node is in no route.</summary>
    public int Route;
    public int Place;
    public int NextPlace;

    /// <summary>Cost of the leg to <see cref="Next"/>.</summary>
    public int LegCost;

    /// <summary>Cost of the leg from <see cref="Previous"/>.</summary>
    public int LegCostInto;

    /// <summary>Earliest departure.</summary>
    public int Departure;

    /// <summary>Latest arrival at <see cref="Next"/> with which the rest of the route is still in time.</summary>
    public int NextLatest;
}
