namespace Logistics.Domain;

/// <summary>An area on the map: one outer ring and any holes, each a list of points; the closing point may be repeated or left out.</summary>
/// <param name="Rings">Outer ring first. Membership is even-odd, so winding order does not matter.</param>
public sealed record GeoPolygon(IReadOnlyList<IReadOnlyList<GeoPoint>> Rings)
{
    public static GeoPolygon FromRing(params IReadOnlyList<GeoPoint> ring) => new([ring]);

    /// <summary>An axis-parallel rectangle.</summary>
    public static GeoPolygon FromBounds(double west, double south, double east, double north) =>
        FromRing(new(west, south), new(east, south), new(east, north), new(west, north));

    /// <summary>Even-odd test; points exactly on an edge may fall on either side. O(vertices).</summary>
    public bool Contains(GeoPoint p)
    {
        var isInside = false;
        foreach (var ring in Rings)
        {
            for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
            {
                var (a, b) = (ring[i], ring[j]);
                if (a.Lat > p.Lat != b.Lat > p.Lat && p.Lon < (b.Lon - a.Lon) * (p.Lat - a.Lat) / (b.Lat - a.Lat) + a.Lon) isInside = !isInside;
            }
        }
        return isInside;
    }

    /// <summary>What is wrong with the shape; empty when it is usable.</summary>
    public IReadOnlyList<string> Check()
    {
        if (Rings.Count == 0) return ["A polygon needs at least one ring."];
        var problems = new List<string>();
        for (var r = 0; r < Rings.Count; r++)
        {
            if (Rings[r].Distinct().Count() < 3) problems.Add($"Ring {r} has {Rings[r].Distinct().Count()} different points; at least 3 are needed.");
            foreach (var p in Rings[r].Where(p => !p.IsValid())) problems.Add($"Ring {r} has the point {p}, which is not a lon,lat in degrees.");
        }
        return problems;
    }
}
