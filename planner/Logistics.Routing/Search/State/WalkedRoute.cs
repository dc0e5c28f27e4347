namespace Logistics.Routing.Search.State;

/// <summary>What a walk found for a route it priced, so that the route need not be walked again when it becomes that.</summary>
/// <param name="Begin">Second it begins; −1 when it was not walked.</param>
/// <param name="IsMeasured">The other figures belong to that beginning; otherwise it alone is known.</param>
internal readonly record struct WalkedRoute(int Begin, bool IsMeasured, long Cost, int Duration, long Distance, int Travel)
{
    /// <summary>Of a route that was not walked.</summary>
    public static WalkedRoute None => new(-1, false, 0, 0, 0, 0);
}
