using System.Runtime.CompilerServices;
using Logistics.Domain;
using Logistics.Planning.Travel;
using Logistics.Routing.Model;

namespace Logistics.Planning.Access;

/// <summary>Turns the rules that bind a vehicle into closed legs between places, and finds the ways round.</summary>
/// <remarks>
/// A leg is taken as the straight segment between its ends. It is closed at a rule's times when either end lies in the rule's area or the segment crosses it.
/// Where both ends lie outside every area crossed, the way round is the taut string about their common convex hull; it lengthens the leg's distance and
/// duration by the same ratio as it lengthens the straight line. Areas and ways are worked out once and shared by all regimes of a day. Not thread-safe.
/// </remarks>
public sealed class LegClosureBuilder
{
    private const int MaxRules = 64;

    private readonly PlaneFrame _frame;
    private readonly PlanePoint[] _places;
    private readonly TravelTable _table;
    private readonly DetourRatios _ratios;
    private readonly SharedArrays _shared = new();

    // By rule, and by the area's own coordinates: rules often share an area.
    private readonly Dictionary<string, TouchedLegs> _byRule = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TouchedLegs> _byArea = new(StringComparer.Ordinal);

    public LegClosureBuilder(IReadOnlyList<GeoPoint> places, TravelTable table)
    {
        _frame = new PlaneFrame(places.Count == 0 ? default : new GeoPoint(places.Average(p => p.Lon), places.Average(p => p.Lat)));
        _places = [.. places.Select(_frame.ToPlane)];
        _table = table;
        _ratios = new DetourRatios(_places);
    }

    /// <summary>Closures of every leg under the regime; null when no leg is ever closed. Memory 2 n² bytes, and 8 n² more when there are ways round.</summary>
    /// <param name="speedFactor">Speed of the vehicle relative to the table's, for the ways round.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public LegClosures? Build(AccessRegime regime, double speedFactor = 1)
    {
        var rules = regime.Rules;
        if (rules.Count == 0) return null;
        if (rules.Count > MaxRules) throw new ArgumentException($"A vehicle is bound by {rules.Count} access rules on one day; at most {MaxRules} can be planned.", nameof(regime));

        var touched = rules.Select(r => LegsOf(r.Rule)).ToArray();
        var shapes = Array.ConvertAll(touched, t => t.Shape);
        var sets = new ClosureSets(rules);
        var n = _places.Length;
        var setOfLeg = new ushort[n * n];
        var detours = new DetourArrays(_table.ToProfile(null, speedFactor));
        for (var from = 0; from < n; from++)
        {
            for (var to = from + 1; to < n; to++)
            {
                ulong mask = 0, ends = 0;
                for (var t = 0; t < touched.Length; t++)
                {
                    if (!touched[t].Legs[(from * n) + to]) continue;
                    mask |= 1UL << t;
                    if (touched[t].IsInside[from] || touched[t].IsInside[to]) ends |= 1UL << t;
                }

                if (mask == 0) continue;
                setOfLeg[(from * n) + to] = setOfLeg[(to * n) + from] = sets.IndexOf(mask);
                if ((ends & mask) == 0 && _ratios.Find(shapes, mask, ends, from, to) is { } ratio) detours.Store(from, to, ratio);
            }
        }

        return sets.All.Count == 0 ? null : new LegClosures(_shared.Of(setOfLeg), sets.All, _shared.Of(detours.Distances), _shared.Of(detours.Durations));
    }

    private TouchedLegs LegsOf(AccessRule rule)
    {
        if (_byRule.TryGetValue(rule.Id, out var known)) return known;
        var name = string.Join(';', rule.Polygons.SelectMany(p => p.Rings).Select(r => string.Join(' ', r)));
        if (!_byArea.TryGetValue(name, out var legs)) _byArea[name] = legs = new TouchedLegs(new BannedShape(name, rule.Polygons, _frame), _places);
        return _byRule[rule.Id] = legs;
    }

    /// <summary>Which places lie in an area, and which legs touch it (upper triangle, row-major).</summary>
    private sealed class TouchedLegs
    {
        public TouchedLegs(BannedShape shape, PlanePoint[] places)
        {
            Shape = shape;
            var n = places.Length;
            var inside = Array.ConvertAll(places, shape.Contains);
            var legs = new bool[n * n];
            Parallel.For(0, n, from =>
            {
                for (var to = from + 1; to < n; to++) legs[(from * n) + to] = inside[from] || inside[to] || shape.IsCrossedBy(places[from], places[to]);
            });
            (IsInside, Legs) = (inside, legs);
        }

        public BannedShape Shape { get; }
        public bool[] IsInside { get; }
        public bool[] Legs { get; }
    }

    /// <summary>Numbers the combinations of rules that legs meet.</summary>
    private sealed class ClosureSets(IReadOnlyList<RuleInForce> rules)
    {
        private readonly Dictionary<ulong, ushort> _index = [];

        public List<ClosedInterval[]> All { get; } = [];

        /// <summary>1-based index of the union of the rules' closed times.</summary>
        public ushort IndexOf(ulong mask)
        {
            if (_index.TryGetValue(mask, out var index)) return index;
            All.Add([.. AccessRegime.Merge(rules.Where((_, r) => (mask >> r & 1) != 0).SelectMany(r => r.Closed))]);
            return _index[mask] = (ushort)All.Count;
        }
    }
}
