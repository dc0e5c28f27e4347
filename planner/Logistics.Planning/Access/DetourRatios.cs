using System.Numerics;

namespace Logistics.Planning.Access;

/// <summary>How much longer the way round a set of areas is than the straight line, for pairs of places outside them; found once and kept.</summary>
/// <remarks>Not thread-safe. Areas that lie inside the common hull of others do not make another hull, so nested rings share one.</remarks>
internal sealed class DetourRatios(PlanePoint[] places)
{
    private readonly Dictionary<string, Way> _ways = new(StringComparer.Ordinal);
    private readonly List<PlanePoint> _corners = [];

    // Ways by bits for the shapes of the last call: a regime asks for one list of shapes a million times.
    private readonly Dictionary<ulong, Way> _byBits = [];
    private BannedShape[]? _shapes;

    /// <summary>Way round ÷ straight line, at least 1; null when an end lies in the hull or in an area the way would have to cross.</summary>
    /// <param name="shapes">All areas closed to the vehicle.</param>
    /// <param name="crossed">Those to go round, as bits.</param>
    /// <param name="ends">Those an end lies in, as bits.</param>
    public double? Find(BannedShape[] shapes, ulong crossed, ulong ends, int from, int to)
    {
        if (!ReferenceEquals(_shapes, shapes))
        {
            _byBits.Clear();
            _shapes = shapes;
        }

        while ((crossed & ends) == 0)
        {
            if (!_byBits.TryGetValue(crossed, out var way)) _byBits[crossed] = way = WayRound(shapes, crossed);
            if (way.IsInside[from] || way.IsInside[to]) return null;
            // Most pairs need no more than their hull's own answer.
            if (way.Others.Count == 0) return way.Ratio(places, from, to, _corners);
            way.Detour.FindWay(places[from], places[to], _corners);
            var met = 0UL;
            foreach (var (shape, bit) in way.Others)
                if (IsMetByWay(shape, places[from], places[to])) met |= bit;
            if ((met & ~crossed) == 0) return way.Ratio(places, from, to, _corners);
            crossed |= met;
        }

        return null;
    }

    private Way WayRound(BannedShape[] shapes, ulong crossed)
    {
        var names = new List<string>();
        for (var rest = crossed; rest != 0; rest &= rest - 1) names.Add(shapes[BitOperations.TrailingZeroCount(rest)].Name);
        // The other areas matter, too: they decide what the way must be checked against.
        var key = string.Join('|', names) + "//" + string.Join('|', shapes.Select(s => s.Name));
        if (_ways.TryGetValue(key, out var way)) return way;
        var detour = new Detour(names.Select(n => shapes.First(s => s.Name == n).Geometry));
        var others = shapes.Index().Where(s => (crossed >> s.Index & 1) == 0 && !detour.Covers(s.Item.Geometry)).Select(s => (s.Item, 1UL << s.Index)).ToList();
        var twin = _ways.Values.FirstOrDefault(w => w.Others.Count == 0 && others.Count == 0 && w.Detour.IsSameAs(detour));
        return _ways[key] = twin ?? new Way(detour, others, Array.ConvertAll(places, detour.Contains));
    }

    private bool IsMetByWay(BannedShape shape, PlanePoint from, PlanePoint to)
    {
        var at = from;
        foreach (var corner in _corners)
        {
            if (shape.IsCrossedBy(at, corner) || shape.Contains(corner)) return true;
            at = corner;
        }

        return shape.IsCrossedBy(at, to);
    }

    private sealed record Way(Detour Detour, IReadOnlyList<(BannedShape Shape, ulong Bit)> Others, bool[] IsInside)
    {
        // By pair, row-major; nought = not asked yet.
        private readonly float[] _ratios = new float[IsInside.Length * IsInside.Length];

        public double Ratio(PlanePoint[] places, int from, int to, List<PlanePoint> corners)
        {
            ref var known = ref _ratios[(from * places.Length) + to];
            if (known == 0) known = (float)Math.Max(1, Detour.FindWay(places[from], places[to], corners) / Math.Max(1, places[from].MetresTo(places[to])));
            return known;
        }
    }
}
