using Logistics.Domain;
using Logistics.Planning.Travel;
using Logistics.Routing.Model;

namespace Logistics.Planning.Access;

/// <summary>Turns the rules that bind a vehicle into closed legs between places, and finds the ways round.</summary>
/// <remarks>
/// A leg is taken as the straight segment between its ends. It is closed at a rule's times when either end lies in the rule's area or the segment crosses it.
/// Where both ends lie outside every area crossed, the way round is the taut string about their common convex hull; it lengthens the leg's distance and
/// duration by the same ratio as it lengthens the straight line. Not thread-safe; one builder serves all regimes of a day.
/// </remarks>
public sealed class LegClosureBuilder
{
    private const int MaxRules = 64;

    private readonly PlaneFrame _frame;
    private readonly PlanePoint[] _places;
    private readonly TravelTable _table;
    private readonly Dictionary<string, BannedShape> _shapes = new(StringComparer.Ordinal);

    public LegClosureBuilder(IReadOnlyList<GeoPoint> places, TravelTable table)
    {
        _frame = new PlaneFrame(places.Count == 0 ? default : new GeoPoint(places.Average(p => p.Lon), places.Average(p => p.Lat)));
        _places = [.. places.Select(_frame.ToPlane)];
        _table = table;
    }

    /// <summary>Closures of every leg under the regime; null when no leg is ever closed. Memory 2 n² bytes, and 8 n² more when there are ways round.</summary>
    public LegClosures? Build(AccessRegime regime, double speedFactor = 1)
    {
        var rules = regime.Rules;
        if (rules.Count == 0) return null;
        if (rules.Count > MaxRules) throw new ArgumentException($"A vehicle is bound by {rules.Count} access rules on one day; at most {MaxRules} can be planned.", nameof(regime));

        var shapes = rules.Select(r => ShapeOf(r.Rule)).ToArray();
        var inside = Array.ConvertAll(_places, p => InsideMask(shapes, p));
        var masks = new Dictionary<ulong, ushort>();
        var sets = new List<ClosedInterval[]>();
        var n = _places.Length;
        var setOfLeg = new ushort[n * n];
        var ways = new DetourTable(_places, _table.ToProfile(null, speedFactor), shapes, inside);
        var touched = new ulong[n];
        for (var from = 0; from < n; from++)
        {
            var row = from;
            Parallel.For(from + 1, n, to => touched[to] = TouchedMask(shapes, inside, row, to));
            for (var to = from + 1; to < n; to++)
            {
                var mask = touched[to];
                if (mask == 0) continue;
                if (!masks.TryGetValue(mask, out var set))
                {
                    sets.Add([.. AccessRegime.Merge(rules.Where((_, r) => (mask >> r & 1) != 0).SelectMany(r => r.Closed))]);
                    masks[mask] = set = (ushort)sets.Count;
                }

                setOfLeg[(from * n) + to] = setOfLeg[(to * n) + from] = set;
                if (((inside[from] | inside[to]) & mask) == 0) ways.Add(from, to, mask);
            }
        }

        return sets.Count == 0 ? null : new LegClosures(setOfLeg, sets, ways.Distances, ways.Durations);
    }

    private BannedShape ShapeOf(AccessRule rule)
    {
        if (!_shapes.TryGetValue(rule.Id, out var shape)) _shapes[rule.Id] = shape = new BannedShape(rule.Polygons, _frame);
        return shape;
    }

    private static ulong InsideMask(BannedShape[] shapes, PlanePoint p)
    {
        var mask = 0UL;
        for (var s = 0; s < shapes.Length; s++)
            if (shapes[s].Contains(p)) mask |= 1UL << s;
        return mask;
    }

    private ulong TouchedMask(BannedShape[] shapes, ulong[] inside, int from, int to)
    {
        var mask = inside[from] | inside[to];
        for (var s = 0; s < shapes.Length; s++)
            if ((mask >> s & 1) == 0 && shapes[s].IsCrossedBy(_places[from], _places[to])) mask |= 1UL << s;
        return mask;
    }
}
