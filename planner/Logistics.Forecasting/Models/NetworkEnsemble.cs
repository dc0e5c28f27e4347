using Logistics.Forecasting.Features;
using Logistics.Forecasting.Networks;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Models;

/// <summary>Quantile networks from different draws and seeds, averaged. Immutable; thread-safe.</summary>
/// <remarks>They err elsewhere than trees – smooth where trees step, worse at single calendar days – so the mean of both beats either.</remarks>
internal sealed class NetworkEnsemble(IReadOnlyList<QuantileNetwork> networks)
{
    /// <summary>The level their ratios are of.</summary>
    public const LevelKind Level = LevelKind.Recent;

    // Fewer rows make a few dozen batches, and a network that still remembers its random start.
    private const int FewestRows = 4000;

    // Draws of their own, so that trees and networks see different rows.
    private const int FirstDraw = 100;

    public IReadOnlyList<QuantileNetwork> Networks { get; } = networks;

    /// <summary>Trains on rows whose targets are at most <paramref name="lastTarget"/>; none if there are too few.</summary>
    /// <param name="onMember">Told after each trained network.</param>
    public static NetworkEnsemble Train(FeatureBuilder builder, int lastTarget, ForecastOptions options, int count, Action onMember, CancellationToken cancellation)
    {
        var networks = new List<QuantileNetwork>();
        for (var i = 0; i < count; i++)
        {
            var rows = TrainingRows.Draw(builder, lastTarget, options.ToRows(FirstDraw + i, Level), cancellation);
            if (rows.Points.Length < FewestRows) break;
            networks.Add(NetworkTrainer.Train(rows.Table, rows.Targets, rows.Weights, options.ToNetwork(i), cancellation));
            onMember();
        }

        return new NetworkEnsemble(networks);
    }

    /// <summary>Averages the networks' forecasts, in parcels.</summary>
    /// <param name="table">Feature rows at <see cref="Level"/>.</param>
    /// <param name="scales">Level of each row.</param>
    /// <returns>By <see cref="MemberKind"/>, by row; null without networks.</returns>
    public double[][]? Predict(FeatureTable table, double[] scales)
    {
        if (Networks.Count == 0) return null;
        double[][] sums = [new double[table.Rows], new double[table.Rows], new double[table.Rows]];
        foreach (var network in Networks) network.AddTo(table.Values, table.Width, sums);
        foreach (var sum in sums)
            for (var i = 0; i < sum.Length; i++) sum[i] *= scales[i] / Networks.Count;
        return sums;
    }
}
