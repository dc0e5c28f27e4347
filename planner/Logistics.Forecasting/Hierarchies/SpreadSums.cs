namespace Logistics.Forecasting.Hierarchies;

/// <summary>Distances from P50 to one outer quantile, of the series below each node, for one day. Mutable; not thread-safe.</summary>
internal sealed class SpreadSums(VolumeHierarchy hierarchy)
{
    private readonly double[] _sum = new double[hierarchy.Nodes.Count];
    private readonly double[] _squares = new double[hierarchy.Nodes.Count];

    /// <summary>Counts a series' distance, ≥ 0, at every node above it.</summary>
    public void Add(int series, double distance)
    {
        for (var node = hierarchy.Nodes[series].Parent; node >= 0; node = hierarchy.Nodes[node].Parent)
        {
            _sum[node] += distance;
            _squares[node] += distance * distance;
        }
    }

    /// <summary>Distance of a node whose series err together to the given degree.</summary>
    public double Distance(int node, double dependence) => SharedErrors.Distance(_sum[node], _squares[node], dependence);

    /// <summary>The least dependence at which a miss would have been covered, in [0, 1]; NaN if nothing depends on it.</summary>
    /// <param name="miss">How far the actual lay beyond P50 on this side; negative on the other.</param>
    public double DependenceToCover(int node, double miss)
    {
        var (together, apart) = (_sum[node] * _sum[node], _squares[node]);
        if (together - apart <= 1e-9 * together) return double.NaN;
        return miss <= 0 ? 0 : Math.Clamp((miss * miss - apart) / (together - apart), 0, 1);
    }
}
