namespace Logistics.Forecasting.Models;

/// <summary>Widens or narrows the distance from P50 to an outer quantile so that it covered what it promises on held-out days.</summary>
/// <remarks>
/// Split conformal calibration (Romano, Patterson, Candès 2019) with the score (y − P50) ÷ (raw quantile − P50), by horizon week and level class,
/// each pulled towards the whole by its number of days, and the result half-way towards the usual factor. Immutable; thread-safe.
/// </remarks>
internal sealed class QuantileCalibration(double[] levelEdges, double[] lowerFactors, double[] upperFactors)
{
    /// <summary>Number of factors on each side.</summary>
    public const int Cells = LevelClasses * HorizonClasses;

    private const int LevelClasses = 3;
    private const int HorizonClasses = 2;
    private const double PullDays = 1500;

    // A width measured on eight fortnights is half that fortnight's luck: half of its distance from what holds on average is taken.
    private const double UsualFactor = 1.05;
    private const double Trust = 0.5;

    // Quantiles learned from a few weeks are too narrow; of made-up panels of 17 to 46 days this covered nine in ten.
    private const double UnmeasuredFactor = 1.25;
    private const double SmallestFactor = 0.5;
    private const double LargestFactor = 3;

    /// <summary>Factors used when there is too little history to measure any.</summary>
    public static QuantileCalibration Default { get; } = new([0, 0], Constant(UnmeasuredFactor), Constant(UnmeasuredFactor));

    public double[] LevelEdges { get; } = levelEdges;

    public double[] LowerFactors { get; } = lowerFactors;

    public double[] UpperFactors { get; } = upperFactors;

    public static QuantileCalibration Fit(IReadOnlyList<CalibrationCase> cases)
    {
        var levels = cases.Select(c => c.Level).Order().ToArray();
        double[] edges = levels.Length < LevelClasses ? [0, 0] : [levels[levels.Length / 3], levels[levels.Length * 2 / 3]];
        return new QuantileCalibration(
            edges,
            // Nothing comes below 0: where P10 is 0 a day says nothing of its width.
            Factors([.. cases.Where(c => c.Lower > 0)], edges, c => c.Median - c.Lower, c => c.Median - c.Actual),
            Factors(cases, edges, c => c.Upper - c.Median, c => c.Actual - c.Median));
    }

    /// <summary>Calibrated quantiles, ordered and ≥ 0.</summary>
    public (double Lower, double Upper) Apply(double level, int horizon, double lower, double median, double upper)
    {
        var cell = Cell(LevelEdges, level, horizon);
        return (
            lower > 0 ? Math.Clamp(median - LowerFactors[cell] * Math.Max(0, median - lower), 0, median) : 0,
            median + UpperFactors[cell] * Math.Max(0, upper - median));
    }

    private static double[] Factors(IReadOnlyList<CalibrationCase> cases, double[] edges, Func<CalibrationCase, double> width, Func<CalibrationCase, double> excess)
    {
        var overall = new List<double>();
        var byCell = Enumerable.Range(0, Cells).Select(_ => new List<double>()).ToArray();
        foreach (var c in cases)
        {
            // Scores are finite, so that days outside any width still count as uncovered.
            var score = Math.Clamp(excess(c) / Math.Max(width(c), 1e-9), -1e6, 1e6);
            overall.Add(score);
            byCell[Cell(edges, c.Level, c.Horizon)].Add(score);
        }

        var whole = Quantile(overall, UsualFactor);
        return Array.ConvertAll(byCell, scores =>
        {
            var share = scores.Count / (scores.Count + PullDays);
            return UsualFactor + Trust * (share * Quantile(scores, whole) + (1 - share) * whole - UsualFactor);
        });
    }

    // The finite-sample conformal quantile: the ⌈0.9 (n + 1)⌉-th smallest score.
    private static double Quantile(List<double> scores, double fallback)
    {
        if (scores.Count < 50) return fallback;
        scores.Sort();
        var rank = Math.Min(scores.Count, (int)Math.Ceiling(0.9 * (scores.Count + 1)));
        return Math.Clamp(scores[rank - 1], SmallestFactor, LargestFactor);
    }

    private static int Cell(double[] edges, double level, int horizon) =>
        (level < edges[0] ? 0 : level < edges[1] ? 1 : 2) * HorizonClasses + (horizon <= 7 ? 0 : 1);

    private static double[] Constant(double value) => [.. Enumerable.Repeat(value, Cells)];
}

/// <summary>One held-out day: what was forecast, and what came.</summary>
internal readonly record struct CalibrationCase(double Level, int Horizon, double Lower, double Median, double Upper, double Actual);
