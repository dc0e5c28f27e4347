using Logistics.Domain;

namespace Logistics.Planning.Travel;

/// <summary>Legs between places by great circle, detour factor and the speeds of the ends' areas.</summary>
/// <remarks>
/// Places are kept as unit vectors: the arc is 2R·asin(chord ÷ 2), the haversine result without trigonometry of coordinates per call. Immutable.
/// </remarks>
public sealed class GreatCircleLegs
{
    private const double EarthRadiusMetres = 6_371_008.8;
    private readonly double[] _x, _y, _z;
    private readonly byte[] _area;
    private readonly double[] _localSecondsPerMetre, _throughSecondsPerMetre;
    private readonly double _metresPerRadian;
    private readonly double _localMetres;

    public GreatCircleLegs(IReadOnlyList<GeoPoint> places, RoadAreas areas, SpeedModel speeds)
    {
        Count = places.Count;
        _x = new double[Count];
        _y = new double[Count];
        _z = new double[Count];
        _area = new byte[Count];
        for (var i = 0; i < Count; i++)
        {
            var (sinLat, cosLat) = Math.SinCos(double.DegreesToRadians(places[i].Lat));
            var (sinLon, cosLon) = Math.SinCos(double.DegreesToRadians(places[i].Lon));
            (_x[i], _y[i], _z[i]) = (cosLat * cosLon, cosLat * sinLon, sinLat);
            _area[i] = (byte)areas.AreaOf(places[i]);
        }

        _localSecondsPerMetre = [.. speeds.LocalKmh.Select(kmh => 3.6 / kmh)];
        _throughSecondsPerMetre = [.. speeds.ThroughKmh.Select(kmh => 3.6 / kmh)];
        _metresPerRadian = EarthRadiusMetres * speeds.DetourFactor;
        _localMetres = speeds.LocalMetres;
    }

    public int Count { get; }

    /// <summary>Area of a place, most central = 0.</summary>
    public byte Area(int place) => _area[place];

    /// <summary>Road metres, rounded to nearest.</summary>
    public int Metres(int from, int to) => (int)Math.Round(RoadMetres(from, to));

    /// <summary>Seconds at base speed, rounded up.</summary>
    public int Seconds(int from, int to) => SecondsOf(RoadMetres(from, to), from, to);

    /// <summary>Seconds at base speed for a path of <paramref name="roadMetres"/> between the two places, rounded up.</summary>
    public int SecondsOf(double roadMetres, int from, int to)
    {
        int a = _area[from], b = _area[to];
        var atEachEnd = Math.Min(roadMetres / 2, _localMetres);
        var between = roadMetres - (2 * atEachEnd);
        return (int)Math.Ceiling(
            (atEachEnd * (_localSecondsPerMetre[a] + _localSecondsPerMetre[b]))
            + (between * 0.5 * (_throughSecondsPerMetre[a] + _throughSecondsPerMetre[b])));
    }

    private double RoadMetres(int from, int to)
    {
        double dx = _x[from] - _x[to], dy = _y[from] - _y[to], dz = _z[from] - _z[to];
        return 2 * _metresPerRadian * Math.Asin(0.5 * Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz)));
    }
}
