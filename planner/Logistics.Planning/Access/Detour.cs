using System.Runtime.CompilerServices;
using NetTopologySuite.Geometries;

namespace Logistics.Planning.Access;

/// <summary>The shortest way round a convex area for points outside it.</summary>
/// <remarks>It runs along a tangent, the hull's border and another tangent, on the shorter of both sides (a taut string round a convex body).</remarks>
internal sealed class Detour
{
    private readonly Geometry _geometry;
    private readonly PlanePoint[] _hull;
    private readonly double[] _lengthTo;

    public Detour(IEnumerable<Geometry> areas)
    {
        var hull = GeometryFactory.Default.CreateGeometryCollection([.. areas]).ConvexHull();
        _geometry = hull;
        // NetTopologySuite gives hulls clockwise and closed; the walk below wants them counter-clockwise and open.
        var points = hull.Coordinates.Select(c => new PlanePoint(c.X, c.Y)).ToArray()[..^1];
        if (NetTopologySuite.Algorithm.Orientation.IsCCW(hull.Coordinates) == false) Array.Reverse(points);
        _hull = points;
        _lengthTo = new double[points.Length + 1];
        for (var i = 0; i < points.Length; i++) _lengthTo[i + 1] = _lengthTo[i] + points[i].MetresTo(points[(i + 1) % points.Length]);
    }

    public bool Contains(PlanePoint p)
    {
        for (var i = 0; i < _hull.Length; i++)
            if (_hull[i].Turn(_hull[(i + 1) % _hull.Length], p) <= 0) return false;
        return true;
    }

    /// <summary>Whether an area lies in the hull, border included.</summary>
    public bool Covers(Geometry area) => _geometry.Covers(area);

    /// <summary>Whether another hull has the same corners.</summary>
    public bool IsSameAs(Detour other) => _geometry.EqualsTopologically(other._geometry);

    /// <summary>The taut way from <paramref name="from"/> to <paramref name="to"/>, both outside the hull and hidden from each other by it: corners only, ends left out.</summary>
    /// <returns>Its length in metres.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double FindWay(PlanePoint from, PlanePoint to, List<PlanePoint> corners)
    {
        var (fromRight, fromLeft) = Tangents(from);
        var (toRight, toLeft) = Tangents(to);
        // Seen from a point, walking the border counter-clockwise starts at its right tangent; the other end is reached at its own left tangent.
        var left = from.MetresTo(_hull[fromRight]) + Along(fromRight, toLeft) + _hull[toLeft].MetresTo(to);
        var right = from.MetresTo(_hull[fromLeft]) + Along(toRight, fromLeft) + _hull[toRight].MetresTo(to);
        corners.Clear();
        if (left <= right)
        {
            for (var i = fromRight; ; i = (i + 1) % _hull.Length)
            {
                corners.Add(_hull[i]);
                if (i == toLeft) break;
            }
        }
        else
        {
            for (var i = fromLeft; ; i = (i + _hull.Length - 1) % _hull.Length)
            {
                corners.Add(_hull[i]);
                if (i == toRight) break;
            }
        }

        return Math.Min(left, right);
    }

    /// <summary>Border length counter-clockwise from one corner to another.</summary>
    private double Along(int a, int b) => a <= b ? _lengthTo[b] - _lengthTo[a] : _lengthTo[^1] - _lengthTo[a] + _lengthTo[b];

    /// <summary>Corners with the whole hull to the left of (right tangent) and to the right of (left tangent) the ray to them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Right, int Left) Tangents(PlanePoint p)
    {
        int right = 0, left = 0;
        for (var i = 1; i < _hull.Length; i++)
        {
            if (p.Turn(_hull[right], _hull[i]) < 0) right = i;
            if (p.Turn(_hull[left], _hull[i]) > 0) left = i;
        }

        return (right, left);
    }
}
