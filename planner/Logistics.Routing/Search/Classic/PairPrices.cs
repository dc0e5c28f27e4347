namespace Logistics.Routing.Search.Classic;

/// <summary>For each pair and route the cheapest insertion as last worked out, good for as long as the route is what it was then.</summary>
/// <remarks>
/// An iteration changes few routes, and one that is refused changes none: the colder the search, the more of the prices asked for are already known. Rows lie by job, so that one
/// insertion reads consecutive cells. Memory: 24 bytes × jobs × vehicles.
/// </remarks>
internal sealed class PairPrices(int jobs, int vehicles)
{
    // 48 MB an island; beyond it most routes are far from a pair anyway.
    private const long MostCells = 2_000_000;

    private readonly PairPrice[] _cells = new PairPrice[jobs * vehicles];

    public static bool IsWorthwhile(ClassicProblem problem) => (long)problem.Prize.Length * problem.Capacity.Length <= MostCells;

    public Span<PairPrice> Of(int job) => _cells.AsSpan(job * vehicles, vehicles);
}

/// <summary>What a pair costs in a route, and where it goes there.</summary>
internal struct PairPrice
{
    /// <summary>State of the route that this is true for; 0 before it was ever asked.</summary>
    public long Version;

    /// <summary>Exact when the position is known, otherwise no position costs less.</summary>
    public long Price;

    /// <summary>−1 where only a bound is known.</summary>
    public int AfterPickup;
    public int AfterDelivery;
}
