using Logistics.Forecasting.Features;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Models;

/// <summary>What a member of the ensemble predicts of volume ÷ level.</summary>
internal enum MemberKind
{
    Lower,
    Median,
    Upper,
    Mean,
}

/// <summary>Boosted trees for the 10 %, 50 % and 90 % quantile and the mean, several members each, averaged. Immutable; thread-safe.</summary>
internal sealed class TreeEnsemble(IReadOnlyList<BoostedTrees>[] members)
{
    public const int Kinds = 4;

    // Below this the trees would learn the noise of a few days; the level itself forecasts better.
    private const int FewestRows = 50;

    /// <summary>Members of a kind.</summary>
    public IReadOnlyList<BoostedTrees> this[MemberKind kind] => members[(int)kind];

    /// <summary>Trains all members on rows whose targets are at most <paramref name="lastTarget"/>.</summary>
    /// <param name="onMember">Told after each trained model.</param>
    public static TreeEnsemble Train(FeatureBuilder builder, int lastTarget, ForecastOptions options, int memberCount, Action onMember, CancellationToken cancellation)
    {
        var members = new List<BoostedTrees>[Kinds];
        for (var kind = 0; kind < Kinds; kind++) members[kind] = [];
        for (var member = 0; member < memberCount; member++)
        {
            var rows = TrainingRows.Draw(builder, lastTarget, options.ToRows(member), cancellation);
            if (rows.Points.Length < FewestRows) break;
            var set = new BoostingSet(BinnedTable.Fit(rows.Table), rows.Targets, rows.Weights);
            foreach (var kind in Enum.GetValues<MemberKind>())
            {
                members[(int)kind].Add(BoostedTreesTrainer.Train(set, options.ToBoosting(kind, member), cancellation: cancellation));
                onMember();
            }
        }

        return new TreeEnsemble(members);
    }

    /// <summary>Averages a kind's members over the rows; results are volume ÷ level, ≥ 0. Without members: the level, half of it, twice of it.</summary>
    public double[] Predict(MemberKind kind, FeatureTable table)
    {
        var sum = new double[table.Rows];
        var one = new double[table.Rows];
        var models = this[kind];
        if (models.Count == 0) Array.Fill(sum, kind switch { MemberKind.Lower => 0.5, MemberKind.Upper => 2, _ => 1 });
        foreach (var model in models)
        {
            model.Predict(table.Values, one);
            for (var i = 0; i < sum.Length; i++) sum[i] += one[i];
        }

        for (var i = 0; i < sum.Length; i++) sum[i] = Math.Max(0, sum[i] / Math.Max(models.Count, 1));
        return sum;
    }
}
