using Logistics.Forecasting.Backtesting;
using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>Series for which one expert did clearly better in the rehearsal: part of the weight goes to it.</summary>
/// <remarks>
/// Eight fortnights say little about one series, so the gain must exceed what chance gives, and at most half of the weight moves – all of it where the expert halves the error, since then the
/// series only repeats what that expert knows. Immutable; thread-safe.
/// </remarks>
internal sealed class SeriesTilt(IReadOnlyDictionary<string, SeriesTilt.Choice> choices)
{
    private const double GainToIgnore = 0.12;
    private const double LargestShare = 0.5;
    private const double GainOfExact = 0.5;

    public static SeriesTilt None { get; } = new(new Dictionary<string, Choice>(StringComparer.Ordinal));

    public IReadOnlyDictionary<string, Choice> Choices { get; } = choices;

    public static SeriesTilt Fit(VolumePanel panel, IReadOnlyList<ForecastBatch> batches, IReadOnlyList<double[]> actuals, double[] weights)
    {
        var choices = new Dictionary<string, Choice>(StringComparer.Ordinal);
        var combined = batches.Select(b => ExpertWeights.Combine(b, weights)).ToArray();
        var series = batches[0].Series;
        for (var s = 0; s < series.Length; s++)
        {
            var own = Error(s, b => combined[b]);
            var (best, error) = Enumerable.Range(0, ExpertWeights.Count).Select(e => (e, Error(s, b => ExpertWeights.Expert(batches[b], e)))).MinBy(p => p.Item2);
            var gain = own > 0 ? 1 - error / own : 0;
            if (gain > GainToIgnore) choices[panel.Series[series[s]].Id] = new Choice(best, gain >= GainOfExact ? 1 : Math.Min(LargestShare, 2 * (gain - GainToIgnore)));
        }

        return new SeriesTilt(choices);

        double Error(int s, Func<int, double[]> forecast)
        {
            double sum = 0;
            for (var b = 0; b < batches.Count; b++)
            {
                var (start, horizon) = (s * batches[b].Horizon, batches[b].Horizon);
                sum += Scoring.AbsoluteError(actuals[b].AsSpan(start, horizon), forecast(b).AsSpan(start, horizon));
            }

            return sum;
        }
    }

    /// <summary>Moves the tilted series' combined forecasts towards their expert.</summary>
    public void Apply(VolumePanel panel, ForecastBatch batch, double[] combined)
    {
        if (Choices.Count == 0) return;
        for (var s = 0; s < batch.Series.Length; s++)
        {
            if (!Choices.TryGetValue(panel.Series[batch.Series[s]].Id, out var choice)) continue;
            var expert = ExpertWeights.Expert(batch, choice.Expert);
            for (var i = s * batch.Horizon; i < (s + 1) * batch.Horizon; i++) combined[i] += choice.Share * (expert[i] - combined[i]);
        }
    }

    /// <param name="Expert">Position among the experts.</param>
    /// <param name="Share">Weight moved to it, in (0, 1].</param>
    internal readonly record struct Choice(int Expert, double Share);
}
