namespace Logistics.Routing.Search.Classic;

/// <summary>What else a route could carry (single visits), how many visits it makes, and what its legs cost before the vehicle's rate (where vehicles differ).</summary>
internal struct RouteSum
{
    public int Room;
    public int Count;
    public long Length;
}
