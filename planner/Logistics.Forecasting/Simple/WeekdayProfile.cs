namespace Logistics.Forecasting.Simple;

/// <summary>A smoothed level times the share each weekday has over a year: the best there is for a series that only repeats its week.</summary>
/// <remarks>
/// Four weeks know a weekday by four days, of which chance keeps half of its own spread; a year averages it away. The level is an average over quick and slow smoothing, weighted by how
/// well each did over the last half year, so that it holds still under noise and follows a jump. Less than two weeks: same-weekday mean.
/// </remarks>
public sealed class WeekdayProfile : ISimpleMethod
{
    private const int Week = 7;
    private const int ProfileWeeks = 52;
    private const int StartDays = 14;
    private const int JudgedDays = 182;

    // A rate whose error is a fiftieth larger weighs e times less.
    private const double Sharpness = 50;

    private static readonly double[] Rates = [0.02, 0.05, 0.1, 0.2, 0.35, 0.6];

    public string Name => "weekday profile";

    public void Forecast(ReadOnlySpan<double> history, Span<double> forecast)
    {
        if (history.Length < StartDays)
        {
            new SameWeekdayMean().Forecast(history, forecast);
            return;
        }

        // Slot 0 is the weekday after the last day, and so the first of the whole weeks counted back from the end.
        Span<double> share = stackalloc double[Week];
        share.Clear();
        var year = history[^(Math.Min(ProfileWeeks, history.Length / Week) * Week)..];
        for (var i = 0; i < year.Length; i++) share[i % Week] += year[i];
        var mean = SeasonalNaive.Mean(share);
        if (mean <= 0)
        {
            forecast.Clear();
            return;
        }

        for (var slot = 0; slot < Week; slot++) share[slot] /= mean;
        var level = Level(year, share);
        for (var h = 0; h < forecast.Length; h++) forecast[h] = level * share[h % Week];
    }

    private static double Level(ReadOnlySpan<double> year, ReadOnlySpan<double> share)
    {
        double squares = 0;
        foreach (var s in share) squares += s * s / Week;
        Span<double> errors = stackalloc double[Rates.Length];
        Span<double> levels = stackalloc double[Rates.Length];
        var best = double.PositiveInfinity;
        for (var r = 0; r < Rates.Length; r++)
        {
            (levels[r], errors[r]) = Smooth(year, share, Rates[r] / squares);
            best = Math.Min(best, errors[r]);
        }

        double sum = 0, weights = 0;
        for (var r = 0; r < Rates.Length; r++)
        {
            var weight = Math.Exp(-Sharpness * (errors[r] - best) / Math.Max(best, 1e-9));
            sum += weight * levels[r];
            weights += weight;
        }

        return sum / weights;
    }

    /// <summary>Level at the end, and mean absolute error a day ahead over the days judged. A busy weekday says more of the level and moves it more.</summary>
    private static (double Level, double Error) Smooth(ReadOnlySpan<double> year, ReadOnlySpan<double> share, double rate)
    {
        // The first two weeks hold every share twice.
        var level = SeasonalNaive.Mean(year[..StartDays]);
        var judgedFrom = Math.Max(StartDays, year.Length - JudgedDays);
        double error = 0;
        for (var i = 0; i < year.Length; i++)
        {
            var s = share[i % Week];
            if (i >= judgedFrom) error += Math.Abs(year[i] - level * s);
            if (s > 0) level += Math.Min(1, rate * s * s) * (year[i] / s - level);
        }

        return (level, error / Math.Max(1, year.Length - judgedFrom));
    }
}
