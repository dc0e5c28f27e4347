namespace Logistics.Forecasting.Trees;

/// <summary>What a boosted model minimises.</summary>
public enum BoostingLoss
{
    /// <summary>Half the squared error; the score is the mean.</summary>
    Squared,

    /// <summary>Poisson deviance with a log link; targets must be ≥ 0, the prediction is exp(score).</summary>
    Poisson,

    /// <summary>Pinball loss at <see cref="BoostingOptions.Quantile"/>; 0.5 is half the absolute error.</summary>
    Pinball,
}

/// <summary>Settings of one boosted-tree training run.</summary>
public sealed record BoostingOptions
{
    /// <summary>Largest number of leaves; a scored tree is one 32-bit mask.</summary>
    public const int LeafLimit = 32;

    public BoostingLoss Loss { get; init; } = BoostingLoss.Squared;

    /// <summary>Quantile of the pinball loss, in (0, 1).</summary>
    public double Quantile { get; init; } = 0.5;

    public int Trees { get; init; } = 300;

    public double LearningRate { get; init; } = 0.06;

    /// <summary>Leaves per tree, 2 to <see cref="LeafLimit"/>.</summary>
    public int MaxLeaves { get; init; } = 31;

    /// <summary>Fewest rows a leaf may hold (estimated from the hessian, as LightGBM does).</summary>
    public int MinLeafRows { get; init; } = 20;

    /// <summary>L2 penalty on leaf values, in rows.</summary>
    public double L2 { get; init; } = 1.0;

    /// <summary>Share of rows each tree sees, in (0, 1].</summary>
    public double RowFraction { get; init; } = 1.0;

    /// <summary>Share of features each tree sees, in (0, 1].</summary>
    public double FeatureFraction { get; init; } = 1.0;

    /// <summary>Stop after this many rounds without a better validation loss; 0 never stops.</summary>
    public int EarlyStoppingRounds { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>Every rule the settings break, as readable sentences; empty when they are valid.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Quantile is not (> 0 and < 1)) errors.Add($"Quantile {Quantile} must be in (0, 1).");
        if (Trees < 1) errors.Add($"Trees {Trees} must be ≥ 1.");
        if (LearningRate is not (> 0 and <= 1)) errors.Add($"LearningRate {LearningRate} must be in (0, 1].");
        if (MaxLeaves is < 2 or > LeafLimit) errors.Add($"MaxLeaves {MaxLeaves} must be in [2, {LeafLimit}].");
        if (MinLeafRows < 1) errors.Add($"MinLeafRows {MinLeafRows} must be ≥ 1.");
        if (L2 is not >= 0) errors.Add($"L2 {L2} must be ≥ 0.");
        if (RowFraction is not (> 0 and <= 1)) errors.Add($"RowFraction {RowFraction} must be in (0, 1].");
        if (FeatureFraction is not (> 0 and <= 1)) errors.Add($"FeatureFraction {FeatureFraction} must be in (0, 1].");
        if (EarlyStoppingRounds < 0) errors.Add($"EarlyStoppingRounds {EarlyStoppingRounds} must be ≥ 0.");
        return errors;
    }
}
