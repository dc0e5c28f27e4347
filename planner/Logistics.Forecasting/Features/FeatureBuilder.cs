using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Features;

/// <summary>The names a model was trained with: they fix its columns and class numbers, whatever panel or calendar comes later.</summary>
/// <param name="Groupings">Groupings of the series by parts of their ids, see <see cref="SeriesGroups"/>.</param>
public sealed record FeatureClasses(ClassNumbers Holidays, ClassNumbers Phases, IReadOnlyList<string> Groupings)
{
    /// <summary>The names that days of the panel bear. One that only the future bears has no day to learn from, and a number of its own would be a weight left at random.</summary>
    public static FeatureClasses Of(VolumePanel panel, DayCalendar calendar)
    {
        var days = calendar.Days.Where(d => d.Date >= panel.FirstDate && d.Date <= panel.LastDate).ToArray();
        return new FeatureClasses(
            ClassNumbers.Of(days.Where(d => d.IsPublicHoliday).Select(d => d.Holiday).Concat(["", "Easter", "Christmas", "Spring Festival"])),
            ClassNumbers.Of(days.Select(d => d.Promotion).Append("")),
            SeriesGroups.Find(panel).Names);
    }
}

/// <summary>Writes the feature row of any forecast point of a panel. Immutable and thread-safe once built.</summary>
/// <remarks>No feature reads a volume after the point's origin; the calendar is known in advance.</remarks>
public sealed class FeatureBuilder
{
    private readonly IFeatureGroup[] _groups;
    private readonly SeriesWindows[] _windows;

    public FeatureBuilder(VolumePanel panel, DayCalendar calendar, FeatureClasses classes, int maxHorizon)
    {
        Panel = panel;
        MaxHorizon = maxHorizon;
        Index = new CalendarIndex(panel, calendar.OrKnownFeasts(panel.FirstDate.Year - 1, panel.LastDate.Year + 1), maxHorizon);
        _windows = [.. panel.Series.Select(s => new SeriesWindows(s, Index.IsEventDay))];
        var groups = SeriesGroups.Find(panel);
        _groups =
        [
            new HistoryFeatures(_windows, Index.IsEventDay),
            new CalendarFeatures(panel, Index, classes.Holidays, classes.Phases),
            new AnalogFeatures(_windows, Index),
            new GroupFeatures(classes.Groupings, groups, _windows, Index, maxHorizon),
        ];
        Columns = [.. _groups.SelectMany(g => g.Columns)];
    }

    public VolumePanel Panel { get; }

    public int MaxHorizon { get; }

    internal CalendarIndex Index { get; }

    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Level of a series at a day; 0 if it never had a parcel.</summary>
    public double Scale(int series, int day, LevelKind kind = LevelKind.Month) => _windows[series].Scale(day, kind);

    /// <summary>Fills one row.</summary>
    /// <param name="row">Length of <see cref="Columns"/>.</param>
    public void Write(ForecastPoint point, Span<float> row)
    {
        var at = 0;
        foreach (var group in _groups)
        {
            group.Write(point, row.Slice(at, group.Columns.Count));
            at += group.Columns.Count;
        }
    }
}
