using Logistics.Domain;

namespace Logistics.Planning.Travel;

/// <summary>A source of travel times: the built-in great-circle model or a road router.</summary>
public interface ITravelTimes
{
    /// <summary>Names the source and everything its answers depend on besides the places; part of the cache key.</summary>
    string Identity { get; }

    /// <summary>Distances and durations between all pairs of <paramref name="places"/>.</summary>
    /// <exception cref="TravelUnavailableException">The source cannot answer; the message says which, why and what to use instead.</exception>
    Task<TravelTable> BuildTableAsync(IReadOnlyList<GeoPoint> places, CancellationToken cancellation);

    /// <summary>The line to draw for a route through <paramref name="places"/> in order, ends included.</summary>
    /// <exception cref="TravelUnavailableException">The source cannot answer.</exception>
    Task<TravelLine> BuildLineAsync(IReadOnlyList<GeoPoint> places, CancellationToken cancellation);
}

/// <summary>A drawn route with its length and base-speed duration.</summary>
public sealed record TravelLine(IReadOnlyList<GeoPoint> Points, double Metres, double Seconds);

/// <summary>A travel source is unreachable or answered nonsense.</summary>
/// <param name="address">Where it was asked.</param>
public sealed class TravelUnavailableException(string address, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Address { get; } = address;
}
