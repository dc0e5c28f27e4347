namespace Logistics.Forecasting.Models;

/// <summary>Widens or narrows the distance from P50 to an outer quantile so that it covered what it promises on held-out days.</summary>
/// <remarks>
/// Split conformal calibration (Romano, Patterson, Candès 2019) with the score (y − P50) ÷ (raw quantile − P50), by week ahead, and by week and level class,
/// each pulled towards the coarser one by its number of days, and the result pulled towards the usual factor. Immutable; thread-safe.
/// </remarks>
/// <param name="leastLower">Smallest P10 over 0: 1 where parcels are counted, since less than one is none.</param>
internal sealed class QuantileCalibration(double[] levelEdges, double[] lowerFactors, double[] upperFactors, double leastLower)
{
    /// <summary>Number of factors on each side.</summary>
    public const int Cells = LevelClasses * HorizonClasses;

    private const int LevelClasses = 3;
    private const int HorizonClasses = 2;
    private const double PullDays = 1500;

    // A level that wanders is less known in the second week, however few series there are.
    private const double WeekPullDays = 300;

    // A width measured on eight fortnights is that fortnight's luck by half or more: so much of its distance from what holds on average is taken.
    private const double UsualOfMany = 1.05;
    private const double UsualOfFew = 1.15;
    private const double TrustOfMany = 0.3;
    private const double TrustOfFew = 0.5;

    // Quantiles learned from a few weeks are too narrow; of made-up panels of 17 to 46 days this covered nine in ten.
    private const double UnmeasuredFactor = 1.25;
    private const double SmallestFactor = 0.5;
    private const double LargestFactor = 3;

    /// <summary>Factors used when there is too little history to measure any.</summary>
    public static QuantileCalibration Default { get; } = new([0, 0], Constant(UnmeasuredFactor), Constant(UnmeasuredFactor), 0);

    public double[] LevelEdges { get; } = levelEdges;

    public double[] LowerFactors { get; } = lowerFactors;

    public double[] UpperFactors { get; } = upperFactors;

    public double LeastLower { get; } = leastLower;

    /// <param name="learned">Trust in what the panel's days teach, in [0, 1].</param>
    /// <param name="areCounts">Whether the panel holds whole numbers only.</param>
    public static QuantileCalibration Fit(IReadOnlyList<CalibrationCase> cases, double learned, bool areCounts)
    {
        var usual = UsualOfFew + (UsualOfMany - UsualOfFew) * learned;
        var trust = TrustOfFew + (TrustOfMany - TrustOfFew) * learned;
        var levels = cases.Select(c => c.Level).Order().ToArray();
        double[] edges = levels.Length < LevelClasses ? [0, 0] : [levels[levels.Length / 3], levels[levels.Length * 2 / 3]];
        var least = areCounts ? 1 : 0;
        return new QuantileCalibration(
            edges,
            // Nothing comes below 0: where P10 is 0 a day says nothing of its width.
            Factors([.. cases.Where(c => c.Lower > 0 && c.Lower >= least)], edges, usual, trust, c => c.Median - c.Lower, c => c.Median - c.Actual),
            Factors(cases, edges, usual, trust, c => c.Upper - c.Median, c => c.Actual - c.Median),
            least);
    }

    /// <summary>Calibrated quantiles, ordered and ≥ 0.</summary>
    public (double Lower, double Upper) Apply(double level, int horizon, double lower, double median, double upper)
    {
        var cell = Cell(LevelEdges, level, horizon);
        var calibrated = lower > 0 ? Math.Clamp(median - LowerFactors[cell] * Math.Max(0, median - lower), 0, median) : 0;
        return (calibrated >= LeastLower ? calibrated : 0, median + UpperFactors[cell] * Math.Max(0, upper - median));
    }

    private static double[] Factors(IReadOnlyList<CalibrationCase> cases, double[] edges, double usual, double trust, Func<CalibrationCase, double> width, Func<CalibrationCase, double> excess)
    {
        // Scores are finite, so that days outside any width still count as uncovered.
        var scores = cases.Select(c => (Cell: Cell(edges, c.Level, c.Horizon), Score: Math.Clamp(excess(c) / Math.Max(width(c), 1e-9), -1e6, 1e6))).ToArray();
        var whole = Quantile([.. scores.Select(s => s.Score)], usual, 0);
        var byWeek = Enumerable.Range(0, HorizonClasses).Select(week => Quantile([.. scores.Where(s => s.Cell % HorizonClasses == week).Select(s => s.Score)], whole, WeekPullDays)).ToArray();
        return
        [
            .. Enumerable.Range(0, Cells)
                .Select(cell => usual + trust * (Quantile([.. scores.Where(s => s.Cell == cell).Select(s => s.Score)], byWeek[cell % HorizonClasses], PullDays) - usual)),
        ];
    }

    // The finite-sample conformal quantile, the ⌈0.9 (n + 1)⌉-th smallest score, pulled to a coarser one.
    private static double Quantile(double[] scores, double coarser, double pull)
    {
        if (scores.Length < 50) return coarser;
        Array.Sort(scores);
        var rank = Math.Min(scores.Length, (int)Math.Ceiling(0.9 * (scores.Length + 1)));
        var own = Math.Clamp(scores[rank - 1], SmallestFactor, LargestFactor);
        return coarser + scores.Length / (scores.Length + pull) * (own - coarser);
    }

    private static int Cell(double[] edges, double level, int horizon) =>
        (level < edges[0] ? 0 : level < edges[1] ? 1 : 2) * HorizonClasses + (horizon <= 7 ? 0 : 1);

    private static double[] Constant(double value) => [.. Enumerable.Repeat(value, Cells)];
}

/// <summary>One held-out day: what was forecast, and what came.</summary>
internal readonly record struct CalibrationCase(double Level, int Horizon, double Lower, double Median, double Upper, double Actual);
