using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Trees;

public sealed class WeightedQuantileTests
{
    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.25, 1)]
    [InlineData(0.26, 2)]
    [InlineData(0.5, 2)]
    [InlineData(0.9, 4)]
    [InlineData(1.0, 4)]
    public void Select_equal_weights_takes_the_value_that_reaches_the_share(double quantile, double expected) =>
        Assert.Equal(expected, WeightedQuantile.Select([4, 1, 3, 2], [1, 1, 1, 1], quantile));

    [Fact]
    public void Select_agrees_with_sorting()
    {
        var random = new SeededRandom(21);
        for (var round = 0; round < 500; round++)
        {
            var n = 1 + random.Next(40);
            // Few distinct values, so that ties are common.
            var values = Enumerable.Range(0, n).Select(_ => (double)random.Next(8)).ToArray();
            var weights = Enumerable.Range(0, n).Select(_ => 1.0 + random.Next(5)).ToArray();
            var quantile = random.NextDouble();

            var target = quantile * weights.Sum();
            double sum = 0;
            var expected = values.Zip(weights).OrderBy(p => p.First).First(p => (sum += p.Second) >= target).First;
            Assert.Equal(expected, WeightedQuantile.Select([.. values], [.. weights], quantile));
        }
    }
}
