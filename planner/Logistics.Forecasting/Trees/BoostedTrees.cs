namespace Logistics.Forecasting.Trees;

/// <summary>A trained boosted-tree model. Immutable and thread-safe.</summary>
public sealed class BoostedTrees
{
    private readonly FeatureBinner[] _binners;
    private readonly Tree[] _trees;
    private readonly TreeScorer _scorer;

    public BoostedTrees(BoostingLoss loss, double quantile, double start, FeatureBinner[] binners, Tree[] trees)
    {
        Loss = loss;
        Quantile = quantile;
        Start = start;
        _binners = binners;
        _trees = trees;
        _scorer = new TreeScorer(binners, trees);
    }

    public BoostingLoss Loss { get; }

    public double Quantile { get; }

    /// <summary>The score before any tree.</summary>
    public double Start { get; }

    public int Width => _binners.Length;

    public IReadOnlyList<Tree> Trees => _trees;

    public IReadOnlyList<FeatureBinner> Binners => _binners;

    /// <summary>Predicts many rows; exp(score) for Poisson, the score otherwise.</summary>
    /// <param name="rows">Row-major features, <c>results.Length × Width</c> values.</param>
    /// <remarks>Allocates nothing.</remarks>
    public void Predict(ReadOnlySpan<float> rows, Span<double> results)
    {
        if (rows.Length != results.Length * Width)
            throw new ArgumentException($"{rows.Length} values are not {results.Length} rows of {Width} features.", nameof(rows));
        _scorer.Score(rows, results);
        if (Loss == BoostingLoss.Poisson)
        {
            for (var i = 0; i < results.Length; i++) results[i] = Math.Exp(results[i] + Start);
        }
        else
        {
            for (var i = 0; i < results.Length; i++) results[i] += Start;
        }
    }

    /// <summary>Splits one row's score into a part per feature.</summary>
    /// <param name="contributions">Overwritten; length <see cref="Width"/>; in score units (log for Poisson).</param>
    /// <returns>The base score; base + Σ contributions = score.</returns>
    public double Explain(ReadOnlySpan<float> row, Span<double> contributions)
    {
        contributions.Clear();
        Span<byte> bins = stackalloc byte[_binners.Length];
        for (var f = 0; f < bins.Length; f++) bins[f] = _binners[f].Bin(row[f]);
        var score = Start;
        foreach (var tree in _trees) score += tree.AddContributions(bins, contributions);
        return score;
    }

    /// <summary>Total loss reduction by feature, summing to 1 (or all zero for a model without splits).</summary>
    public double[] Importance()
    {
        var gains = new double[Width];
        foreach (var tree in _trees)
            for (var node = 0; node < tree.Features.Length; node++) gains[tree.Features[node]] += tree.Gains[node];
        var total = gains.Sum();
        if (total > 0)
            for (var f = 0; f < gains.Length; f++) gains[f] /= total;
        return gains;
    }
}
