using Logistics.Domain;

namespace Logistics.Planning.Travel;

/// <summary>Nested areas of a city by which speeds differ, most central first.</summary>
/// <param name="Rings">Closed rings of each area's border; the first and last point need not be equal.</param>
public sealed record RoadAreas(IReadOnlyList<IReadOnlyList<GeoPoint>> Rings)
{
    /// <summary>Index of the innermost area holding the point; <c>Rings.Count</c> when outside all.</summary>
    public int AreaOf(GeoPoint point)
    {
        for (var area = 0; area < Rings.Count; area++)
            if (Contains(Rings[area], point)) return area;
        return Rings.Count;
    }

    /// <summary>Even–odd rule; a point on the border may fall on either side.</summary>
    internal static bool Contains(IReadOnlyList<GeoPoint> ring, GeoPoint p)
    {
        var isInside = false;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            GeoPoint a = ring[i], b = ring[j];
            if (a.Lat > p.Lat != b.Lat > p.Lat && p.Lon < ((b.Lon - a.Lon) * (p.Lat - a.Lat) / (b.Lat - a.Lat)) + a.Lon) isInside = !isInside;
        }

        return isInside;
    }
}
