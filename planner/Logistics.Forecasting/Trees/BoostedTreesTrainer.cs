using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Trees;

/// <summary>Rows with targets and weights, binned.</summary>
/// <param name="Table">Binned features.</param>
/// <param name="Targets">One finite target per row; ≥ 0 for Poisson.</param>
/// <param name="Weights">One positive weight per row; their mean should be near 1, for L2 and the leaf minimum count in rows.</param>
public sealed record BoostingSet(BinnedTable Table, double[] Targets, double[] Weights)
{
    /// <summary>A set whose rows weigh the same.</summary>
    public static BoostingSet Unweighted(BinnedTable table, double[] targets)
    {
        var weights = new double[targets.Length];
        Array.Fill(weights, 1.0);
        return new BoostingSet(table, targets, weights);
    }
}

/// <summary>Gradient boosting over histogram trees (Friedman 2001; Chen &amp; Guestrin 2016; Ke et al. 2017).</summary>
/// <remarks>Deterministic by seed: one thread, fixed order. Pinball leaves are renewed as the weighted quantile of their residuals.</remarks>
public static class BoostedTreesTrainer
{
    private const double MaxLogStep = 1.5;

    /// <param name="validation">Rows binned with the training bins; needed only for early stopping.</param>
    /// <exception cref="ArgumentException">Settings or data break a rule; the message lists all of them.</exception>
    public static BoostedTrees Train(BoostingSet training, BoostingOptions options, BoostingSet? validation = null, CancellationToken cancellation = default)
    {
        Validate(training, options, validation);
        var table = training.Table;
        var random = new SeededRandom(options.Seed);
        var grower = new TreeGrower(table, options);
        var start = BoostingObjective.Start(options, training.Targets, training.Weights);
        var scores = new double[table.Rows];
        Array.Fill(scores, start);
        var gradients = new Vector128<double>[table.Rows];
        var sampler = new BoostingSampler(table.Rows, table.Width, options, random);
        var trees = new List<Tree>(options.Trees);
        var stopper = validation is null ? null : new EarlyStopper(validation, options, start);

        for (var round = 0; round < options.Trees; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            BoostingObjective.Gradients(options, training.Targets, training.Weights, scores, gradients);
            sampler.Draw();
            var grown = grower.Grow(gradients, sampler.Rows, sampler.Features);
            if (options.Loss == BoostingLoss.Poisson) LimitSteps(grown);
            if (options.Loss == BoostingLoss.Pinball) RenewLeaves(grown, grower, training, scores, options.Quantile);
            var tree = grown.ToTree(options.LearningRate);
            trees.Add(tree);
            for (var leaf = 0; leaf < tree.LeafCount; leaf++)
                foreach (var row in grower.LeafRows(leaf)) scores[row] += tree.LeafValues[leaf];
            foreach (var row in sampler.RowsLeftOut) scores[row] += tree.LeafValues[tree.FindLeaf(table, row)];
            if (stopper is not null && stopper.ShouldStop(tree)) break;
        }

        if (stopper is not null && options.EarlyStoppingRounds > 0) trees.RemoveRange(stopper.BestCount, trees.Count - stopper.BestCount);
        return new BoostedTrees(options.Loss, options.Quantile, start, [.. table.Binners], [.. trees]);
    }

    // A leaf of tiny means and one large target would otherwise step past the largest double (as XGBoost's max_delta_step).
    private static void LimitSteps(GrownTree tree)
    {
        for (var leaf = 0; leaf < tree.Leaves; leaf++) tree.LeafValues[leaf] = Math.Clamp(tree.LeafValues[leaf], -MaxLogStep, MaxLogStep);
    }

    private static void RenewLeaves(GrownTree tree, TreeGrower grower, BoostingSet training, double[] scores, double quantile)
    {
        var residuals = new double[training.Table.Rows];
        var weights = new double[training.Table.Rows];
        for (var leaf = 0; leaf < tree.Leaves; leaf++)
        {
            var rows = grower.LeafRows(leaf);
            for (var i = 0; i < rows.Length; i++)
            {
                residuals[i] = training.Targets[rows[i]] - scores[rows[i]];
                weights[i] = training.Weights[rows[i]];
            }

            tree.LeafValues[leaf] = WeightedQuantile.Select(residuals.AsSpan(0, rows.Length), weights.AsSpan(0, rows.Length), quantile);
        }
    }

    private static void Validate(BoostingSet training, BoostingOptions options, BoostingSet? validation)
    {
        var errors = new List<string>(options.Validate());
        if (training.Table.Rows == 0) errors.Add("The training set has 0 rows and needs at least 1.");
        if (training.Targets.Length != training.Table.Rows || training.Weights.Length != training.Table.Rows)
            errors.Add($"Targets ({training.Targets.Length}) and weights ({training.Weights.Length}) must match the {training.Table.Rows} rows.");
        if (training.Targets.Any(t => !double.IsFinite(t))) errors.Add("Every target must be finite.");
        if (training.Weights.Any(w => !(w > 0 && double.IsFinite(w)))) errors.Add("Every weight must be finite and > 0.");
        if (options.Loss == BoostingLoss.Poisson && training.Targets.Any(t => t < 0)) errors.Add("Poisson targets must be ≥ 0.");
        if (options.EarlyStoppingRounds > 0 && validation is null) errors.Add("Early stopping needs a validation set.");
        if (errors.Count > 0) throw new ArgumentException(string.Join(" ", errors), nameof(training));
    }
}
