namespace Logistics.Forecasting.Hierarchies;

/// <summary>Distances from P50 to one outer quantile, of the series below each node, for one day. Mutable; not thread-safe.</summary>
internal sealed class SpreadSums(VolumeHierarchy hierarchy)
{
    private readonly double[] _squares = new double[hierarchy.Nodes.Count];
    private readonly int[] _series = new int[hierarchy.Nodes.Count];

    /// <summary>Counts a series' distance, ≥ 0, at every node above it.</summary>
    public void Add(int series, double distance)
    {
        for (var node = hierarchy.Nodes[series].Parent; node >= 0; node = hierarchy.Nodes[node].Parent)
        {
            _squares[node] += distance * distance;
            _series[node]++;
        }
    }

    /// <summary>Distance of a node whose P50 is the middle and whose series stray together by a share of it. A single series' own distance says it all.</summary>
    public double Distance(int node, double middle, double shared) => SharedErrors.Distance(_squares[node], middle, _series[node] > 1 ? shared : 0);

    /// <summary>The least shared error at which a miss would have been covered, in [0, 1]; NaN if nothing depends on it.</summary>
    /// <param name="miss">How far the actual lay beyond P50 on this side; negative on the other.</param>
    public double SharedToCover(int node, double middle, double miss)
    {
        if (_series[node] < 2 || middle <= 0) return double.NaN;
        return miss <= 0 ? 0 : Math.Min(1, Math.Sqrt(Math.Max(0, miss * miss - _squares[node])) / middle);
    }
}
