namespace Logistics.Forecasting;

/// <summary>The middle value, or the mean of the two in the middle.</summary>
internal static class Median
{
    private const int OnStack = 64;

    /// <param name="values">At least one; left as they are.</param>
    public static double Of(ReadOnlySpan<double> values)
    {
        var sorted = values.Length <= OnStack ? stackalloc double[values.Length] : new double[values.Length];
        values.CopyTo(sorted);
        sorted.Sort();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
