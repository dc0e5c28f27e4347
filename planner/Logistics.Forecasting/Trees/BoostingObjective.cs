using System.Runtime.Intrinsics;

namespace Logistics.Forecasting.Trees;

/// <summary>Gradients, start value and loss of the supported objectives.</summary>
internal static class BoostingObjective
{
    // exp beyond this overflows what later code can use; a score never legitimately gets there.
    private const double MaxLogScore = 50;

    /// <summary>The constant score that starts boosting.</summary>
    public static double Start(BoostingOptions options, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights)
    {
        if (options.Loss == BoostingLoss.Pinball)
            return WeightedQuantile.Select(targets.ToArray(), weights.ToArray(), options.Quantile);
        double sum = 0, total = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            sum += targets[i] * weights[i];
            total += weights[i];
        }

        var mean = total > 0 ? sum / total : 0;
        return options.Loss == BoostingLoss.Poisson ? Math.Log(Math.Max(mean, 1e-9)) : mean;
    }

    public static void Gradients(BoostingOptions options, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, ReadOnlySpan<double> scores, Span<Vector128<double>> gradients)
    {
        switch (options.Loss)
        {
            case BoostingLoss.Squared:
                for (var i = 0; i < targets.Length; i++)
                    gradients[i] = Vector128.Create((scores[i] - targets[i]) * weights[i], weights[i]);
                break;
            case BoostingLoss.Poisson:
                for (var i = 0; i < targets.Length; i++)
                {
                    var mean = Math.Exp(Math.Min(scores[i], MaxLogScore));
                    gradients[i] = Vector128.Create((mean - targets[i]) * weights[i], mean * weights[i]);
                }

                break;
            default:
                var (over, under) = (1 - options.Quantile, -options.Quantile);
                var tie = TieGradient(over, under, targets, weights, scores);
                for (var i = 0; i < targets.Length; i++)
                    gradients[i] = Vector128.Create((targets[i] < scores[i] ? over : targets[i] > scores[i] ? under : tie) * weights[i], weights[i]);
                break;
        }
    }

    /// <summary>The slope a row gets whose target is its score: any in [under, over] is one, and this makes the whole balance.</summary>
    /// <remarks>Where half of the targets are 0 the P10 starts at 0, below no row. With one slope for rows at it and above it no split would ever gain, and it would stay 0 for all.</remarks>
    private static double TieGradient(double over, double under, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, ReadOnlySpan<double> scores)
    {
        double gradient = 0, tied = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            if (targets[i] == scores[i]) tied += weights[i];
            else gradient += (targets[i] < scores[i] ? over : under) * weights[i];
        }

        return tied > 0 ? Math.Clamp(-gradient / tied, under, over) : under;
    }

    /// <summary>Weighted mean loss.</summary>
    public static double Loss(BoostingOptions options, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights, ReadOnlySpan<double> scores)
    {
        double sum = 0, total = 0;
        for (var i = 0; i < targets.Length; i++)
        {
            var error = targets[i] - scores[i];
            sum += weights[i] * options.Loss switch
            {
                BoostingLoss.Squared => error * error / 2,
                BoostingLoss.Poisson => Math.Exp(Math.Min(scores[i], MaxLogScore)) - targets[i] * scores[i],
                _ => error >= 0 ? options.Quantile * error : (options.Quantile - 1) * error,
            };
            total += weights[i];
        }

        return total > 0 ? sum / total : 0;
    }
}
