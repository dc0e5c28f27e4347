using Logistics.DeviceSimulator.Load;

namespace Logistics.DeviceSimulator.Tests;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Quantiles_are_within_a_bucket_of_the_truth()
    {
        var histogram = new LatencyHistogram();
        for (var microseconds = 1; microseconds <= 10_000; microseconds++) histogram.Add(microseconds);

        Assert.Equal(10_000, histogram.Count);
        // 99 % of 1…10 000 is 9 900; a bucket is a few percent wide.
        Assert.InRange(histogram.Quantile(0.99), 9_900 * 0.85, 9_900 * 1.15);
    }

    [Fact]
    public void Sum_of_two_counts_both()
    {
        var (a, b) = (new LatencyHistogram(), new LatencyHistogram());
        a.Add(10);
        b.Add(1000);
        a.Add(b);

        Assert.Equal(2, a.Count);
        Assert.InRange(a.MaximumMicroseconds, 850, 1150);
    }
}
