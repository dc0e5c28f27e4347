using Logistics.Forecasting.Features;
using Logistics.Forecasting.Hierarchies;
using Logistics.Forecasting.Models;
using Logistics.Forecasting.Networks;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting;

/// <summary>Settings of training. The defaults are those the published accuracy was measured with.</summary>
public sealed record ForecastOptions
{
    private const int DrawsOfSums = 3;
    private const int RowsOfSums = 40_000;

    /// <summary>Furthest day ahead, 1 to 60.</summary>
    public int Horizon { get; init; } = 14;

    /// <summary>Rows each member of the ensemble learns from; panels with more candidates are sampled.</summary>
    public int RowBudget { get; init; } = 150_000;

    /// <summary>Draws of training rows; each trains a median, every other one the outer quantiles too.</summary>
    public int Members { get; init; } = 6;

    /// <summary>Quantile networks averaged with the trees; 0 leaves them out.</summary>
    public int Networks { get; init; } = 3;

    /// <summary>Times a network sees each of its rows.</summary>
    public int NetworkEpochs { get; init; } = 6;

    public int Trees { get; init; } = 160;

    public double LearningRate { get; init; } = 0.07;

    public int MaxLeaves { get; init; } = 16;

    public int MinLeafRows { get; init; } = 30;

    public double RowFraction { get; init; } = 0.4;

    public double FeatureFraction { get; init; } = 0.25;

    public double LevelPower { get; init; } = 0.7;

    public double HalfLifeDays { get; init; } = 400;

    /// <summary>Models trained at the same time; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    public ulong Seed { get; init; } = 1;

    public GapRule GapRule { get; init; } = GapRule.Zero;

    /// <summary>If given, held-out weeks also decide how its levels are reconciled.</summary>
    public VolumeHierarchy? Hierarchy { get; init; }

    internal bool IsForSums { get; private init; }

    /// <summary>Settings for the areas and terminals above the series: few, smooth series, of which a day tells more. A draw for each level, so that holidays past move none of the forecasts.</summary>
    internal ForecastOptions ForSums() => this with { IsForSums = true, Hierarchy = null, Members = Math.Max(Members, DrawsOfSums), Networks = 0, RowBudget = Math.Min(RowBudget, RowsOfSums) };

    /// <summary>Every rule the settings break; empty when they are valid.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Horizon is < 1 or > 60) errors.Add($"Horizon {Horizon} must be in [1, 60] days.");
        if (RowBudget < 1000) errors.Add($"RowBudget {RowBudget} must be ≥ 1000 rows.");
        if (Members is < 1 or > 20) errors.Add($"Members {Members} must be in [1, 20].");
        if (Networks is < 0 or > 20) errors.Add($"Networks {Networks} must be in [0, 20].");
        if (NetworkEpochs is < 1 or > 100) errors.Add($"NetworkEpochs {NetworkEpochs} must be in [1, 100].");
        if (Threads is < 1 or > 256) errors.Add($"Threads {Threads} must be in [1, 256].");
        if (LevelPower is not (>= 0 and <= 1)) errors.Add($"LevelPower {LevelPower} must be in [0, 1].");
        if (HalfLifeDays is not > 0) errors.Add($"HalfLifeDays {HalfLifeDays} must be > 0.");
        errors.AddRange(ToBoosting(MemberKind.Median, 0).Validate());
        return errors;
    }

    internal BoostingOptions ToBoosting(MemberKind kind, int member) => new()
    {
        Loss = BoostingLoss.Pinball,
        Quantile = kind switch { MemberKind.Lower => 0.1, MemberKind.Upper => 0.9, _ => 0.5 },
        Trees = Trees,
        LearningRate = LearningRate,
        MaxLeaves = MaxLeaves,
        MinLeafRows = MinLeafRows,
        RowFraction = RowFraction,
        FeatureFraction = FeatureFraction,
        Seed = Seed * 1000 + (ulong)member * 10 + (ulong)kind,
    };

    internal NetworkOptions ToNetwork(int member) => new() { Epochs = NetworkEpochs, Seed = Seed * 1000 + 500 + (ulong)member };

    internal TrainingRowOptions ToRows(int member, LevelKind level) => new()
    {
        Budget = RowBudget,
        LevelPower = LevelPower,
        HalfLifeDays = HalfLifeDays,
        Level = level,
        HidesPromotionAnalog = member % 2 == 1,
        Seed = Seed * 1000 + (ulong)member,
    };
}
