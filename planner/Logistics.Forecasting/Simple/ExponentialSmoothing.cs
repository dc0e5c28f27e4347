namespace Logistics.Forecasting.Simple;

/// <summary>Exponential smoothing with a weekly season: no or damped trend, additive or multiplicative season.</summary>
/// <remarks>
/// Hyndman, Koehler, Ord, Snyder (2008), recursive form. Parameters come from a fixed grid by the smallest mean absolute one-step error
/// after the first two weeks; a grid cannot diverge and costs the same for every series. Less than three weeks: same-weekday mean.
/// </remarks>
public sealed class ExponentialSmoothing : ISimpleMethod
{
    private const int Week = 7;
    private const int FitDays = 400;

    private static readonly double[] LevelGrid = [0.03, 0.08, 0.15, 0.3, 0.5, 0.8];
    private static readonly double[] SeasonGrid = [0.01, 0.05, 0.12, 0.3];
    private static readonly (double Trend, double Damping)[] TrendGrid = [(0, 0), (0.05, 0.9), (0.2, 0.8)];

    public string Name => "ETS";

    public void Forecast(ReadOnlySpan<double> history, Span<double> forecast)
    {
        if (history.Length < 3 * Week)
        {
            new SameWeekdayMean().Forecast(history, forecast);
            return;
        }

        var recent = history.Length > FitDays ? history[^FitDays..] : history;
        var best = new EtsState(0.15, 0.05, 0, 0, isMultiplicative: false);
        var bestError = double.PositiveInfinity;
        // A multiplicative season divides by the level, which an empty day makes meaningless.
        var allowsMultiplicative = !recent.Contains(0.0);
        foreach (var level in LevelGrid)
            foreach (var season in SeasonGrid)
                foreach (var (trend, damping) in TrendGrid)
                    for (var multiplicative = 0; multiplicative < (allowsMultiplicative ? 2 : 1); multiplicative++)
                    {
                        var state = new EtsState(level, season, trend, damping, multiplicative == 1);
                        var error = state.Run(recent);
                        if (error >= bestError) continue;
                        (best, bestError) = (state, error);
                    }

        if (double.IsInfinity(bestError)) best.Run(recent);
        for (var h = 0; h < forecast.Length; h++) forecast[h] = best.Ahead(h + 1);
    }

    /// <summary>One parameter set with its running state.</summary>
    private struct EtsState(double alpha, double gamma, double beta, double phi, bool isMultiplicative)
    {
        private SeasonBuffer _season;
        private double _level;
        private double _trend;
        private int _next;

        /// <summary>Runs through the history; returns the mean absolute one-step error after the first two weeks.</summary>
        public double Run(ReadOnlySpan<double> history)
        {
            _level = SeasonalNaive.Mean(history[..(2 * Week)]);
            _trend = 0;
            for (var day = 0; day < Week; day++)
            {
                var mean = (history[day] + history[day + Week]) / 2;
                _season[day] = !isMultiplicative ? mean - _level : _level > 0 ? mean / _level : 1;
            }

            double error = 0;
            for (var i = 0; i < history.Length; i++)
            {
                var slot = i % Week;
                var season = _season[slot];
                var basis = _level + phi * _trend;
                var value = history[i];
                if (i >= 2 * Week) error += Math.Abs(value - (isMultiplicative ? basis * season : basis + season));
                var deseasoned = isMultiplicative ? value / Math.Max(season, 0.05) : value - season;
                var level = alpha * deseasoned + (1 - alpha) * basis;
                _trend = beta * (level - _level) + (1 - beta) * phi * _trend;
                _season[slot] = gamma * (!isMultiplicative ? value - basis : basis > 1e-9 ? value / basis : 1) + (1 - gamma) * season;
                _level = level;
            }

            _next = history.Length % Week;
            return double.IsFinite(error) ? error / Math.Max(1, history.Length - 2 * Week) : double.PositiveInfinity;
        }

        /// <summary>Forecast of the given number of days ahead, ≥ 1.</summary>
        public readonly double Ahead(int steps)
        {
            double trend = 0, factor = 1;
            for (var i = 0; i < steps; i++) trend += factor *= phi;
            var basis = _level + trend * _trend;
            var season = _season[(_next + steps - 1) % Week];
            return Math.Max(0, isMultiplicative ? basis * season : basis + season);
        }
    }

    [System.Runtime.CompilerServices.InlineArray(Week)]
    private struct SeasonBuffer
    {
        private double _value;
    }
}
