using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Features;

/// <summary>How the panel and the series' groups moved lately, and on the analogous day of the year before.</summary>
internal sealed class GroupFeatures : IFeatureGroup
{
    private const int ColumnsPerGrouping = 9;

    private readonly GroupLevels?[] _levels;
    private readonly CalendarIndex _calendar;
    private readonly int _maxHorizon;

    /// <param name="groupings">Groupings the columns are for; one the panel does not have is "missing" throughout.</param>
    public GroupFeatures(IReadOnlyList<string> groupings, SeriesGroups groups, SeriesWindows[] windows, CalendarIndex calendar, int maxHorizon)
    {
        _calendar = calendar;
        _maxHorizon = maxHorizon;
        var days = windows.Length == 0 ? 0 : windows[0].Series.EndDay;
        _levels = [.. groupings.Select(name => groups.FindMembership(name) is { } m ? new GroupLevels(windows, m, days, Math.Max(maxHorizon, 7)) : null)];
        Columns = [.. groupings.SelectMany(n => new FeatureColumn[]
        {
            new($"{n}_last"), new($"{n}_mean_7"), new($"{n}_week_growth"), new($"{n}_same_weekday"),
            new($"{n}_analog"), new($"{n}_analog_364"), new($"{n}_analog_365"), new($"{n}_analog_week"), new($"{n}_promotion_analog"),
        })];
    }

    public IReadOnlyList<FeatureColumn> Columns { get; }

    public void Write(ForecastPoint point, Span<float> values)
    {
        var at = 0;
        var (s, origin) = (point.Series, point.Origin);
        var weekday = point.Target - (point.Horizon + 6) / 7 * 7;
        var analog = _calendar.Analog(point.Target);
        var promotion = _calendar.PromotionAnalog(point);
        foreach (var level in _levels)
        {
            if (level is null)
            {
                values.Slice(at, ColumnsPerGrouping).Fill(float.NaN);
                at += ColumnsPerGrouping;
                continue;
            }

            var week = level.WeekRatio(s, origin);
            values[at++] = (float)level.Ratio(s, origin, origin);
            values[at++] = (float)week;
            values[at++] = (float)(week / level.WeekRatio(s, origin - 7));
            values[at++] = (float)level.Ratio(s, weekday, weekday);
            values[at++] = (float)level.Ratio(s, analog - point.Horizon, analog);
            values[at++] = (float)level.Ratio(s, point.Target - 364 - point.Horizon, point.Target - 364);
            values[at++] = (float)level.Ratio(s, point.Target - 365 - point.Horizon, point.Target - 365);
            values[at++] = (float)AnalogWeek(level, s, analog, point.Horizon);
            values[at++] = (float)level.Ratio(s, promotion - point.Horizon, promotion);
        }
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
