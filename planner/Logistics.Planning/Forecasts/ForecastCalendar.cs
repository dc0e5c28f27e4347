using Logistics.Domain;
using Logistics.Forecasting.Calendars;
using ForecastDay = Logistics.Forecasting.Calendars.CalendarDay;

namespace Logistics.Planning.Forecasts;

/// <summary>The network's calendar as the forecaster reads it.</summary>
public static class ForecastCalendar
{
    public static DayCalendar Of(IEnumerable<Domain.CalendarDay> days) => new(days.Select(d => new ForecastDay(
        d.Day,
        d.Name ?? "",
        IsPublicHoliday: d.Kind == DayKind.Holiday,
        IsAdjustedWorkday: d.Kind == DayKind.MakeUpWorkday,
        d.Festival ?? "")));
}
