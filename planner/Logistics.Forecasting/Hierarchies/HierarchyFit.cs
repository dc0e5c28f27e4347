namespace Logistics.Forecasting.Hierarchies;

/// <summary>How one hierarchy is reconciled, as its backtest decided.</summary>
/// <param name="Method">The method with the smaller error at the areas and terminals.</param>
/// <param name="RelativeVariances">By node id: mean squared error ÷ squared level, measured on held-out weeks.</param>
/// <param name="BottomUpWape">Error of areas and terminals by bottom-up.</param>
/// <param name="MinTraceWape">The same by MinT.</param>
/// <param name="Widths">How much wider or narrower the spread of areas and terminals is than series of their size would have.</param>
public sealed record HierarchyFit(
    ReconciliationMethod Method, IReadOnlyDictionary<string, double> RelativeVariances, double BottomUpWape, double MinTraceWape, LevelWidths Widths)
{
    // A node never measured is as uncertain as a middling series.
    private const double UnknownVariance = 0.09;

    /// <summary>Bottom-up, for a model that saw no held-out weeks.</summary>
    public static HierarchyFit Unmeasured { get; } = new(ReconciliationMethod.BottomUp, new Dictionary<string, double>(StringComparer.Ordinal), double.NaN, double.NaN, LevelWidths.Unmeasured);

    /// <summary>Error variance by node for forecasts of a day.</summary>
    public double[] Variances(VolumeHierarchy hierarchy, ReadOnlySpan<double> levels)
    {
        var variances = new double[levels.Length];
        for (var n = 0; n < variances.Length; n++)
            variances[n] = RelativeVariances.GetValueOrDefault(hierarchy.Nodes[n].Id, UnknownVariance) * Math.Max(levels[n] * levels[n], 1e-6);
        return variances;
    }

    /// <summary>Measures both methods on held-out days.</summary>
    /// <param name="forecasts">Base P50 by day, by node.</param>
    /// <param name="actuals">What came, by day, by node.</param>
    public static HierarchyFit Measure(VolumeHierarchy hierarchy, IReadOnlyList<double[]> forecasts, IReadOnlyList<double[]> actuals, LevelWidths widths)
    {
        var nodes = hierarchy.Nodes.Count;
        var relative = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var n = 0; n < nodes; n++)
        {
            double squares = 0, level = 0;
            for (var d = 0; d < forecasts.Count; d++)
            {
                squares += (forecasts[d][n] - actuals[d][n]) * (forecasts[d][n] - actuals[d][n]);
                level += forecasts[d][n];
            }

            level /= forecasts.Count;
            relative[hierarchy.Nodes[n].Id] = Math.Clamp(squares / forecasts.Count / Math.Max(level * level, 1e-6), 1e-4, 100);
        }

        var fit = new HierarchyFit(ReconciliationMethod.BottomUp, relative, 0, 0, widths);
        var (bottomUp, minTrace) = (Error(ReconciliationMethod.BottomUp), Error(ReconciliationMethod.MinTrace));
        return fit with { Method = minTrace < bottomUp ? ReconciliationMethod.MinTrace : ReconciliationMethod.BottomUp, BottomUpWape = bottomUp, MinTraceWape = minTrace };

        double Error(ReconciliationMethod method)
        {
            double error = 0, total = 0;
            for (var d = 0; d < forecasts.Count; d++)
            {
                var values = forecasts[d].AsSpan().ToArray();
                Reconciler.Reconcile(hierarchy, method, values, fit.Variances(hierarchy, values));
                for (var n = 0; n < nodes; n++)
                {
                    if (hierarchy.Nodes[n].Level == HierarchyLevel.Series) continue;
                    error += Math.Abs(values[n] - actuals[d][n]);
                    total += actuals[d][n];
                }
            }

            return total > 0 ? error / total : double.NaN;
        }
    }
}
