using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Models;

/// <summary>How far each series strayed from its P50 in the rehearsal, as a second opinion on how wide its quantiles are. Immutable; thread-safe.</summary>
/// <remarks>
/// Learned quantiles know days – sales, holidays, weekdays – but all series share them, and on steady series they are coarse. Eight weeks of a series' own errors know the series. A distance is
/// the series' relative error · √(level · P50) · what covered nine in ten of all series. How much it counts is decided crosswise: errors of one half of the held-out weeks against days of the
/// other, since a series' own past always fits that past best.
/// </remarks>
/// <param name="share">How much it counts beside the learned distances, in [0, 1].</param>
/// <param name="usual">Relative error of a series never measured.</param>
/// <param name="lower">Distances to P10 in relative errors, by week ahead.</param>
/// <param name="upper">Distances to P90, likewise.</param>
/// <param name="relative">Relative error by series id.</param>
internal sealed class OwnSpread(double share, double usual, double[] lower, double[] upper, IReadOnlyDictionary<string, double> relative)
{
    public const int Weeks = 2;

    private const int FewestOrigins = 4;

    // Days of its own that a series needs to weigh as much as what all have in common.
    private const double PullDays = 28;

    // A P50 near 0 says little of how far above it a day may lie.
    private const double LeastOfLevel = 0.05;

    // A share must gain by how far it lies from where it starts: where there is much to learn from, the learned quantiles are hard to beat, and on both public panels they were not. Few series choose
    // now nothing and now all by chance.
    private const double StartOfFew = 0.25;
    private const double PullOfFew = 0.2;
    private const double PullOfMany = 0.155;

    private static readonly double[] Shares = [0, 0.25, 0.5, 0.75, 1];

    public static OwnSpread None { get; } = new(0, 0, new double[Weeks], new double[Weeks], new Dictionary<string, double>(StringComparer.Ordinal));

    public double Share { get; } = share;

    public double Usual { get; } = usual;

    public double[] Lower { get; } = lower;

    public double[] Upper { get; } = upper;

    public IReadOnlyDictionary<string, double> Relative { get; } = relative;

    /// <param name="panel">Owner of the batches' series.</param>
    /// <param name="held">Held-out forecasts by origin, oldest first, with what came.</param>
    /// <param name="days">Days of history of all series together.</param>
    public static OwnSpread Fit(VolumePanel panel, IReadOnlyList<HeldOutForecast> held, long days)
    {
        if (held.Count < FewestOrigins) return None;
        var (early, late) = (held.Take(held.Count / 2).ToArray(), held.Skip(held.Count / 2).ToArray());
        var learned = ExpertWeights.TrustInLearned(days);
        var (fromEarly, fromLate) = (Measure(panel, early), Measure(panel, late));
        var best = Shares.MinBy(s => (Loss(panel, fromEarly.At(s), early, late, learned) + Loss(panel, fromLate.At(s), late, early, learned)) * (1 + Pull(s)));
        return best > 0 ? Measure(panel, held).At(best) : None;

        double Pull(double s) => (1 - learned) * PullOfFew * (s - StartOfFew) * (s - StartOfFew) + learned * PullOfMany * s;
    }

    /// <summary>Moves the outer quantiles towards the series' own distances.</summary>
    public RawQuantiles Blend(VolumePanel panel, ForecastBatch batch, RawQuantiles learned)
    {
        if (Share <= 0) return learned;
        var (low, high) = (new double[batch.Count], new double[batch.Count]);
        for (var i = 0; i < batch.Count; i++)
        {
            var middle = learned.P50[i];
            var unit = Relative.GetValueOrDefault(panel.Series[batch.Series[i / batch.Horizon]].Id, Usual) * Root(batch, i, middle);
            var week = WeekOf(batch, i);
            low[i] = Math.Max(0, middle - (1 - Share) * (middle - learned.P10[i]) - Share * Lower[week] * unit);
            high[i] = middle + (1 - Share) * (learned.P90[i] - middle) + Share * Upper[week] * unit;
        }

        return new RawQuantiles(low, learned.P50, high);
    }

