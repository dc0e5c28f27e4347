namespace Logistics.Forecasting.Simple;

/// <summary>The recent level times the share each weekday has over a year: the best there is for a series that only repeats its week.</summary>
/// <remarks>Four weeks know a weekday by four days, of which chance keeps half of its own spread; a year averages it away. Less than two weeks: same-weekday mean.</remarks>
public sealed class WeekdayProfile : ISimpleMethod
{
    private const int Week = 7;
    private const int ProfileWeeks = 52;
    private const int LevelDays = 56;

    public string Name => "weekday profile";

    public void Forecast(ReadOnlySpan<double> history, Span<double> forecast)
    {
        if (history.Length < 2 * Week)
        {
            new SameWeekdayMean().Forecast(history, forecast);
            return;
        }

        // Slot 0 is the weekday after the last day, so that it is also the first day of whole weeks counted back from the end.
        Span<double> share = stackalloc double[Week];
        share.Clear();
        var weeks = Math.Min(ProfileWeeks, history.Length / Week);
        var recent = history[^(weeks * Week)..];
        for (var i = 0; i < recent.Length; i++) share[i % Week] += recent[i];
        var mean = SeasonalNaive.Mean(share);
        if (mean <= 0)
        {
            forecast.Clear();
            return;
        }

        for (var slot = 0; slot < Week; slot++) share[slot] /= mean;
        double volume = 0, shares = 0;
        for (var i = Math.Max(0, recent.Length - LevelDays); i < recent.Length; i++)
        {
            volume += recent[i];
            shares += share[i % Week];
        }

        // The days a level is read from may be ones that never see a parcel.
        var level = shares > 0 ? volume / shares : 0;
        for (var h = 0; h < forecast.Length; h++) forecast[h] = level * share[h % Week];
    }
}
