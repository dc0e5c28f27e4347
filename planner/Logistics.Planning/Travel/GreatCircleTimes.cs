using System.Globalization;
using Logistics.Domain;
using Logistics.Routing.Model;

namespace Logistics.Planning.Travel;

/// <summary>Travel times that need nothing but coordinates: great circle × detour factor, speeds by area and hour.</summary>
public sealed class GreatCircleTimes(RoadAreas areas, SpeedModel speeds) : ITravelTimes
{
    /// <summary>Most places for which n² arrays of metres and seconds are kept; above, legs are computed on demand.</summary>
    public const int MaxMatrixPlaces = 3_000;

    /// <summary>Most places for which each leg has its own congestion class; above, every leg has the class of the third ring's neighbourhood.</summary>
    public const int MaxClassedPlaces = 8_000;

    public static GreatCircleTimes Beijing { get; } = new(BeijingRings.Areas, SpeedModel.Beijing);

    public RoadAreas Areas => areas;
    public SpeedModel Speeds => speeds;

    public string Identity { get; } = Identify(areas, speeds);

    public TravelTable BuildTable(IReadOnlyList<GeoPoint> places)
    {
        var legs = new GreatCircleLegs(places, areas, speeds);
        var bands = BuildBands(legs);
        if (places.Count > MaxMatrixPlaces) return new OnDemandTable(legs) { Bands = bands };

        var n = places.Count;
        int[] distances = new int[n * n], durations = new int[n * n];
        Parallel.For(0, n, from =>
        {
            for (var to = 0; to < n; to++)
            {
                distances[(from * n) + to] = legs.Metres(from, to);
                durations[(from * n) + to] = legs.Seconds(from, to);
            }
        });
        return new MatrixTable(n, distances, durations) { Bands = bands };
    }

    public Task<TravelTable> BuildTableAsync(IReadOnlyList<GeoPoint> places, CancellationToken cancellation) => Task.FromResult(BuildTable(places));

    public Task<TravelLine> BuildLineAsync(IReadOnlyList<GeoPoint> places, CancellationToken cancellation)
    {
        var legs = new GreatCircleLegs(places, areas, speeds);
        double metres = 0, seconds = 0;
        for (var i = 0; i + 1 < places.Count; i++)
        {
            metres += legs.Metres(i, i + 1);
            seconds += legs.Seconds(i, i + 1);
        }

        return Task.FromResult(new TravelLine([.. places], metres, seconds));
    }

    private TimeBands BuildBands(GreatCircleLegs legs)
    {
        int[] from = [.. speeds.BandFromSeconds];
        int[][] factors = [.. speeds.FactorPermille.Select(f => f.ToArray())];
        if (legs.Count > MaxClassedPlaces) return new TimeBands(from, [factors[factors.Length / 2]], null);

        var n = legs.Count;
        var classes = new byte[n * n];
        Parallel.For(0, n, a =>
        {
            for (var b = 0; b < n; b++) classes[(a * n) + b] = Math.Min(legs.Area(a), legs.Area(b));
        });
        return new TimeBands(from, factors, classes);
    }

    private static string Identify(RoadAreas areas, SpeedModel speeds)
    {
        var numbers = areas.Rings.SelectMany(r => r.SelectMany(p => new[] { p.Lon, p.Lat }))
            .Concat(speeds.LocalKmh).Concat(speeds.ThroughKmh).Append(speeds.DetourFactor).Append(speeds.LocalMetres)
            .Concat(speeds.BandFromSeconds.Select(s => (double)s)).Concat(speeds.FactorPermille.SelectMany(f => f).Select(f => (double)f));
        return "great-circle:" + string.Join(',', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)));
    }
}
