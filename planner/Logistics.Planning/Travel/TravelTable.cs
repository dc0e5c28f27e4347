using Logistics.Routing.Model;

namespace Logistics.Planning.Travel;

/// <summary>Travel between a list of places, from which profiles for several speeds and closures are made that share its arrays.</summary>
/// <remarks>Immutable to its users; safe for concurrent use.</remarks>
public abstract class TravelTable
{
    public abstract int PlaceCount { get; }

    /// <summary>Congestion by hour; null when the source's durations hold all day.</summary>
    public TimeBands? Bands { get; init; }

    /// <summary>Bytes the table keeps alive.</summary>
    public abstract long SizeBytes { get; }

    /// <param name="speedFactor">Speed relative to the table's, above 0: durations are divided by it and rounded up.</param>
    public abstract TravelProfile ToProfile(LegClosures? closures = null, double speedFactor = 1);
}

/// <summary>Row-major n × n arrays of metres and seconds.</summary>
public sealed class MatrixTable(int placeCount, int[] distances, int[] durations) : TravelTable
{
    // Guarded by itself; one extra array for each speed factor in use.
    private readonly Dictionary<double, int[]> _scaled = [];

    public override int PlaceCount => placeCount;

    public int[] Distances => distances;
    public int[] Durations => durations;

    public override long SizeBytes => (8L * distances.LongLength) + (Bands?.LegClass?.LongLength ?? 0);

    public override TravelProfile ToProfile(LegClosures? closures = null, double speedFactor = 1) =>
        new MatrixTravel(placeCount, distances, Scaled(speedFactor)) { Bands = Bands, Closures = closures };

    private int[] Scaled(double factor)
    {
        if (factor == 1) return durations;
        lock (_scaled)
        {
            if (_scaled.TryGetValue(factor, out var known)) return known;
            var scaled = Array.ConvertAll(durations, d => d == TravelProfile.Unreachable ? d : (int)Math.Min(1 << 30, Math.Ceiling(d / factor)));
            return _scaled[factor] = scaled;
        }
    }
}

/// <summary>Great-circle legs computed when asked, for too many places to hold n² numbers.</summary>
public sealed class OnDemandTable(GreatCircleLegs legs) : TravelTable
{
    public override int PlaceCount => legs.Count;

    public override long SizeBytes => (32L * legs.Count) + (Bands?.LegClass?.LongLength ?? 0);

    public override TravelProfile ToProfile(LegClosures? closures = null, double speedFactor = 1) =>
        new GreatCircleTravel(legs, speedFactor) { Bands = Bands, Closures = closures };
}

/// <summary>Great-circle travel computed on demand; memory O(n), about 15 ns a call.</summary>
public sealed class GreatCircleTravel(GreatCircleLegs legs, double speedFactor) : TravelProfile
{
    public override int PlaceCount => legs.Count;
    public override int Distance(int from, int to) => legs.Metres(from, to);
    public override int Duration(int from, int to) => speedFactor == 1 ? legs.Seconds(from, to) : (int)Math.Ceiling(legs.Seconds(from, to) / speedFactor);
}
