using Logistics.Domain;
using Logistics.Forecasting.Calendars;
using ForecastDay = Logistics.Forecasting.Calendars.CalendarDay;

namespace Logistics.Planning.Forecasts;

/// <summary>The network's calendar as the forecaster reads it.</summary>
public static class ForecastCalendar
{
    // Festivals named by their day are known to the forecaster as month and day, which tells it the main day of a longer sale.
    private static readonly Dictionary<string, string> Families = new(StringComparer.Ordinal)
    {
        ["双11"] = "1111",
        ["双12"] = "1212",
        ["双十一"] = "1111",
        ["双十二"] = "1212",
    };

    public static DayCalendar Of(IEnumerable<Domain.CalendarDay> days) => new(days.Select(d => new ForecastDay(
        d.Day,
        d.Name ?? "",
        IsPublicHoliday: d.Kind == DayKind.Holiday,
        IsAdjustedWorkday: d.Kind == DayKind.MakeUpWorkday,
        d.Festival is null ? "" : Families.GetValueOrDefault(d.Festival, d.Festival))));
}