    private OwnSpread At(double value) => new(value, Usual, Lower, Upper, Relative);

    private static OwnSpread Measure(VolumePanel panel, IReadOnlyList<HeldOutForecast> held)
    {
        var series = held[0].Batch.Series;
        var (errors, roots, count) = (new double[series.Length], new double[series.Length], new int[series.Length]);
        ForEachLive(held, (h, i) =>
        {
            var s = i / h.Batch.Horizon;
            errors[s] += Math.Abs(h.Actual[i] - h.Quantiles.P50[i]);
            roots[s] += Root(h.Batch, i, h.Quantiles.P50[i]);
            count[s]++;
        });
        var usual = errors.Sum() / Math.Max(roots.Sum(), 1e-9);
        var relative = new double[series.Length];
        for (var s = 0; s < series.Length; s++)
        {
            var common = PullDays * roots[s] / Math.Max(1, count[s]);
            relative[s] = roots[s] > 0 ? (errors[s] + usual * common) / (roots[s] + common) : usual;
        }

        var below = Enumerable.Range(0, Weeks).Select(_ => new List<double>()).ToArray();
        var above = Enumerable.Range(0, Weeks).Select(_ => new List<double>()).ToArray();
        ForEachLive(held, (h, i) =>
        {
            var unit = Math.Max(relative[i / h.Batch.Horizon] * Root(h.Batch, i, h.Quantiles.P50[i]), 1e-9);
            var miss = (h.Actual[i] - h.Quantiles.P50[i]) / unit;
            above[WeekOf(h.Batch, i)].Add(miss);
            below[WeekOf(h.Batch, i)].Add(-miss);
        });
        return new OwnSpread(
            0, usual, Array.ConvertAll(below, NineInTen), Array.ConvertAll(above, NineInTen),
            Enumerable.Range(0, series.Length).ToDictionary(s => panel.Series[series[s]].Id, s => relative[s], StringComparer.Ordinal));
    }

    /// <summary>Pinball loss of both outer quantiles on days that neither the spread nor its calibration has seen.</summary>
    private static double Loss(VolumePanel panel, OwnSpread spread, IReadOnlyList<HeldOutForecast> seen, IReadOnlyList<HeldOutForecast> unseen, double learned)
    {
        var calibration = QuantileCalibration.Fit([.. seen.SelectMany(h => h.Blended(panel, spread).Cases())], learned, panel.AreCounts);
        double loss = 0;
        foreach (var c in unseen.SelectMany(h => h.Blended(panel, spread).Cases()))
        {
            var (low, high) = calibration.Apply(c.Level, c.Horizon, c.Lower, c.Median, c.Upper);
            loss += Math.Max(0.9 * (c.Actual - high), -0.1 * (c.Actual - high)) + Math.Max(0.1 * (c.Actual - low), -0.9 * (c.Actual - low));
        }

        return loss;
    }

    private static void ForEachLive(IReadOnlyList<HeldOutForecast> held, Action<HeldOutForecast, int> visit)
    {
        foreach (var h in held)
            for (var i = 0; i < h.Batch.Count; i++)
                if (h.Batch.Scales[i / h.Batch.Horizon] > 0) visit(h, i);
    }

    // Chance grows with the root of what is expected, and a series' level says more of that than a single day's P50.
    private static double Root(ForecastBatch batch, int i, double middle)
    {
        var level = batch.Scales[i / batch.Horizon];
        return Math.Sqrt(level * Math.Max(middle, LeastOfLevel * level));
    }

    private static int WeekOf(ForecastBatch batch, int i) => i % batch.Horizon < 7 ? 0 : 1;

    private static double NineInTen(List<double> misses)
    {
        if (misses.Count == 0) return 0;
        misses.Sort();
        return Math.Max(0, misses[Math.Min(misses.Count, (int)Math.Ceiling(0.9 * (misses.Count + 1))) - 1]);
    }
}
