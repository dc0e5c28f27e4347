using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Trees;

public sealed class TreeScorerTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(7, 31)]
    [InlineData(40, 16)]
    [InlineData(40, 17)]
    [InlineData(20, 32)]
    public void Mask_scoring_equals_walking_the_trees(int trees, int leaves)
    {
        var (table, targets) = TreeData.Noisy(3000, 11);
        var binned = BinnedTable.Fit(table);
        var model = BoostedTreesTrainer.Train(BoostingSet.Unweighted(binned, targets), new BoostingOptions { Trees = trees, MaxLeaves = leaves, MinLeafRows = 3 });

        var predicted = TreeData.Predict(model, table);
        for (var row = 0; row < table.Rows; row++)
        {
            var walked = model.Start + model.Trees.Sum(t => t.LeafValues[t.FindLeaf(binned, row)]);
            Assert.Equal(walked, predicted[row], 1e-4);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    public void A_row_scores_the_same_alone_and_among_others(int rows)
    {
        var (table, targets) = TreeData.Noisy(600, 14);
        var model = BoostedTreesTrainer.Train(BoostingSet.Unweighted(BinnedTable.Fit(table), targets), new BoostingOptions { Trees = 40 });
        var all = TreeData.Predict(model, table);
        var some = new double[rows];
        model.Predict(table.Values[..(rows * table.Width)], some);
        Assert.Equal(all[..rows], some);
    }

    [Fact]
    public void Prediction_allocates_nothing()
    {
        var (table, targets) = TreeData.Noisy(2000, 12);
        var model = BoostedTreesTrainer.Train(BoostingSet.Unweighted(BinnedTable.Fit(table), targets), new BoostingOptions { Trees = 30 });
        var results = new double[table.Rows];
        for (var i = 0; i < 50; i++) model.Predict(table.Values, results);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++) model.Predict(table.Values, results);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Classes_never_seen_count_as_missing()
    {
        var columns = new FeatureColumn[] { new("class", IsCategorical: true) };
        var table = TreeData.Table(columns, [[0], [0], [1], [1], [float.NaN], [float.NaN]]);
        var model = BoostedTreesTrainer.Train(BoostingSet.Unweighted(BinnedTable.Fit(table), [0, 0, 9, 9, 5, 5]), TreeData.Exact with { MaxLeaves = 3 });

        var predicted = TreeData.Predict(model, TreeData.Table(columns, [[float.NaN], [77], [-1]]));
        Assert.Equal(predicted[0], predicted[1]);
        Assert.Equal(predicted[0], predicted[2]);
    }

    [Fact]
    public void Models_survive_writing_and_reading()
    {
        var (table, targets) = TreeData.Noisy(1000, 13);
        var model = BoostedTreesTrainer.Train(BoostingSet.Unweighted(BinnedTable.Fit(table), targets), new BoostingOptions { Loss = BoostingLoss.Poisson, Trees = 25 });
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true)) TreesFormat.Write(writer, model);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        var read = TreesFormat.Read(reader);

        Assert.Equal(TreeData.Predict(model, table), TreeData.Predict(read, table));
    }
}
