using System.Runtime.CompilerServices;
using Logistics.Domain;
using NetTopologySuite.Geometries;

namespace Logistics.Planning.Access;

/// <summary>The polygons of one access rule in the plane, with the tests the matrix loop needs.</summary>
/// <remarks>
/// NetTopologySuite repairs and merges the drawn polygons; the segment test is our own because it runs for every pair of places (tens of millions of times)
/// and must not allocate. A property test holds the two together.
/// </remarks>
internal sealed class BannedShape
{
    private readonly double[] _ax, _ay, _bx, _by;
    private readonly Envelope _bounds;

    public BannedShape(string name, IReadOnlyList<GeoPolygon> polygons, PlaneFrame frame)
    {
        Name = name;
        var merged = NetTopologySuite.Operation.Union.UnaryUnionOp.Union(polygons.Select(p => ToGeometry(p, frame)).ToArray())
            ?? GeometryFactory.Default.CreatePolygon();
        Geometry = merged;
        _bounds = merged.EnvelopeInternal;
        var edges = new List<(Coordinate A, Coordinate B)>();
        for (var g = 0; g < merged.NumGeometries; g++)
        {
            if (merged.GetGeometryN(g) is not Polygon polygon) continue;
            foreach (var ring in polygon.InteriorRings.Prepend(polygon.ExteriorRing))
                for (var i = 0; i + 1 < ring.NumPoints; i++) edges.Add((ring.GetCoordinateN(i), ring.GetCoordinateN(i + 1)));
        }

        _ax = [.. edges.Select(e => e.A.X)];
        _ay = [.. edges.Select(e => e.A.Y)];
        _bx = [.. edges.Select(e => e.B.X)];
        _by = [.. edges.Select(e => e.B.Y)];
    }

    /// <summary>Equal for equal areas; tells shapes apart in look-ups.</summary>
    public string Name { get; }

    /// <summary>The merged area, metres.</summary>
    public Geometry Geometry { get; }

    /// <summary>Even–odd over all edges.</summary>
    public bool Contains(PlanePoint p)
    {
        if (!_bounds.Contains(p.X, p.Y)) return false;
        var isInside = false;
        for (var e = 0; e < _ax.Length; e++)
            if (_ay[e] > p.Y != _by[e] > p.Y && p.X < ((_bx[e] - _ax[e]) * (p.Y - _ay[e]) / (_by[e] - _ay[e])) + _ax[e]) isInside = !isInside;
        return isInside;
    }

    /// <summary>Whether the segment's interior crosses the border properly; touching a corner or running along an edge does not count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool IsCrossedBy(PlanePoint p, PlanePoint q)
    {
        if (Math.Max(p.X, q.X) <= _bounds.MinX || Math.Min(p.X, q.X) >= _bounds.MaxX || Math.Max(p.Y, q.Y) <= _bounds.MinY || Math.Min(p.Y, q.Y) >= _bounds.MaxY)
            return false;
        double dx = q.X - p.X, dy = q.Y - p.Y;
        for (var e = 0; e < _ax.Length; e++)
        {
            var sideA = (dx * (_ay[e] - p.Y)) - (dy * (_ax[e] - p.X));
            var sideB = (dx * (_by[e] - p.Y)) - (dy * (_bx[e] - p.X));
            if (sideA > 0 == sideB > 0) continue;
            double ex = _bx[e] - _ax[e], ey = _by[e] - _ay[e];
            var sideP = (ex * (p.Y - _ay[e])) - (ey * (p.X - _ax[e]));
            var sideQ = (ex * (q.Y - _ay[e])) - (ey * (q.X - _ax[e]));
            if (sideP > 0 != sideQ > 0) return true;
        }

        return false;
    }

    private static Geometry ToGeometry(GeoPolygon polygon, PlaneFrame frame)
    {
        var factory = GeometryFactory.Default;
        var rings = polygon.Rings.Select(ring =>
        {
            var points = ring.Select(p => frame.ToPlane(p)).Select(p => new Coordinate(p.X, p.Y)).ToList();
            if (!points[0].Equals2D(points[^1])) points.Add(points[0].Copy());
            return factory.CreateLinearRing([.. points]);
        }).ToArray();
        var drawn = factory.CreatePolygon(rings[0], rings[1..]);
        // A hand-drawn ring may cross itself; a zero buffer keeps what the even–odd eye sees.
        return drawn.IsValid ? drawn : NetTopologySuite.Geometries.Utilities.GeometryFixer.Fix(drawn);
    }
}
