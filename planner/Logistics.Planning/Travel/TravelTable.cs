using Logistics.Routing.Model;

namespace Logistics.Planning.Travel;

/// <summary>Travel between a list of places, from which profiles with and without closures are made at no extra memory.</summary>
public abstract class TravelTable
{
    public abstract int PlaceCount { get; }

    /// <summary>Congestion by hour; null when the source's durations hold all day.</summary>
    public TimeBands? Bands { get; init; }

    /// <summary>Bytes the table keeps alive.</summary>
    public abstract long SizeBytes { get; }

    /// <summary>A profile over this table; profiles share its arrays.</summary>
    public abstract TravelProfile ToProfile(LegClosures? closures = null);
}

/// <summary>Row-major n × n arrays of metres and seconds.</summary>
public sealed class MatrixTable(int placeCount, int[] distances, int[] durations) : TravelTable
{
    public override int PlaceCount => placeCount;

    public int[] Distances => distances;
    public int[] Durations => durations;

    public override long SizeBytes => (8L * distances.LongLength) + (Bands?.LegClass?.LongLength ?? 0);

    public override TravelProfile ToProfile(LegClosures? closures = null) =>
        new MatrixTravel(placeCount, distances, durations) { Bands = Bands, Closures = closures };
}

/// <summary>Great-circle legs computed when asked, for too many places to hold n² numbers.</summary>
public sealed class OnDemandTable(GreatCircleLegs legs) : TravelTable
{
    public override int PlaceCount => legs.Count;

    public override long SizeBytes => (32L * legs.Count) + (Bands?.LegClass?.LongLength ?? 0);

    public override TravelProfile ToProfile(LegClosures? closures = null) => new GreatCircleTravel(legs) { Bands = Bands, Closures = closures };
}

/// <summary>Great-circle travel computed on demand; memory O(n), about 15 ns a call.</summary>
public sealed class GreatCircleTravel(GreatCircleLegs legs) : TravelProfile
{
    public override int PlaceCount => legs.Count;
    public override int Distance(int from, int to) => legs.Metres(from, to);
    public override int Duration(int from, int to) => legs.Seconds(from, to);
}
