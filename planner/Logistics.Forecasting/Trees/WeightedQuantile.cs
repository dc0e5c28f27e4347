namespace Logistics.Forecasting.Trees;

/// <summary>Weighted quantiles by selection.</summary>
public static class WeightedQuantile
{
    /// <summary>Smallest value whose cumulated weight reaches the share <paramref name="quantile"/> of the total.</summary>
    /// <param name="values">Reordered in place, together with the weights.</param>
    /// <param name="weights">Positive, same length as the values.</param>
    /// <remarks>Expected O(n): a three-way quickselect on the median of three. Deterministic.</remarks>
    public static double Select(Span<double> values, Span<double> weights, double quantile)
    {
        if (values.Length == 0) return 0;
        double total = 0;
        foreach (var weight in weights) total += weight;
        var target = quantile * total;

        while (values.Length > 1)
        {
            var pivot = MedianOfThree(values[0], values[values.Length / 2], values[^1]);
            int below = 0, next = 0, above = values.Length;
            double belowWeight = 0, equalWeight = 0;
            while (next < above)
            {
                var value = values[next];
                if (value < pivot)
                {
                    belowWeight += weights[next];
                    Swap(values, weights, below++, next++);
                }
                else if (value > pivot)
                {
                    Swap(values, weights, next, --above);
                }
                else
                {
                    equalWeight += weights[next++];
                }
            }

            if (target <= belowWeight && below > 0)
            {
                values = values[..below];
                weights = weights[..below];
            }
            else if (target <= belowWeight + equalWeight || above == values.Length)
            {
                return pivot;
            }
            else
            {
                target -= belowWeight + equalWeight;
                values = values[above..];
                weights = weights[above..];
            }
        }

        return values[0];
    }

    private static double MedianOfThree(double a, double b, double c) =>
        Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

    private static void Swap(Span<double> values, Span<double> weights, int i, int j)
    {
        (values[i], values[j]) = (values[j], values[i]);
        (weights[i], weights[j]) = (weights[j], weights[i]);
    }
}
