using Logistics.Forecasting.Panels;

namespace Logistics.Forecasting.Features;

/// <summary>Additive weekly exponential smoothing with fixed rates, kept for every day, so that any origin's forecast is a look-up.</summary>
internal sealed class SmoothedSeries
{
    private const int Week = 7;

    private readonly int _firstDay;
    private readonly float[] _level;
    private readonly float[] _season;

    public SmoothedSeries(VolumeSeries series, double levelRate, double seasonRate)
    {
        _firstDay = series.FirstDay;
        var values = series.Values;
        _level = new float[values.Length];
        _season = new float[values.Length];
        Span<double> season = stackalloc double[Week];
        season.Clear();
        var level = values[0];
        for (var i = 0; i < values.Length; i++)
        {
            // Faster while young: the first weeks average instead of trusting the first value.
            var alpha = Math.Max(levelRate, 1.0 / (i + 1));
            var gamma = Math.Max(seasonRate, 1.0 / (i / Week + 2));
            var slot = i % Week;
            level += alpha * (values[i] - season[slot] - level);
            season[slot] += gamma * (values[i] - level - season[slot]);
            _level[i] = (float)level;
            _season[i] = (float)season[slot];
        }
    }

    /// <summary>Forecast for the target day from the origin; NaN before the series has two weeks.</summary>
    public double Forecast(int origin, int target)
    {
        var at = origin - _firstDay;
        if (at < 2 * Week) return double.NaN;
        var sameWeekday = target - _firstDay;
        while (sameWeekday > at) sameWeekday -= Week;
        return Math.Max(0, _level[at] + _season[sameWeekday]);
    }
}
