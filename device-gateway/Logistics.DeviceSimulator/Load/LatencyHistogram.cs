namespace Logistics.DeviceSimulator.Load;

/// <summary>Counts durations in buckets that grow by about 3 %; a quantile is exact to that. Not thread-safe.</summary>
internal sealed class LatencyHistogram
{
    private const double Growth = 1.03;
    private readonly long[] _counts = new long[700];

    public long Count { get; private set; }

    public double MaximumMicroseconds { get; private set; }

    public void Add(double microseconds)
    {
        var bucket = microseconds < 1 ? 0 : (int)(Math.Log(microseconds) / Math.Log(Growth));
        _counts[Math.Min(bucket, _counts.Length - 1)]++;
        Count++;
        MaximumMicroseconds = Math.Max(MaximumMicroseconds, microseconds);
    }

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        MaximumMicroseconds = Math.Max(MaximumMicroseconds, other.MaximumMicroseconds);
    }

    /// <param name="quantile">In [0, 1].</param>
    /// <returns>Microseconds; the upper edge of the bucket.</returns>
    public double Quantile(double quantile)
    {
        var rank = (long)Math.Ceiling(Count * quantile);
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Pow(Growth, i + 1);
            }
        }

        return MaximumMicroseconds;
    }
}
