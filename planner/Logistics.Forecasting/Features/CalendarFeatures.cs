using Logistics.Forecasting.Panels;
using Logistics.Forecasting.Trees;

namespace Logistics.Forecasting.Features;

/// <summary>What the calendar says of the target day, and how much of the recent past was out of the ordinary.</summary>
internal sealed class CalendarFeatures(VolumePanel panel, CalendarIndex calendar, ClassNumbers holidays, ClassNumbers phases) : IFeatureGroup
{
    public IReadOnlyList<FeatureColumn> Columns { get; } =
    [
        new("horizon", Meaning: ColumnMeaning.Plain), new("weekday", IsCategorical: true),
        new("day_of_year", Meaning: ColumnMeaning.YearDay), new("day_of_month", Meaning: ColumnMeaning.MonthDay),
        new("is_holiday", Meaning: ColumnMeaning.Plain), new("is_adjusted_workday", Meaning: ColumnMeaning.Plain), new("holiday", IsCategorical: true), new("promotion", IsCategorical: true),
        Distance("promotion_to_start"), Distance("promotion_since_start"), Distance("promotion_since_end"), Distance("promotion_to_main"),
        Distance("holiday_to_start"), Distance("holiday_since_start"), Distance("holiday_since_end"), new("holiday_length", Meaning: ColumnMeaning.Plain), Distance("spring_to_main"),
        new("promotion_share_7", Meaning: ColumnMeaning.Plain), new("promotion_share_28", Meaning: ColumnMeaning.Plain), new("origin_promotion", IsCategorical: true),
    ];

    public void Write(ForecastPoint point, Span<float> values)
    {
        var day = point.Target;
        var date = panel.DateOf(day);
        var known = calendar[day];
        values[0] = point.Horizon;
        values[1] = (int)date.DayOfWeek;
        values[2] = date.DayOfYear;
        values[3] = date.Day;
        values[4] = known.IsPublicHoliday ? 1 : 0;
        values[5] = known.IsAdjustedWorkday ? 1 : 0;
        values[6] = holidays[known.IsPublicHoliday ? known.Holiday : ""];
        values[7] = phases[known.Promotion];
        values[8] = calendar.Promotions.ToNextStart[day];
        values[9] = calendar.Promotions.SinceStart[day];
        values[10] = calendar.Promotions.SinceEnd[day];
        values[11] = calendar.Promotions.ToMain[day];
        values[12] = calendar.Holidays.ToNextStart[day];
        values[13] = calendar.Holidays.SinceStart[day];
        values[14] = calendar.Holidays.SinceEnd[day];
        values[15] = calendar.Holidays.Length[day];
        values[16] = calendar.Spring.ToMain[day];
        values[17] = PromotionShare(point.Origin, 7);
        values[18] = PromotionShare(point.Origin, 28);
        values[19] = phases[calendar[point.Origin].Promotion];
    }

    private static FeatureColumn Distance(string name) => new(name, Meaning: ColumnMeaning.Distance);

    private float PromotionShare(int day, int length)
    {
        var from = Math.Max(0, day + 1 - length);
        return (float)(calendar.EventsBefore[day + 1] - calendar.EventsBefore[from]) / length;
    }
}

/// <summary>Numbers for class names, fixed when a model is trained and stored with it. An unknown name is −1, "missing" to the trees.</summary>
public sealed class ClassNumbers(IReadOnlyList<string> names)
{
    private readonly Dictionary<string, int> _numbers = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i, StringComparer.Ordinal);

    public IReadOnlyList<string> Names { get; } = names;

    public int this[string name] => _numbers.GetValueOrDefault(name, -1);

    public static ClassNumbers Of(IEnumerable<string> names) => new([.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
}
