namespace Logistics.Domain;

/// <summary>The coordinate system a position was given in. Stored positions are always <see cref="Wgs84"/>.</summary>
public enum Datum
{
    Wgs84,

    /// <summary>GCJ-02, the shifted system of Chinese maps and phones.</summary>
    Gcj02,

    /// <summary>BD-09, Baidu's second shift on top of GCJ-02.</summary>
    Bd09,
}

/// <summary>A position in degrees, longitude first.</summary>
/// <param name="Lon">Longitude, degrees, [−180, 180].</param>
/// <param name="Lat">Latitude, degrees, [−90, 90].</param>
public readonly record struct GeoPoint(double Lon, double Lat)
{
    private const double EarthRadiusMetres = 6_371_008.8;

    /// <summary>Whether both numbers are finite and in range.</summary>
    public bool IsValid() => double.IsFinite(Lon) && double.IsFinite(Lat) && Math.Abs(Lon) <= 180 && Math.Abs(Lat) <= 90;

    /// <summary>Great-circle distance in metres on the mean sphere (haversine; error against the ellipsoid below 0.6 %).</summary>
    public double MetresTo(GeoPoint other)
    {
        const double radians = Math.PI / 180;
        var sinLat = Math.Sin((other.Lat - Lat) * radians / 2);
        var sinLon = Math.Sin((other.Lon - Lon) * radians / 2);
        var h = sinLat * sinLat + Math.Cos(Lat * radians) * Math.Cos(other.Lat * radians) * sinLon * sinLon;
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    public override string ToString() => FormattableString.Invariant($"{Lon:0.######},{Lat:0.######}");
}
