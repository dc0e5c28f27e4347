using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Simple;

namespace Logistics.Forecasting.Models;

/// <summary>How much each expert counts in the P50. Experts: trees, networks, then the simple methods.</summary>
internal static class ExpertWeights
{
    private const int LearnedExperts = 2;
    private const int ProfilePosition = 3;
    private const int EtsPosition = 4;

    // Learned weights must earn their distance from the start: eight fortnights hold less about the next one than they seem to. Few series differ more in kind than many do.
    private const double PullOfFew = 0.05;
    private const double PullOfMany = 0.4;

    // Fewer series than this that err by themselves tell less still, to themselves and to what learns from them: one alone seems to like whatever its last weeks were near.
    private const double EnoughSeries = 12;

    // Standard errors that a lead over the fortnights held out must have. The learned experts are trusted as far as they lead every simple method: a random walk or pure chance leaves them nothing
    // to learn, however long it is. And where one expert alone leads the pulled weights, the panel is of another kind and the weeks held out decide: three series may live by a calendar that only
    // the learned experts read.
    private const double StandardErrors = 2;
    private const double WeakPull = 0.02;

    // A simple method with at most so much of the weights' error has found what the panel does, and every other expert only blurs it.
    private const double ErrorOfExact = 0.5;

    private const double Trace = 0.02;

    /// <summary>The trees' part of the outer quantiles, the rest being the networks'.</summary>
    public const double TreesOfLearned = 0.6;

    // What many days start from. A little of a method that learned nothing from the other series steadies both kinds of panel measured; less of the networks costs Christmas.
    private const double TreesOfMany = 0.6;
    private const double NetworksOfMany = 0.34;
    private const double ProfileOfMany = 0.06;

    // From so many days of all series on, the learned experts are trusted alone to start with; less teach them less than a simple method knows.
    private const double EnoughDays = 40_000;

    private static readonly double[] Steps = [0.1, 0.03, 0.01];

    public static int Count => LearnedExperts + SimpleMethods.All.Count;

    public static IReadOnlyList<string> Names { get; } = ["trees", "networks", .. SimpleMethods.All.Select(m => m.Name)];

    /// <summary>Weights where nothing could be held out: a few weeks prove no method, so the mean of unlike ones is taken.</summary>
    public static double[] Unproven()
    {
        var weights = new double[Count];
        (weights[0], weights[1]) = (0.15, 0.1);
        (weights[LearnedExperts + ProfilePosition], weights[LearnedExperts + EtsPosition]) = (0.5, 0.25);
        return weights;
    }

    /// <summary>How far the learned experts are trusted before the held-out weeks have spoken, in [0, 1].</summary>
    /// <param name="days">Days of history of all series together.</param>
    public static double TrustInLearned(long days) => Math.Min(1, days / EnoughDays);

    /// <summary>Weights before the held-out weeks have spoken, and how hard those pull back.</summary>
    /// <param name="learned">Trust in the learned experts, in [0, 1].</param>
    /// <param name="series">What the series held out are worth (<see cref="EffectiveSeries"/>).</param>
    private static (double[] Weights, double Pull) Start(double learned, double series)
    {
        var known = Math.Min(1, series / EnoughSeries);
        var weights = Unproven();
        for (var e = 0; e < LearnedExperts; e++) weights[e] *= known;
        var sum = weights.Sum();
        weights = Array.ConvertAll(weights, w => w / sum * (1 - learned));
        weights[0] += TreesOfMany * learned;
        weights[1] += NetworksOfMany * learned;
        weights[LearnedExperts + ProfilePosition] += ProfileOfMany * learned;
        var few = PullOfFew / (known * known);
        return (weights, few + (PullOfMany - few) * learned);
    }

    public static double[] Expert(ForecastBatch batch, int expert) => expert switch
    {
        0 => batch.Trees[(int)MemberKind.Median],
        1 => batch.Networks[(int)MemberKind.Median],
        _ => batch.Simple[expert - LearnedExperts],
    };

    public static double[] Combine(ForecastBatch batch, ReadOnlySpan<double> weights)
    {
        var result = new double[batch.Count];
        for (var e = 0; e < weights.Length; e++)
        {
            if (weights[e] <= 0) continue;
            var values = Expert(batch, e);
            for (var i = 0; i < result.Length; i++) result[i] += weights[e] * values[i];
        }

        return result;
    }

