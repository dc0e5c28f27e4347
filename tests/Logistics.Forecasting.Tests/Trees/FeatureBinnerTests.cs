using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Trees;

public sealed class FeatureBinnerTests
{
    [Fact]
    public void Few_distinct_values_get_a_bin_each()
    {
        var binner = FeatureBinner.Fit(TreeData.Column(5, 1, 3, 3, float.NaN), 0);
        Assert.Equal([0, 1, 1, 2, 3, 3], new[] { float.NaN, -9, 1, 3, 5, 99 }.Select(v => (int)binner.Bin(v)));
        Assert.Equal(4, binner.BinCount);
    }

    [Fact]
    public void Many_distinct_values_fill_equal_bins_that_fit_a_byte()
    {
        var binner = FeatureBinner.Fit(TreeData.Column([.. Enumerable.Range(0, 10_000).Select(i => (float)i)]), 0);
        var counts = Enumerable.Range(0, 10_000).GroupBy(i => binner.Bin(i)).Select(g => g.Count()).ToArray();
        Assert.Equal(FeatureBinner.MaxValueBins, counts.Length);
        Assert.All(counts, c => Assert.InRange(c, 35, 45));
    }

    [Fact]
    public void Bin_is_monotone_in_the_value()
    {
        var random = new SeededRandom(5);
        var binner = FeatureBinner.Fit(TreeData.Column([.. Enumerable.Range(0, 2000).Select(_ => (float)random.NextNormal())]), 0);
        var bins = Enumerable.Range(-400, 800).Select(i => (int)binner.Bin(i / 100f)).ToArray();
        Assert.Equal(bins.Order(), bins);
        Assert.True(bins[0] >= 1);
    }

    [Fact]
    public void Most_frequent_classes_are_kept_when_there_are_too_many()
    {
        var values = Enumerable.Range(0, 400).SelectMany(c => Enumerable.Repeat((float)c, c < 300 ? 1 : 3)).ToArray();
        var table = TreeData.Table([new FeatureColumn("class", IsCategorical: true)], [.. values.Select(v => new[] { v })]);
        var binner = FeatureBinner.Fit(table, 0);
        Assert.Equal(256, binner.BinCount);
        Assert.True(binner.Bin(399) > 0);
        Assert.Equal(0, binner.Bin(299));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(254)]
    public void Bin_is_one_more_than_the_edges_below_the_value(int edgeCount)
    {
        var edges = Enumerable.Range(0, edgeCount).Select(i => i * 0.5f).ToArray();
        var binner = FeatureBinner.FromEdges(edges);
        float[] values = [float.NegativeInfinity, -1, .. edges, .. edges.Select(e => e + 0.25f), 1e30f, float.PositiveInfinity];
        Assert.Equal(values.Select(v => edges.Count(e => e < v) + 1), values.Select(v => (int)binner.Bin(v)));
    }
}
