using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Hierarchies;

/// <summary>Where a series belongs. The series itself is the partner × size class at a terminal.</summary>
public sealed record HierarchyLeaf(string SeriesId, string Area, string Terminal);

/// <summary>Area → terminal → series, as a tree of nodes. Parents come before their children. Immutable; thread-safe.</summary>
public sealed class VolumeHierarchy
{
    private readonly List<HierarchyNode> _nodes = [];
    private readonly List<List<int>> _children = [];
    private readonly Dictionary<string, int> _nodeById = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A series appears twice, or a terminal lies in two areas; all cases are named.</exception>
    public VolumeHierarchy(IReadOnlyList<HierarchyLeaf> leaves)
    {
        Leaves = leaves;
        var errors = new List<string>();
        foreach (var area in leaves.GroupBy(l => l.Area, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var areaNode = Add(AreaId(area.Key), HierarchyLevel.Area, -1, errors);
            foreach (var terminal in area.GroupBy(l => l.Terminal, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                var terminalNode = Add(TerminalId(terminal.Key), HierarchyLevel.Terminal, areaNode, errors);
                foreach (var leaf in terminal) Add(leaf.SeriesId, HierarchyLevel.Series, terminalNode, errors);
            }
        }

        if (errors.Count > 0) throw new ArgumentException(string.Join(" ", errors), nameof(leaves));
    }

    public IReadOnlyList<HierarchyLeaf> Leaves { get; }

    public IReadOnlyList<HierarchyNode> Nodes => _nodes;

    public static string AreaId(string area) => $"area:{area}";

    public static string TerminalId(string terminal) => $"terminal:{terminal}";

    /// <summary>Nodes directly below a node.</summary>
    public IReadOnlyList<int> Children(int node) => _children[node];

    public int? FindNode(string id) => _nodeById.TryGetValue(id, out var node) ? node : null;

    /// <summary>The areas' and terminals' own series: sums of the panel's series below them.</summary>
    /// <returns>A panel over the same days, series in node order; null if no leaf is in the panel.</returns>
    public VolumePanel? Aggregate(VolumePanel panel)
    {
        var totals = new double[_nodes.Count][];
        var first = new int[_nodes.Count];
        Array.Fill(first, panel.Days);
        for (var node = 0; node < _nodes.Count; node++)
        {
            if (_nodes[node].Level != HierarchyLevel.Series || panel.FindSeries(_nodes[node].Id) is not { } index) continue;
            var series = panel.Series[index];
            for (var up = _nodes[node].Parent; up >= 0; up = _nodes[up].Parent)
            {
                totals[up] ??= new double[panel.Days];
                first[up] = Math.Min(first[up], series.FirstDay);
                for (var day = series.FirstDay; day < panel.Days; day++) totals[up][day] += series[day];
            }
        }

        var sums = Enumerable.Range(0, _nodes.Count).Where(n => totals[n] is not null)
            .Select(n => new VolumeSeries(_nodes[n].Id, first[n], totals[n][first[n]..])).ToArray();
        return sums.Length == 0 ? null : new VolumePanel(panel.FirstDate, panel.Days, sums);
    }

    private int Add(string id, HierarchyLevel level, int parent, List<string> errors)
    {
        if (!_nodeById.TryAdd(id, _nodes.Count)) errors.Add($"'{id}' appears twice in the hierarchy.");
        if (parent >= 0) _children[parent].Add(_nodes.Count);
        _children.Add([]);
        _nodes.Add(new HierarchyNode(id, level, parent));
        return _nodes.Count - 1;
    }
}

public enum HierarchyLevel
{
    Area,
    Terminal,
    Series,
}

/// <param name="Parent">Position of the parent node, −1 for an area.</param>
public sealed record HierarchyNode(string Id, HierarchyLevel Level, int Parent);
