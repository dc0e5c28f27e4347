using Logistics.Forecasting.Features;

namespace Logistics.Forecasting.Models;

/// <summary>What is learned from all series together. Immutable; thread-safe.</summary>
internal sealed record LearnedModels(TreeEnsemble Trees, NetworkEnsemble Networks)
{
    /// <summary>Models trained for so many draws and networks, for progress.</summary>
    public static int Count(int draws, int networks, bool areOfSums) => TreeEnsemble.CountModels(draws, areOfSums) + networks;

    /// <summary>Trains both on rows whose targets are at most <paramref name="lastTarget"/>.</summary>
    public static LearnedModels Train(FeatureBuilder builder, int lastTarget, ForecastOptions options, int draws, int networks, Action onMember, CancellationToken cancellation) => new(
        TreeEnsemble.Train(builder, lastTarget, options, draws, onMember, cancellation),
        NetworkEnsemble.Train(builder, lastTarget, options, networks, onMember, cancellation));
}
