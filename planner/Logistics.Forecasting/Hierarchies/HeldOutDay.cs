using Logistics.Forecasting.Calendars;

namespace Logistics.Forecasting.Hierarchies;

/// <summary>Forecast of a held-out day for all nodes, and what came.</summary>
/// <param name="Horizon">Days ahead, from 1.</param>
/// <param name="Nearness">Of holidays and promotions, as the origin saw it.</param>
internal sealed record HeldOutDay(VolumeHierarchy Hierarchy, int Horizon, EventNearness Nearness)
{
    private readonly List<(int Node, double Lower, double Upper)> _quantiles = [];
    private int _lowers;
    private int _above;
    private int _below;

    /// <summary>Base P50 by node.</summary>
    public double[] Forecast { get; } = new double[Hierarchy.Nodes.Count];

    /// <summary>By node.</summary>
    public double[] Actual { get; } = new double[Hierarchy.Nodes.Count];

    /// <summary>Coverage of the day's series.</summary>
    public NodeCoverage SeriesCoverage => new(HierarchyLevel.Series, Horizon, _quantiles.Count, _lowers, _above, _below);

    /// <summary>Enters a series' forecast and what came.</summary>
    public void AddSeries(int node, double lower, double upper, double actual)
    {
        _quantiles.Add((node, lower, upper));
        if (lower > 0)
        {
            _lowers++;
            if (actual >= lower) _above++;
        }

        if (actual <= upper) _below++;
    }

    /// <summary>Coverage of the day's sums at a level.</summary>
    /// <param name="middle">Reconciled P50 by node.</param>
    /// <param name="spread">What <see cref="Spread"/> gives for it.</param>
    public NodeCoverage SumCoverage(HierarchyLevel level, double[] middle, (SpreadSums Down, SpreadSums Up) spread, SharedErrors shared)
    {
        var (lower, upper) = shared.Of(level, Nearness);
        int nodes = 0, lowers = 0, above = 0, below = 0;
        for (var n = 0; n < middle.Length; n++)
        {
            if (Hierarchy.Nodes[n].Level != level) continue;
            nodes++;
            if (middle[n] - spread.Down.Distance(n, middle[n], lower) is > 0 and var p10)
            {
                lowers++;
                if (Actual[n] >= p10) above++;
            }

            if (Actual[n] <= middle[n] + spread.Up.Distance(n, middle[n], upper)) below++;
        }

        return new NodeCoverage(level, Horizon, nodes, lowers, above, below);
    }

    /// <summary>What share of its volume, moving all its series at once, would have covered each area and terminal.</summary>
    /// <param name="middle">Reconciled P50 by node.</param>
    /// <param name="spread">What <see cref="Spread"/> gives for it.</param>
    public IReadOnlyList<(HierarchyLevel Level, double Lower, double Upper)> SharedNeeded(double[] middle, (SpreadSums Down, SpreadSums Up) spread)
    {
        var needed = new List<(HierarchyLevel, double, double)>();
        for (var n = 0; n < middle.Length; n++)
        {
            var level = Hierarchy.Nodes[n].Level;
            if (level == HierarchyLevel.Series) continue;
            var (lower, upper) = (spread.Down.SharedToCover(n, middle[n], middle[n] - Actual[n]), spread.Up.SharedToCover(n, middle[n], Actual[n] - middle[n]));
            if (!double.IsNaN(lower) && !double.IsNaN(upper)) needed.Add((level, lower, upper));
        }

        return needed;
    }

    /// <summary>Distances of the series from a reconciled P50, below each node.</summary>
    public (SpreadSums Down, SpreadSums Up) Spread(double[] middle)
    {
        var (down, up) = (new SpreadSums(Hierarchy), new SpreadSums(Hierarchy));
        foreach (var (node, lower, upper) in _quantiles)
        {
            down.Add(node, Math.Max(0, middle[node] - lower));
            up.Add(node, Math.Max(0, upper - middle[node]));
        }

        return (down, up);
    }
}
