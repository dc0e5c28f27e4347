using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Tests.Trees;

public sealed class BoostedTreesTests
{
    [Fact]
    public void One_split_separates_two_levels_exactly()
    {
        var table = TreeData.Column(1, 2, 3, 4);
        var model = Train(table, [0, 0, 10, 10], TreeData.Exact);

        Assert.Equal([0, 0, 10, 10], TreeData.Predict(model, table));
        // The edge lies half way between 2 and 3.
        Assert.Equal([0, 10], TreeData.Predict(model, TreeData.Column(2.4f, 2.6f)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    public void Missing_values_go_to_the_side_that_fits(double missingTarget)
    {
        var table = TreeData.Column(1, 2, 3, 4, float.NaN, float.NaN);
        var model = Train(table, [0, 0, 50, 50, missingTarget, missingTarget], TreeData.Exact with { MaxLeaves = 3 });

        Assert.Equal([0, 0, 50, 50, missingTarget, missingTarget], TreeData.Predict(model, table).Select(v => Math.Round(v, 4)));
    }

    [Fact]
    public void Classes_are_split_by_their_effect_not_their_number()
    {
        // Odd classes are high: no threshold on the number separates them, one subset does.
        var rows = Enumerable.Range(0, 240).Select(i => new float[] { i % 6 }).ToArray();
        var table = TreeData.Table([new FeatureColumn("class", IsCategorical: true)], rows);
        var model = Train(table, [.. rows.Select(r => r[0] % 2 == 1 ? 8.0 : 2.0)], TreeData.Exact);

        Assert.Equal([2, 8, 2, 8], TreeData.Predict(model, TreeData.Table([.. table.Columns], [[0], [1], [4], [5]])).Select(v => Math.Round(v, 6)));
        Assert.Equal(2, model.Trees[0].LeafCount);
    }

    [Fact]
    public void Poisson_leaf_is_the_newton_step_on_the_log_mean()
    {
        // Start = log 5. Left leaf (targets 2, 2): gradient Σ(5 − 2) = 6, hessian Σ5 = 10, step −0.6. Right (8, 8): +0.6.
        var table = TreeData.Column(1, 1, 2, 2);
        var model = Train(table, [2, 2, 8, 8], TreeData.Exact with { Loss = BoostingLoss.Poisson });

        var predicted = TreeData.Predict(model, TreeData.Column(1, 2));
        Assert.Equal(5 * Math.Exp(-0.6), predicted[0], 6);
        Assert.Equal(5 * Math.Exp(0.6), predicted[1], 6);
    }

    [Fact]
    public void Pinball_leaf_is_renewed_as_the_weighted_quantile()
    {
        var table = TreeData.Column(1, 1, 1, 2, 2, 2);
        var weights = new double[] { 1, 1, 8, 1, 1, 1 };
        var set = new BoostingSet(BinnedTable.Fit(table), [1, 2, 3, 11, 12, 13], weights);
        var model = BoostedTreesTrainer.Train(set, TreeData.Exact with { Loss = BoostingLoss.Pinball, Quantile = 0.5 });

        // Left: weight 8 of 10 sits on 3. Right: the middle of 11, 12, 13.
        Assert.Equal([3, 12], TreeData.Predict(model, TreeData.Column(1, 2)));
    }

    [Fact]
    public void Low_quantile_leaves_zero_where_half_of_all_rows_are_zero()
    {
        // Six rows of 0 at x = 0, six of 10 to 15 at x = 1. The 10 % quantile of all is 0 and below no row; that of the second half is 10.
        var table = TreeData.Column([.. Enumerable.Range(0, 12).Select(i => i < 6 ? 0f : 1f)]);
        double[] targets = [0, 0, 0, 0, 0, 0, 10, 11, 12, 13, 14, 15];
        var model = BoostedTreesTrainer.Train(BoostingSet.Unweighted(BinnedTable.Fit(table), targets), TreeData.Exact with { Loss = BoostingLoss.Pinball, Quantile = 0.1 });

        var forecast = TreeData.Predict(model, table);

        Assert.Equal(0, forecast[0], 9);
        Assert.Equal(10, forecast[11], 9);
    }

    [Theory]
    [InlineData(BoostingLoss.Squared, 0.5)]
    [InlineData(BoostingLoss.Poisson, 0.5)]
    [InlineData(BoostingLoss.Pinball, 0.5)]
    [InlineData(BoostingLoss.Pinball, 0.9)]
    public void Every_loss_learns_a_function_it_has_not_seen(BoostingLoss loss, double quantile)
    {
        var (table, targets) = TreeData.Noisy(4000, 1);
        var (fresh, freshTargets) = TreeData.Noisy(2000, 2);
        var model = Train(table, targets, new BoostingOptions { Loss = loss, Quantile = quantile, Trees = 150, LearningRate = 0.1 });

        var constant = Pinball(freshTargets, [.. freshTargets.Select(_ => WeightedQuantile.Select([.. targets], [.. targets.Select(_ => 1.0)], quantile))], quantile);
        var predicted = TreeData.Predict(model, fresh);
        Assert.True(Pinball(freshTargets, predicted, quantile) < 0.45 * constant);
        if (loss == BoostingLoss.Pinball)
            Assert.InRange(freshTargets.Zip(predicted).Count(p => p.First <= p.Second) / 2000.0, quantile - 0.06, quantile + 0.06);
    }

    [Fact]
    public void Same_seed_gives_the_same_model_and_another_seed_does_not()
    {
        var (table, targets) = TreeData.Noisy(1000, 3);
        var options = new BoostingOptions { Trees = 20, RowFraction = 0.6, FeatureFraction = 0.5, Seed = 7 };

        var first = TreeData.Predict(Train(table, targets, options), table);
        Assert.Equal(first, TreeData.Predict(Train(table, targets, options), table));
        Assert.NotEqual(first, TreeData.Predict(Train(table, targets, options with { Seed = 8 }), table));
    }

    [Fact]
    public void Early_stopping_keeps_the_trees_up_to_the_best_validation_loss()
    {
        var (table, targets) = TreeData.Noisy(300, 4);
        var (held, heldTargets) = TreeData.Noisy(2000, 5);
        var training = BoostingSet.Unweighted(BinnedTable.Fit(table), targets);
        var validation = BoostingSet.Unweighted(BinnedTable.Apply(held, training.Table.Binners), heldTargets);
        var options = new BoostingOptions { Trees = 400, LearningRate = 0.3, MinLeafRows = 2 };

        var stopped = BoostedTreesTrainer.Train(training, options with { EarlyStoppingRounds = 15 }, validation);
        var full = BoostedTreesTrainer.Train(training, options);

        Assert.InRange(stopped.Trees.Count, 1, 399);
        Assert.True(Squared(heldTargets, TreeData.Predict(stopped, held)) < Squared(heldTargets, TreeData.Predict(full, held)));
    }

    [Fact]
    public void Contributions_add_up_to_the_score()
    {
        var (table, targets) = TreeData.Noisy(1000, 6);
        var model = Train(table, targets, new BoostingOptions { Trees = 50 });
        var predicted = TreeData.Predict(model, table);
        var parts = new double[table.Width];
        for (var row = 0; row < 50; row++)
        {
            var start = model.Explain(table.Row(row), parts);
            Assert.Equal(predicted[row], start + parts.Sum(), 1e-4);
        }
    }

    [Fact]
    public void Broken_settings_and_data_are_all_named()
    {
        var table = BinnedTable.Fit(TreeData.Column(1, 2));
        var error = Assert.Throws<ArgumentException>(() => BoostedTreesTrainer.Train(
            new BoostingSet(table, [1, -1], [1, 0]),
            new BoostingOptions { Loss = BoostingLoss.Poisson, MaxLeaves = 64, LearningRate = 0 }));

        Assert.Contains("MaxLeaves 64 must be in [2, 32]", error.Message, StringComparison.Ordinal);
        Assert.Contains("LearningRate 0 must be in (0, 1]", error.Message, StringComparison.Ordinal);
        Assert.Contains("weight must be finite and > 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Poisson targets must be ≥ 0", error.Message, StringComparison.Ordinal);
    }

    private static BoostedTrees Train(FeatureTable table, double[] targets, BoostingOptions options) =>
        BoostedTreesTrainer.Train(BoostingSet.Unweighted(BinnedTable.Fit(table), targets), options);

    private static double Pinball(double[] targets, double[] predicted, double quantile) =>
        targets.Zip(predicted).Average(p => Math.Max(quantile * (p.First - p.Second), (quantile - 1) * (p.First - p.Second)));

    private static double Squared(double[] targets, double[] predicted) => targets.Zip(predicted).Average(p => (p.First - p.Second) * (p.First - p.Second));
}
