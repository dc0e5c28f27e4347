using Logistics.Forecasting.Calendars;
using Logistics.Forecasting.Events;
using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Features;

/// <summary>What a model was trained with: it fixes its columns and class numbers, whatever panel or calendar comes later.</summary>
/// <param name="Groupings">Groupings of the series by parts of their ids, see <see cref="SeriesGroups"/>.</param>
/// <param name="HasFewSales">The history has lived through a promotion or part of one, but not through two: they are taken out of what is learned from, and put back by <see cref="SaleEffects"/>.</param>
public sealed record FeatureClasses(ClassNumbers Holidays, ClassNumbers Phases, IReadOnlyList<string> Groupings, bool HasFewSales)
{
    private const int FewestSales = 2;

    /// <summary>The names that days of the panel bear. One that only the future bears has no day to learn from, and a number of its own would be a weight left at random.</summary>
    public static FeatureClasses Of(VolumePanel panel, DayCalendar calendar)
    {
        var days = calendar.Days.Where(d => d.Date >= panel.FirstDate && d.Date <= panel.LastDate).ToArray();
        var sales = new CalendarEvents(calendar).Events.Where(e => e.IsPromotion && e.End > panel.FirstDate && e.Start <= panel.LastDate).ToArray();
        var hasFewSales = sales.Length > 0 && sales.Count(e => e.Start >= panel.FirstDate && e.End <= panel.LastDate) < FewestSales;
        return new FeatureClasses(
            ClassNumbers.Of(days.Where(d => d.IsPublicHoliday).Select(d => d.Holiday).Concat(["", "Easter", "Christmas", "Spring Festival"])),
            ClassNumbers.Of(days.Select(d => hasFewSales ? "" : d.Promotion).Append("")),
            SeriesGroups.Find(panel).Names,
            hasFewSales);
    }
}

/// <summary>Writes the feature row of any forecast point of a panel. Immutable and thread-safe once built.</summary>
/// <remarks>No feature reads a volume after the point's origin; the calendar is known in advance. With few sales their effects are those of the whole panel's, up to its last day.</remarks>
public sealed class FeatureBuilder
{
    private readonly CalendarIndex _index;
    private readonly Lazy<EventFactors> _events;
    private readonly IFeatureGroup[] _groups;
    private readonly SeriesWindows[] _windows;

    public FeatureBuilder(VolumePanel panel, DayCalendar calendar, FeatureClasses classes, int maxHorizon)
    {
        (Panel, Learned, MaxHorizon) = (panel, panel, maxHorizon);
        var days = calendar.OrKnownFeasts(panel.FirstDate.Year - 1, panel.LastDate.Year + 1);
        _index = new CalendarIndex(panel, days, maxHorizon);
        if (classes.HasFewSales)
        {
            Sales = SaleEffects.Measure(panel, _index, maxHorizon);
            Learned = Sales.TakenOut(panel);
            _index = new CalendarIndex(panel, days.WithoutPromotions(), maxHorizon);
        }

        _events = new Lazy<EventFactors>(() => EventFactors.Measure(Learned, _index, panel.Days - 1, maxHorizon));
        _windows = [.. Learned.Series.Select(s => new SeriesWindows(s, _index.IsEventDay))];
        var groups = SeriesGroups.Find(panel);
        _groups =
        [
            new HistoryFeatures(_windows, _index.IsEventDay),
            new CalendarFeatures(panel, _index, classes.Holidays, classes.Phases),
            new AnalogFeatures(_windows, _index),
            new GroupFeatures(classes.Groupings, groups, _windows, _index, maxHorizon),
        ];
        Columns = [.. _groups.SelectMany(g => g.Columns)];
    }

    public VolumePanel Panel { get; }

    public int MaxHorizon { get; }

    /// <summary>The volumes that features and targets are made of: the panel's, or those without sales.</summary>
    internal VolumePanel Learned { get; }

    /// <summary>Puts sales back on what was learned without them; null where they are learned.</summary>
    internal SaleEffects? Sales { get; }

    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Level of a series at a day; 0 if it never had a parcel.</summary>
    public double Scale(int series, int day, LevelKind kind = LevelKind.Month) => _windows[series].Scale(day, kind);

    /// <summary>What events bring that is not taken out of <see cref="Learned"/>, for methods that know no calendar: measured up to the origin.</summary>
    internal EventFactors EventsAt(int origin) => origin == Panel.Days - 1 ? _events.Value : EventFactors.Measure(Learned, _index, origin, MaxHorizon);

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
