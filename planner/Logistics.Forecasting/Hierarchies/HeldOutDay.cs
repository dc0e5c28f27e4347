namespace Logistics.Forecasting.Hierarchies;

/// <summary>Forecast of a held-out day for all nodes, and what came.</summary>
/// <param name="IsOrdinary">No holiday or promotion is near.</param>
internal sealed record HeldOutDay(VolumeHierarchy Hierarchy, bool IsOrdinary)
{
    /// <summary>Base P50 by node.</summary>
    public double[] Forecast { get; } = new double[Hierarchy.Nodes.Count];

    /// <summary>By node.</summary>
    public double[] Actual { get; } = new double[Hierarchy.Nodes.Count];

    /// <summary>Distances of the series from P50 down to P10.</summary>
    public SpreadSums Down { get; } = new(Hierarchy);

    /// <summary>Distances of the series from P50 up to P90.</summary>
    public SpreadSums Up { get; } = new(Hierarchy);

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
