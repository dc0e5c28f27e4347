namespace Logistics.Forecasting.Hierarchies;

/// <summary>Forecast of a held-out day for all nodes, and what came.</summary>
/// <param name="Horizon">Days ahead, from 1.</param>
/// <param name="IsOrdinary">No holiday or promotion is near.</param>
internal sealed record HeldOutDay(VolumeHierarchy Hierarchy, int Horizon, bool IsOrdinary)
{
    private int _series;
    private int _lowers;
    private int _above;
    private int _below;

    /// <summary>Base P50 by node.</summary>
    public double[] Forecast { get; } = new double[Hierarchy.Nodes.Count];

    /// <summary>By node.</summary>
    public double[] Actual { get; } = new double[Hierarchy.Nodes.Count];

    /// <summary>Distances of the series from P50 down to P10.</summary>
    private SpreadSums Down { get; } = new(Hierarchy);

    /// <summary>Distances of the series from P50 up to P90.</summary>
    private SpreadSums Up { get; } = new(Hierarchy);

    /// <summary>Coverage of the day's series.</summary>
    public NodeCoverage SeriesCoverage => new(HierarchyLevel.Series, Horizon, _series, _lowers, _above, _below);

    /// <summary>Enters a series' forecast and what came.</summary>
    public void AddSeries(int node, double lower, double middle, double upper, double actual)
    {
        Down.Add(node, middle - lower);
        Up.Add(node, upper - middle);
        _series++;
        if (lower > 0)
        {
            _lowers++;
            if (actual >= lower) _above++;
        }

        if (actual <= upper) _below++;
    }

    /// <summary>Coverage of the day's sums at a level.</summary>
    /// <param name="middle">Reconciled P50 by node.</param>
    public NodeCoverage SumCoverage(HierarchyLevel level, double[] middle, SharedErrors shared)
    {
        var (lower, upper) = shared.Of(level, IsOrdinary);
        int nodes = 0, lowers = 0, above = 0, below = 0;
        for (var n = 0; n < middle.Length; n++)
        {
            if (Hierarchy.Nodes[n].Level != level) continue;
            nodes++;
            if (middle[n] - Down.Distance(n, lower) is > 0 and var p10)
            {
                lowers++;
                if (Actual[n] >= p10) above++;
            }

            if (Actual[n] <= middle[n] + Up.Distance(n, upper)) below++;
        }

        return new NodeCoverage(level, Horizon, nodes, lowers, above, below);
    }

    /// <summary>How much dependence among its series would have covered each area and terminal.</summary>
    /// <param name="middle">Reconciled P50 by node.</param>
    public IReadOnlyList<(HierarchyLevel Level, double Lower, double Upper)> DependenceNeeded(double[] middle)
    {
        var needed = new List<(HierarchyLevel, double, double)>();
        for (var n = 0; n < middle.Length; n++)
        {
            var level = Hierarchy.Nodes[n].Level;
            if (level == HierarchyLevel.Series) continue;
            var (lower, upper) = (Down.DependenceToCover(n, middle[n] - Actual[n]), Up.DependenceToCover(n, Actual[n] - middle[n]));
            if (!double.IsNaN(lower) && !double.IsNaN(upper)) needed.Add((level, lower, upper));
        }

        return needed;
    }
}
