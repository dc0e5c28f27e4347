namespace Logistics.Planning.Demo;

/// <summary>Seeded draws from the distributions the demo city needs. Not thread-safe; equal seeds give equal sequences.</summary>
internal sealed class Draws(int seed)
{
    // Random with a seed keeps its historic algorithm, which .NET promises not to change.
    private readonly Random _random = new(seed);

    public double Uniform(double from, double until) => from + (_random.NextDouble() * (until - from));

    /// <summary>Integer in [from, until).</summary>
    public int Integer(int from, int until) => _random.Next(from, until);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>Index drawn in proportion to the weights, given as running sums.</summary>
    public int PickByRunningSum(double[] runningSums)
    {
        var at = Array.BinarySearch(runningSums, _random.NextDouble() * runningSums[^1]);
        return Math.Min(at < 0 ? ~at : at + 1, runningSums.Length - 1);
    }

    public int PickWeighted(params ReadOnlySpan<double> weights)
    {
        double sum = 0;
        foreach (var weight in weights) sum += weight;
        var at = _random.NextDouble() * sum;
        for (var i = 0; i < weights.Length - 1; i++)
        {
            at -= weights[i];
            if (at < 0) return i;
        }

        return weights.Length - 1;
    }

    /// <summary>Normal variate (Box &amp; Muller 1958).</summary>
    public double Normal(double mean, double deviation) =>
        mean + (deviation * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()));

    public double LogNormal(double median, double sigma) => median * Math.Exp(Normal(0, sigma));

    /// <summary>Poisson variate: Knuth's product up to a mean of 30, the rounded normal above.</summary>
    public int Poisson(double mean)
    {
        if (mean <= 0) return 0;
        if (mean > 30) return Math.Max(0, (int)Math.Round(Normal(mean, Math.Sqrt(mean))));
        double limit = Math.Exp(-mean), product = _random.NextDouble();
        var count = 0;
        while (product > limit)
        {
            product *= _random.NextDouble();
            count++;
        }

        return count;
    }
}