    /// <summary>Weights ≥ 0 with sum 1 that make the total absolute error of the batches small without straying far from the start that so many <paramref name="days"/> of history give.</summary>
    /// <remarks>Pairwise exchange with shrinking steps: the loss is convex, so it ends near the optimum. Deterministic.</remarks>
    public static double[] Fit(IReadOnlyList<ForecastBatch> batches, IReadOnlyList<double[]> actuals, long days)
    {
        var experts = Enumerable.Range(0, Count).Select(e => batches.SelectMany(b => Expert(b, e)).ToArray()).ToArray();
        var actual = actuals.SelectMany(a => a).ToArray();
        var horizon = batches[0].Horizon;
        var trust = TrustInLearned(days);
        var count = batches[0].Series.Length;
        var series = EffectiveSeries.Count(Mix(experts, Start(trust, count).Weights, actual.Length), actual, count, horizon);
        var (start, pull) = Start(trust, series);
        var weights = Fit(experts, actual, start, pull);
        var proven = trust * Math.Clamp(-Lead(experts[LearnedExperts..], experts, actual, weights, horizon) / StandardErrors, 0, 1);
        if (proven < trust)
        {
            (start, pull) = Start(proven, series);
            weights = Fit(experts, actual, start, pull);
        }

        var lead = Lead(experts, experts, actual, weights, horizon) * Math.Sqrt(series / count);
        weights = WithoutTraces(lead > StandardErrors ? Fit(experts, actual, start, Math.Min(pull, WeakPull)) : weights);
        return FindExact(experts, actual, weights) is { } exact ? Alone(exact) : weights;
    }

    /// <summary>The simple method that forecast the held-out weeks so much better than the weights that it should stand alone; null commonly.</summary>
    private static int? FindExact(double[][] experts, double[] actual, double[] weights)
    {
        var best = Enumerable.Range(LearnedExperts, Count - LearnedExperts).MinBy(e => Scoring.AbsoluteError(actual, experts[e]));
        var own = Scoring.AbsoluteError(actual, Mix(experts, weights, actual.Length));
        return own > 0 && Scoring.AbsoluteError(actual, experts[best]) <= ErrorOfExact * own ? best : null;
    }

    private static double[] Alone(int expert)
    {
        var weights = new double[Count];
        weights[expert] = 1;
        return weights;
    }

    private static double[] Mix(double[][] experts, double[] weights, int count)
    {
        var mixed = new double[count];
        for (var e = 0; e < Count; e++)
            for (var i = 0; i < count; i++) mixed[i] += weights[e] * experts[e][i];
        return mixed;
    }

    /// <summary>By how many standard errors the best of the rivals did better over the fortnights held out than the weights; negative where it did worse.</summary>
    private static double Lead(double[][] rivals, double[][] experts, double[] actual, double[] weights, int horizon)
    {
        var combined = Mix(experts, weights, actual.Length);
        return rivals.Max(expert =>
        {
            var gains = new double[actual.Length / horizon];
            for (var i = 0; i < gains.Length; i++)
            {
                var came = actual.AsSpan(i * horizon, horizon);
                gains[i] = Scoring.AbsoluteError(came, combined.AsSpan(i * horizon, horizon)) - Scoring.AbsoluteError(came, expert.AsSpan(i * horizon, horizon));
            }

            var mean = gains.Average();
            var error = Math.Sqrt(gains.Sum(g => (g - mean) * (g - mean)) / gains.Length / gains.Length);
            return mean / Math.Max(error, 1e-12);
        });
    }

    /// <summary>Whether a simple method counts, for some series or for all.</summary>
    public static bool[] NeededSimple(double[] weights, SeriesTilt tilt) =>
        [.. Enumerable.Range(0, SimpleMethods.All.Count).Select(m => weights[LearnedExperts + m] > 0 || tilt.Choices.Values.Any(c => c.Expert == LearnedExperts + m))];

    // A hundredth of a method moves no forecast, but fitting it for every series every night takes longer than all trees.
    private static double[] WithoutTraces(double[] weights)
    {
        var kept = Array.ConvertAll(weights, w => w >= Trace ? w : 0);
        var sum = kept.Sum();
        return Array.ConvertAll(kept, w => w / sum);
    }

    private static double[] Fit(double[][] experts, double[] actual, double[] start, double pull)
    {
        var total = Math.Max(actual.Sum(), 1e-9);
        double[] weights = [.. start];
        var combined = Mix(experts, weights, actual.Length);
        var best = Loss(0, 0, 0);
        foreach (var step in Steps)
        {
            for (var round = 0; round < 20; round++)
            {
                var before = best;
                for (var from = 0; from < Count; from++)
                    for (var to = 0; to < Count; to++)
                    {
                        var move = Math.Min(step, weights[from]);
                        if (from == to || move <= 0) continue;
                        var loss = Loss(from, to, move);
                        if (loss >= best - 1e-9) continue;
                        best = loss;
                        weights[from] -= move;
                        weights[to] += move;
                        for (var i = 0; i < combined.Length; i++) combined[i] += move * (experts[to][i] - experts[from][i]);
                    }

                if (before - best < 1e-7) break;
            }
        }

        return weights;

        double Loss(int from, int to, double move)
        {
            double error = 0;
            var (a, b) = (experts[from], experts[to]);
            for (var i = 0; i < actual.Length; i++) error += Math.Abs(actual[i] - combined[i] - move * (b[i] - a[i]));
            double distance = 0;
            for (var e = 0; e < Count; e++)
            {
                var weight = weights[e] + (move <= 0 ? 0 : e == from ? -move : e == to ? move : 0);
                distance += (weight - start[e]) * (weight - start[e]);
            }

            return error / total + pull * distance;
        }
    }
}
