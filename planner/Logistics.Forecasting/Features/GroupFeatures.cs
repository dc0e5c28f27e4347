using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Features;

/// <summary>How the panel and the series' groups moved lately, and on the analogous day of the year before.</summary>
internal sealed class GroupFeatures : IFeatureGroup
{
    private readonly GroupLevels[] _levels;
    private readonly CalendarIndex _calendar;
    private readonly int _maxHorizon;

    public GroupFeatures(SeriesGroups groups, SeriesWindows[] windows, CalendarIndex calendar, int days, int maxHorizon)
    {
        _calendar = calendar;
        _maxHorizon = maxHorizon;
        _levels = [.. groups.Memberships.Select(m => new GroupLevels(windows, m, days, Math.Max(maxHorizon, 7)))];
        Columns = [.. groups.Names.SelectMany(n => new FeatureColumn[]
        {
            new($"{n}_last"), new($"{n}_mean_7"), new($"{n}_week_growth"), new($"{n}_same_weekday"),
            new($"{n}_analog"), new($"{n}_analog_364"), new($"{n}_analog_week"),
        })];
    }

    public IReadOnlyList<FeatureColumn> Columns { get; }

    public void Write(ForecastPoint point, Span<float> values)
    {
        var at = 0;
        var (s, origin) = (point.Series, point.Origin);
        var weekday = point.Target - (point.Horizon + 6) / 7 * 7;
        var analog = _calendar.Analog(point.Target);
        foreach (var level in _levels)
        {
            var week = WeekMean(level, s, origin, origin);
            values[at++] = (float)level.Ratio(s, origin, origin);
            values[at++] = (float)week;
            values[at++] = (float)(week / WeekMean(level, s, origin - 7, origin - 7));
            values[at++] = (float)level.Ratio(s, weekday, weekday);
            values[at++] = (float)level.Ratio(s, analog - point.Horizon, analog);
            values[at++] = (float)level.Ratio(s, point.Target - 364 - point.Horizon, point.Target - 364);
            values[at++] = (float)AnalogWeek(level, s, analog, point.Horizon);
        }
    }

    private static double WeekMean(GroupLevels level, int series, int origin, int end)
    {
        double sum = 0;
        for (var i = 0; i < 7; i++) sum += level.Ratio(series, origin - i, end - i);
        return sum / 7;
    }

    // The week around the analogous day, as far as the horizon table reaches: smoother than the day alone.
    private double AnalogWeek(GroupLevels level, int series, int analog, int horizon)
    {
        double sum = 0;
        var count = 0;
        for (var shift = -3; shift <= 3; shift++)
        {
            if (horizon + shift < 1 || horizon + shift > _maxHorizon) continue;
            sum += level.Ratio(series, analog - horizon, analog + shift);
            count++;
        }

        return sum / count;
    }
}
