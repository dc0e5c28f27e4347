namespace Logistics.Forecasting.Simple;

/// <summary>A level times the share each weekday has over a year: the best there is for a series that only repeats its week, or only wanders.</summary>
/// <remarks>
/// Four weeks know a weekday by four days, of which chance keeps half of its own spread; a year averages it away. What chance alone would give is taken off the shares as a whole
/// (James and Stein 1961), so that a series without a week gets none. The level is the mean of what <see cref="LevelFollowers"/> gives by their errors a day ahead and up to a fortnight ahead.
/// Less than two weeks: same-weekday mean.
/// </remarks>
public sealed class WeekdayProfile : ISimpleMethod
{
    internal const int Week = 7;

    private const int ProfileWeeks = 52;

    public string Name => "weekday profile";

    public void Forecast(ReadOnlySpan<double> history, Span<double> forecast)
    {
        if (history.Length < LevelFollowers.StartDays)
        {
            new SameWeekdayMean().Forecast(history, forecast);
            return;
        }

        // Slot 0 is the weekday after the last day, and so the first of the whole weeks counted back from the end.
        var year = history[^(Math.Min(ProfileWeeks, history.Length / Week) * Week)..];
        Span<double> share = stackalloc double[Week];
        if (!FindShares(year, share))
        {
            forecast.Clear();
            return;
        }

        var level = new LevelFollowers(year, share).Level();
        for (var h = 0; h < forecast.Length; h++) forecast[h] = level * share[h % Week];
    }

    /// <summary>Fills the shares, 1 on average; false when nothing ever came.</summary>
    private static bool FindShares(ReadOnlySpan<double> year, Span<double> share)
    {
        share.Clear();
        for (var i = 0; i < year.Length; i++) share[i % Week] += year[i];
        var mean = SeasonalNaive.Mean(share);
        if (mean <= 0) return false;
        double signal = 0;
        for (var slot = 0; slot < Week; slot++)
        {
            share[slot] /= mean;
            signal += (share[slot] - 1) * (share[slot] - 1);
        }

        var kept = signal > 0 ? Math.Max(0, 1 - ChanceOf(year, share) / signal) : 0;
        for (var slot = 0; slot < Week; slot++) share[slot] = 1 + kept * (share[slot] - 1);
        return true;
    }

    // Σ of the shares' variances: how far a day lies from its week's mean times its share, over the number of weeks. A mean of 1 binds one of seven.
    private static double ChanceOf(ReadOnlySpan<double> year, ReadOnlySpan<double> share)
    {
        var weeks = year.Length / Week;
        var level = SeasonalNaive.Mean(year);
        double squares = 0;
        for (var week = 0; week < weeks; week++)
        {
            var days = year.Slice(week * Week, Week);
            var mean = SeasonalNaive.Mean(days);
            for (var slot = 0; slot < Week; slot++) squares += (days[slot] - mean * share[slot]) * (days[slot] - mean * share[slot]);
        }

        return squares / (level * level) / (weeks - 1) / weeks * 5 / Week;
    }
}
