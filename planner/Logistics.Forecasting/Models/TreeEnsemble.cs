using Logistics.Forecasting.Features;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Models;

/// <summary>Which quantile of volume ÷ level a member predicts.</summary>
internal enum MemberKind
{
    Lower,
    Median,
    Upper,
}

/// <summary>One boosted model and the level its rows are divided by.</summary>
/// <param name="IsLogarithmic">It predicts a <see cref="LogRatio"/> instead of the ratio itself.</param>
internal sealed record EnsembleMember(MemberKind Kind, LevelKind Level, bool IsLogarithmic, BoostedTrees Trees)
{
    /// <summary>Volume ÷ level of a prediction, ≥ 0.</summary>
    public double ToRatio(double predicted) => IsLogarithmic ? LogRatio.ToRatio(predicted) : Math.Max(0, predicted);
}

/// <summary>Boosted trees for the 10 %, 50 % and 90 % quantile, several each, averaged. Immutable; thread-safe.</summary>
internal sealed class TreeEnsemble(IReadOnlyList<EnsembleMember> members)
{
    public const int KindCount = 3;

    // Below this the trees would learn the noise of a few days; the level itself forecasts better.
    private const int FewestRows = 50;

    // Quick levels first: a single member should follow changes.
    private static readonly LevelKind[] LevelOrder = [LevelKind.Recent, LevelKind.Month, LevelKind.Plain];

    public IReadOnlyList<EnsembleMember> Members { get; } = members;

    /// <summary>Models trained for a number of draws: a median for each, outer quantiles for every other; sums take theirs from the series below them.</summary>
    public static int CountModels(int draws, bool areOfSums) => Enumerable.Range(0, draws).Sum(draw => Kinds(draw, areOfSums).Length);

    /// <summary>Trains all members on rows whose targets are at most <paramref name="lastTarget"/>.</summary>
    /// <param name="onMember">Told after each trained model; calls do not overlap.</param>
    public static TreeEnsemble Train(FeatureBuilder builder, int lastTarget, ForecastOptions options, int draws, Action onMember, CancellationToken cancellation)
    {
        var members = new List<EnsembleMember>();
        for (var draw = 0; draw < draws; draw++)
        {
            var level = LevelOrder[draw % LevelOrder.Length];
            var rows = TrainingRows.Draw(builder, lastTarget, options.ToRows(draw, level), cancellation);
            if (rows.Points.Length < FewestRows) break;
            var table = BinnedTable.Fit(rows.Table);
            var plain = new BoostingSet(table, rows.Targets, rows.Weights);
            // Medians in turns on both scales: logarithms do better before Christmas, ratios after a lockdown.
            var isLogarithmic = draw % 2 == 0;
            var median = isLogarithmic ? OnLogScale(rows, table) : plain;
            var kinds = Kinds(draw, options.IsForSums);
            var trained = new EnsembleMember[kinds.Length];
            var number = draw;
            Parallel.For(0, kinds.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, i =>
            {
                var isMedian = kinds[i] == MemberKind.Median;
                var trees = BoostedTreesTrainer.Train(isMedian ? median : plain, options.ToBoosting(kinds[i], number), cancellation: cancellation);
                trained[i] = new EnsembleMember(kinds[i], level, isMedian && isLogarithmic, trees);
                lock (trained) onMember();
            });
            members.AddRange(trained);
        }

        return new TreeEnsemble(members);
    }

    private static MemberKind[] Kinds(int draw, bool areOfSums) => draw % 2 == 0 && !areOfSums ? [MemberKind.Median, MemberKind.Upper, MemberKind.Lower] : [MemberKind.Median];

    private static BoostingSet OnLogScale(TrainingRows rows, BinnedTable table)
    {
        var expected = Enumerable.Range(0, rows.Table.Width).First(c => rows.Table.Columns[c].Name == HistoryFeatures.QuickSmoothing);
        double[] weights = [.. rows.Weights.Select((w, i) => w * LogRatio.Weight(rows.Table.Row(i)[expected]))];
        var mean = weights.Average();
        return new BoostingSet(table, Array.ConvertAll(rows.Targets, LogRatio.ToScore), Array.ConvertAll(weights, w => Math.Max(w / mean, 1e-6)));
    }

    /// <summary>Averages the members' forecasts, in parcels, ≥ 0. Without members: the level, half of it, twice of it.</summary>
    /// <param name="tables">Feature rows by <see cref="LevelKind"/>, all for the same points.</param>
    /// <param name="scales">Level of each row, by <see cref="LevelKind"/>.</param>
    /// <returns>By <see cref="MemberKind"/>, by row.</returns>
    public double[][] Predict(FeatureTable[] tables, double[][] scales)
    {
        var rows = tables[0].Rows;
        var result = new double[KindCount][];
        var one = new double[rows];
        foreach (var kind in Enum.GetValues<MemberKind>())
        {
            var sum = result[(int)kind] = new double[rows];
            var count = 0;
            foreach (var member in Members)
            {
                if (member.Kind != kind) continue;
                var scale = scales[(int)member.Level];
                member.Trees.Predict(tables[(int)member.Level].Values, one);
                for (var i = 0; i < rows; i++) sum[i] += member.ToRatio(one[i]) * scale[i];
                count++;
            }

            var untrained = kind switch { MemberKind.Lower => 0.5, MemberKind.Upper => 2, _ => 1 };
            for (var i = 0; i < rows; i++) sum[i] = count > 0 ? sum[i] / count : untrained * scales[(int)LevelKind.Month][i];
        }

        return result;
    }
}
