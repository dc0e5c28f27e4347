using Logistics.Domain;

namespace Logistics.Planning.Access;

/// <summary>Degrees to metres east and north of an origin; straight lines on the map stay straight, lengths are good to 0.5 % within a city.</summary>
internal readonly struct PlaneFrame(GeoPoint origin)
{
    private const double MetresPerDegree = 6_371_008.8 * Math.PI / 180;
    private readonly double _metresPerDegreeLon = MetresPerDegree * Math.Cos(double.DegreesToRadians(origin.Lat));

    public PlanePoint ToPlane(GeoPoint p) => new((p.Lon - origin.Lon) * _metresPerDegreeLon, (p.Lat - origin.Lat) * MetresPerDegree);
}

/// <summary>Metres east and north of a frame's origin.</summary>
internal readonly record struct PlanePoint(double X, double Y)
{
    public double MetresTo(PlanePoint other)
    {
        double dx = X - other.X, dy = Y - other.Y;
        return Math.Sqrt((dx * dx) + (dy * dy));
    }

    /// <summary>Twice the signed area of the triangle (this, a, b): positive when b lies to the left of the way from this to a.</summary>
    public double Turn(PlanePoint a, PlanePoint b) => ((a.X - X) * (b.Y - Y)) - ((a.Y - Y) * (b.X - X));
}
