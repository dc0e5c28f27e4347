namespace Logistics.Routing.Search.State;

/// <summary>Earliest and latest departure at a node of a walked route: with the break still to come, and with it behind.</summary>
internal struct NodeBounds
{
    public int Ready;
    public int ReadyRested;
    public int Last;
    public int LastRested;
}
