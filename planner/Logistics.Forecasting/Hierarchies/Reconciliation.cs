namespace Logistics.Forecasting.Hierarchies;

/// <summary>How forecasts of different levels are made to agree.</summary>
public enum ReconciliationMethod
{
    /// <summary>Totals are the sums of the series' forecasts.</summary>
    BottomUp,

    /// <summary>Minimum trace with a diagonal error covariance: each forecast moves in proportion to how uncertain it proved.</summary>
    MinTrace,

    /// <summary>Totals keep their own forecasts, and what lies below a node shares it in proportion to its own.</summary>
    /// <remarks>Medians of many small series add up to far less than their sum's: a series of one parcel a day is most often at none or one.</remarks>
    TopDown,
}

/// <summary>Makes base forecasts of a hierarchy add up.</summary>
public static class Reconciler
{
    /// <summary>Reconciles one day.</summary>
    /// <param name="hierarchy">Nodes, parents first.</param>
    /// <param name="values">Base forecast by node, ≥ 0; replaced by values that add up at every node.</param>
    /// <param name="variances">Error variance by node, ≥ 0; only MinT reads them.</param>
    /// <remarks>
    /// O(nodes). MinT (Wickramasuriya, Athanasopoulos, Hyndman 2019) with diagonal W is weighted least squares on a tree, which an upward pass of
    /// precision-weighted means and a downward pass that shares the gap by variance solve exactly. Values pushed below 0 are set to 0 and their siblings
    /// scaled to keep the sum.
    /// </remarks>
    public static void Reconcile(VolumeHierarchy hierarchy, ReconciliationMethod method, Span<double> values, ReadOnlySpan<double> variances)
    {
        var nodes = hierarchy.Nodes;
        if (method == ReconciliationMethod.TopDown)
        {
            for (var n = 0; n < nodes.Count; n++) Scale(hierarchy.Children(n), values, values[n]);
            return;
        }

        var childSum = new double[nodes.Count];
        var childVariance = new double[nodes.Count];
        var variance = new double[nodes.Count];
        for (var n = nodes.Count - 1; n >= 0; n--)
        {
            var isLeaf = nodes[n].Level == HierarchyLevel.Series;
            variance[n] = Math.Max(variances.IsEmpty ? 1 : variances[n], 1e-9);
            if (!isLeaf && method == ReconciliationMethod.BottomUp)
            {
                (values[n], variance[n]) = (childSum[n], childVariance[n]);
            }
            else if (!isLeaf)
            {
                var (own, below) = (1 / variance[n], 1 / Math.Max(childVariance[n], 1e-9));
                values[n] = (own * values[n] + below * childSum[n]) / (own + below);
                variance[n] = 1 / (own + below);
            }

            if (nodes[n].Parent < 0) continue;
            childSum[nodes[n].Parent] += values[n];
            childVariance[nodes[n].Parent] += variance[n];
        }

        if (method != ReconciliationMethod.MinTrace) return;
        // Parents come first, so a node is final when its turn comes and its children take what it gained or lost.
        for (var n = 0; n < nodes.Count; n++) ShareGap(hierarchy.Children(n), values, variance, values[n]);
    }

    private static void ShareGap(IReadOnlyList<int> children, Span<double> values, double[] variance, double target)
    {
        if (children.Count == 0) return;
        double sum = 0, total = 0;
        foreach (var child in children)
        {
            sum += values[child];
            total += variance[child];
        }

        foreach (var child in children) values[child] = Math.Max(0, values[child] + (target - sum) * variance[child] / total);
        Scale(children, values, target);
    }

    private static void Scale(IReadOnlyList<int> children, Span<double> values, double target)
    {
        double sum = 0;
        foreach (var child in children) sum += values[child];
        foreach (var child in children) values[child] = sum > 0 ? values[child] * target / sum : target / children.Count;
    }
}
