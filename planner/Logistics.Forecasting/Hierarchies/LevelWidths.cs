namespace Logistics.Forecasting.Hierarchies;

/// <summary>Factors on the distance from P50 to the outer quantiles of sums, by level, measured on ordinary days of held-out weeks. Immutable; thread-safe.</summary>
/// <remarks>
/// The model learns its spread from series. What they err by together – the weather, a sale – decides the spread of a sum, and no width learned from single
/// series knows how much that is. Split conformal calibration as for series.
/// </remarks>
/// <param name="Lower">By <see cref="HierarchyLevel"/>; 1 for series.</param>
/// <param name="Upper">The same for P90.</param>
public sealed record LevelWidths(IReadOnlyList<double> Lower, IReadOnlyList<double> Upper)
{
    private const int Levels = 3;
    private const int FewestDays = 20;
    private const double Smallest = 0.02;
    private const double Largest = 3;

    public static LevelWidths Unmeasured { get; } = new([1, 1, 1], [1, 1, 1]);

    /// <param name="days">Level and scores: <see cref="Drop"/> from P50 to the actual ÷ that to P10, and (actual − P50) ÷ (P90 − P50).</param>
    public static LevelWidths Fit(IEnumerable<(HierarchyLevel Level, double Lower, double Upper)> days)
    {
        var scores = Enumerable.Range(0, Levels).Select(_ => (Lower: new List<double>(), Upper: new List<double>())).ToArray();
        foreach (var (level, lower, upper) in days)
        {
            if (level == HierarchyLevel.Series) continue;
            scores[(int)level].Lower.Add(lower);
            scores[(int)level].Upper.Add(upper);
        }

        return new LevelWidths(Factors([.. scores.Select(s => s.Lower)]), Factors([.. scores.Select(s => s.Upper)]));
    }

    /// <summary>How far a count lies below another, as the logarithm of their ratio, so that a lower bound widened without limit comes near 0 and never to it.</summary>
    /// <remarks>One is added to both: counts may be 0.</remarks>
    public static double Drop(double from, double to) => Math.Log((from + 1) / (to + 1));

    /// <summary>The lower bound a drop below a middle.</summary>
    public static double Below(double middle, double drop) => Math.Max(0, ((middle + 1) * Math.Exp(-drop)) - 1);

    // From the finest level up: what was measured on too few days takes the width of its parts, which vary more than their sum.
    private static double[] Factors(List<double>[] scores)
    {
        var factors = new double[Levels];
        for (var level = Levels - 1; level >= 0; level--)
            factors[level] = scores[level].Count >= FewestDays ? Factor(scores[level]) : level + 1 < Levels ? factors[level + 1] : 1;
        return factors;
    }

    private static double Factor(List<double> scores)
    {
        scores.Sort();
        return Math.Clamp(scores[Math.Min(scores.Count, (int)Math.Ceiling(0.9 * (scores.Count + 1))) - 1], Smallest, Largest);
    }
}
