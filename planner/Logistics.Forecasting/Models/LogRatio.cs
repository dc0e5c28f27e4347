namespace Logistics.Forecasting.Models;

/// <summary>The scale that every other median learns on: log(volume ÷ level + 0.1). A weekday, a sale and a holiday multiply a volume, and sums of leaves are products here.</summary>
/// <remarks>
/// The median goes through a rising function unchanged, so leaves stay the median of their rows. The outer quantiles are learned on ratios: on logarithms they came out too low
/// around Christmas (docs/benchmarks-forecast.md).
/// </remarks>
internal static class LogRatio
{
    // Keeps an empty day finite, and days of few parcels from ruling the fit.
    private const double Offset = 0.1;

    // An absolute error counts in parcels: a row where much is expected weighs more. To the full power the busiest days would rule.
    private const double WeightPower = 0.5;

    // A ratio that only rounding keeps from 0.
    private const double Nothing = 1e-9;

    public static double ToScore(double ratio) => Math.Log(ratio + Offset);

    /// <summary>Volume ÷ level of a score, ≥ 0.</summary>
    public static double ToRatio(double score) => Math.Exp(score) - Offset is > Nothing and var ratio ? ratio : 0;

    /// <summary>What to multiply a row's weight by.</summary>
    /// <param name="expected">Volume ÷ level that a simple method expects; NaN if it does not know.</param>
    public static double Weight(double expected) => Math.Pow(double.IsNaN(expected) ? 1 : Math.Clamp(expected, 0.02, 20) + Offset, WeightPower);

    /// <summary>Ratio at the start of a path of steps, and the ratio that each unit of score along it adds: steps times this add up to the ratio at its end.</summary>
    public static (double Start, double PerScore) Path(double start, double steps)
    {
        var (from, to) = (Math.Exp(start), Math.Exp(start + steps));
        return (from - Offset, Math.Abs(steps) > 1e-12 ? (to - from) / steps : from);
    }
}
