using System.Numerics;
using Logistics.Routing.Model;

namespace Logistics.Planning.Access;

/// <summary>Collects the ways round closed areas for pairs of places; the arrays exist only once there is one.</summary>
internal sealed class DetourTable(PlanePoint[] places, TravelProfile travel, BannedShape[] shapes, ulong[] inside)
{
    private readonly Dictionary<ulong, Detour> _hulls = [];
    private readonly List<PlanePoint> _corners = [];

    public int[]? Distances { get; private set; }
    public int[]? Durations { get; private set; }

    /// <summary>Finds the way round the crossed areas, and round others it would cross instead; leaves the pair without one when an end lies in such an area.</summary>
    public void Add(int from, int to, ulong mask)
    {
        PlanePoint a = places[from], b = places[to];
        var ends = inside[from] | inside[to];
        while ((mask & ends) == 0)
        {
            var hull = HullOf(mask);
            // An end in a bay of the hull could be reached, but not by a taut string: rare, and closed is the safe answer.
            if (hull.Contains(a) || hull.Contains(b)) return;
            var metres = hull.FindWay(a, b, _corners);
            var crossed = CrossedByWay(a, b) & ~mask;
            if (crossed == 0)
            {
                Store(from, to, metres / Math.Max(1, a.MetresTo(b)));
                return;
            }

            mask |= crossed;
        }
    }

    private ulong CrossedByWay(PlanePoint a, PlanePoint b)
    {
        var mask = 0UL;
        for (var s = 0; s < shapes.Length; s++)
        {
            var at = a;
            for (var i = 0; i <= _corners.Count; i++)
            {
                var next = i < _corners.Count ? _corners[i] : b;
                if (shapes[s].IsCrossedBy(at, next) || (i < _corners.Count && shapes[s].Contains(next) && !IsOnHull(s, next))) mask |= 1UL << s;
                at = next;
            }
        }

        return mask;
    }

    // A corner of the hull belongs to the border of the area it came from; rounding may put it inside that area.
    private bool IsOnHull(int shape, PlanePoint corner)
    {
        foreach (var c in shapes[shape].Geometry.Coordinates)
            if (Math.Abs(c.X - corner.X) < 1e-6 && Math.Abs(c.Y - corner.Y) < 1e-6) return true;
        return false;
    }

    private Detour HullOf(ulong mask)
    {
        if (_hulls.TryGetValue(mask, out var hull)) return hull;
        var areas = new List<NetTopologySuite.Geometries.Geometry>();
        for (var rest = mask; rest != 0; rest &= rest - 1) areas.Add(shapes[BitOperations.TrailingZeroCount(rest)].Geometry);
        return _hulls[mask] = new Detour(areas);
    }

    private void Store(int from, int to, double ratio)
    {
        var n = places.Length;
        if (Distances is null || Durations is null)
        {
            Distances = new int[n * n];
            Durations = new int[n * n];
            Array.Fill(Distances, TravelProfile.Unreachable);
            Array.Fill(Durations, TravelProfile.Unreachable);
        }

        StoreOne(from, to);
        StoreOne(to, from);

        void StoreOne(int a, int b)
        {
            if (travel.Duration(a, b) == TravelProfile.Unreachable) return;
            Distances[(a * n) + b] = (int)Math.Min(1 << 30, Math.Ceiling(travel.Distance(a, b) * ratio));
            Durations[(a * n) + b] = (int)Math.Min(1 << 30, Math.Ceiling(travel.Duration(a, b) * ratio));
        }
    }
}
